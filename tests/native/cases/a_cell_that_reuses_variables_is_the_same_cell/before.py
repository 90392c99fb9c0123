import numpy as np
import tensorflow as tf


def network(steps, reuse=None):
    with tf.variable_scope("model", reuse=reuse):
        cell = tf.nn.rnn_cell.BasicRNNCell(3)
        outputs, _ = tf.nn.static_rnn(cell, steps, dtype=tf.float32)
    return outputs[-1]


x = tf.placeholder(tf.float32, [None, 4, 2])
y = tf.placeholder(tf.float32, [None, 2, 2])
long = network(tf.unstack(x, 4, 1))
short = network(tf.unstack(y, 2, 1), reuse=True)
kernels = [v for v in tf.trainable_variables() if not v.op.name.endswith("other")]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(long, {x: np.ones([1, 4, 2])}))
    print(sess.run(short, {y: np.ones([1, 2, 2])}))
