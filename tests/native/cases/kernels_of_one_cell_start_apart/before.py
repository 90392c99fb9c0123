import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 5, 2])
with tf.variable_scope("a", initializer=tf.contrib.layers.xavier_initializer()):
    first, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(20), x, dtype=tf.float32)
cell = tf.nn.rnn_cell.GRUCell(20, kernel_initializer=tf.truncated_normal_initializer(stddev=0.1))
with tf.variable_scope("b"):
    second, state = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)
result = tf.reduce_sum(first) + tf.reduce_sum(state)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(result, {x: np.ones([2, 5, 2])}))
