import numpy as np
import tensorflow as tf


def net(x, units, reuse, training=True):
    # One scope for training and for testing
    with tf.variable_scope('net', reuse=reuse):
        # A layer of rectifiers, and one for the output
        hidden = tf.layers.dense(x, units, tf.nn.relu)
        out = tf.layers.dense(hidden, 1)
    return out if training else tf.nn.sigmoid(out)


x = tf.placeholder(tf.float32, [None, 2])
logits = net(x, 5, False)
loss = tf.reduce_mean(tf.square(logits))
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
tested = net(x, 5, reuse=True, training=False)
data = np.ones([4, 2], np.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train, {x: data})
    print(sess.run(tested, {x: data}))
