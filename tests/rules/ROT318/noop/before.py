import numpy as np
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

x = tf.placeholder(tf.float32, [None, 3])


def centred(data):
    data = np.array(data)
    return data - data.mean()


def batch_iter(data, size):
    rows = np.array(data, dtype=object)
    for row in rows[:size]:
        yield row
