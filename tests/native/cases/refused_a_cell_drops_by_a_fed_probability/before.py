import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [1, 5, 2])
keep = tf.placeholder(tf.float32, [])
cell = tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.BasicLSTMCell(3), output_keep_prob=keep)
outputs, last = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(outputs, {x: np.ones([1, 5, 2]), keep: 1.0}))
