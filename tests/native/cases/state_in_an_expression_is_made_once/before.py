import numpy as np
import tensorflow as tf


def bias(size):
    return tf.Variable(tf.zeros([size]))


x = tf.placeholder(tf.float32, [None, 5, 2])
outputs, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.GRUCell(n) for n in (3, 2)]), x, dtype=tf.float32)
y = tf.nn.relu(outputs * tf.Variable(2.0) + bias(2))
loss = tf.reduce_mean(y)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train, {x: np.ones([2, 5, 2])})
    print(sess.run(loss, {x: np.ones([2, 5, 2])}))
