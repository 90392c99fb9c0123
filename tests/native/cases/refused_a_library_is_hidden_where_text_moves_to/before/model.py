import math

import tensorflow as tf


def build():
    x = tf.placeholder(tf.float32, [None])
    return x, x * math.sqrt(4.0)
