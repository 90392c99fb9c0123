import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 5, 2])
lengths = tf.placeholder(tf.int32, [None])


def layer(units):
    cell = tf.contrib.rnn.GRUCell(units)
    return tf.contrib.rnn.DropoutWrapper(cell, output_keep_prob=0.9)


with tf.variable_scope("network", initializer=tf.random_uniform_initializer(-0.1, 0.1)):
    cell = tf.contrib.rnn.MultiRNNCell([layer(units) for units in (4, 3)])
    outputs, states = tf.nn.dynamic_rnn(cell, x, lengths, dtype=tf.float32)
top = states[-1]
loss = tf.reduce_mean(top)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        _, value = sess.run([train, loss], {x: np.ones([2, 5, 2]), lengths: [5, 3]})
    print(value)
