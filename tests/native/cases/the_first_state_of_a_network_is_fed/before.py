import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [1, 5, 2])
cell = tf.nn.rnn_cell.BasicLSTMCell(3)
start = cell.zero_state(1, tf.float32)
outputs, last = tf.nn.dynamic_rnn(cell, x, initial_state=start)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    out, state = sess.run([outputs, last], {x: np.ones([1, 5, 2])})
    out, state = sess.run([outputs, last], {x: np.ones([1, 5, 2]), start: state})
    print(out)
    print(state.h)
