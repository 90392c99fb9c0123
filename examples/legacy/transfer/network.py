# The network of both scripts: a body that is transferred and a head that is not.
import tensorflow as tf


def body(images, reuse=None):
    with tf.variable_scope('body', reuse=reuse):
        w1 = tf.get_variable('w1', [64, 24], tf.float32, tf.truncated_normal_initializer(0.0, 0.15, seed=1))
        b1 = tf.get_variable('b1', [24], tf.float32, tf.constant_initializer(0.05))
        return tf.tanh(tf.nn.xw_plus_b(images, w1, b1), name='features')


def head(features, classes, scope, seed):
    with tf.variable_scope(scope):
        w = tf.get_variable('w', [24, classes], tf.float32, tf.truncated_normal_initializer(0.0, 0.15, seed=seed))
        b = tf.get_variable('b', [classes], tf.float32, tf.zeros_initializer())
        return tf.add(tf.matmul(features, w), b, name='logits')


def cross_entropy(logits, labels):
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=labels), name='loss')
