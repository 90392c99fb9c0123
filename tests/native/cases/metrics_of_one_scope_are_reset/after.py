import numpy as np
import tensorflow as tf

mean_metric = tf.keras.metrics.Mean()
mean_metric_1 = tf.keras.metrics.Mean()


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def update_mean(x):
    update = mean_metric(x)
    return update


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def update_mean_1(x):
    update_rest = mean_metric_1(x)
    return update_rest


for i in range(3):
    mean_metric.reset_state()
    update_mean(np.ones(3))
    update_mean_1(np.ones(3))
print('%.3f %.3f' % tuple([t.numpy() for t in (mean_metric.result(), mean_metric_1.result())]))
