import tensorflow as tf


def build():
    x = tf.placeholder(tf.float32, [None])
    return x, 2.0 * x
