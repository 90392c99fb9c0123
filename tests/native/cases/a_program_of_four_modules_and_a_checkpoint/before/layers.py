import tensorflow as tf


def dense(x, n_in, units, name, activation=None):
    with tf.variable_scope(name):
        w = tf.get_variable("w", [n_in, units], initializer=tf.random_normal_initializer(stddev=0.1, seed=1))
        b = tf.get_variable("b", [units], initializer=tf.zeros_initializer())
        out = tf.matmul(x, w) + b
        return activation(out) if activation is not None else out
