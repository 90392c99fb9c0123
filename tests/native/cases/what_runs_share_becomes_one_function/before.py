import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.zeros([2, 1]))

hidden = tf.matmul(x, w)
out = tf.nn.tanh(hidden)  # between -1 and 1
loss = tf.reduce_mean(tf.square(out - y))
accuracy = tf.reduce_mean(tf.cast(tf.equal(out > 0, y > 0), tf.float32))
train = tf.train.AdamOptimizer(0.01).minimize(loss)

data = np.ones([4, 2])
target = np.ones([4, 1])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(5):
        sess.run(train, {x: data, y: target})
    print(sess.run(accuracy, {x: data, y: target}))
    print(sess.run(out, {x: data}))
