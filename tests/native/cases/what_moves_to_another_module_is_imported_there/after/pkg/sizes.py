import tensorflow as tf

WIDTH = 3


def start():
    return tf.zeros_initializer()
