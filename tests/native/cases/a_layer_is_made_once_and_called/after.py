import numpy as np
import tensorflow as tf

net_dense = tf.keras.layers.Dense(8, tf.nn.relu)
logits_dense = tf.keras.layers.Dense(2)


@tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32)])
def predict(x):
    net = net_dense(x)
    logits = logits_dense(net)
    return logits


print(predict(np.ones([1, 4])).numpy().shape)
