import tensorflow as tf


def placeholders(width):
    images = tf.placeholder(tf.float32, [None, width], name='images')
    labels = tf.placeholder(tf.int64, [None], name='labels')
    return images, labels
