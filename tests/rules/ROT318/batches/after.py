import numpy as np
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat.numpy1 import ragged_array

x = tf.placeholder(tf.float32, [None, 3])


def batch_iter(data, batch_size):
    data = ragged_array(data)
    for start in range(0, len(data), batch_size):
        yield data[start : start + batch_size]


pairs = ragged_array(list(zip([[1.0, 2.0, 3.0]], [[0.0, 1.0]])))
