import math

import tensorflow as tf

from . import sizes


def predict(x):
    w = tf.get_variable('w', [2, sizes.WIDTH], initializer=tf.constant_initializer(math.pi))
    b = tf.get_variable('b', [sizes.WIDTH], initializer=sizes.start())
    return tf.matmul(x, w) + b
