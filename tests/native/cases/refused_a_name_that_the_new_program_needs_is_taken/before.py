import numpy as np
import tensorflow as tf


def dynamic_rnn(x):
    return tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(3), x, dtype=tf.float32)[0]


x = tf.placeholder(tf.float32, [None, 5, 2])
outputs = dynamic_rnn(x)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(outputs, {x: np.ones([2, 5, 2])}))
