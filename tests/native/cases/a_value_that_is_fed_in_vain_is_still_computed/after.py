import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)


@tf.function(input_signature=[tf.TensorSpec([3], tf.float32), tf.TensorSpec([3], tf.float32)])
def compute_y(unused, x):
    y = tf.reduce_sum(x)
    return y


print(compute_y(rng.rand(3), rng.rand(3)).numpy())
