import numpy as np
import tensorflow as tf


def build(x):
    hidden = tf.layers.dense(x, 4, tf.nn.relu, name='hidden')
    return tf.layers.dense(hidden, 1, name='output')


def train():
    x = tf.placeholder(tf.float32, [None, 3])
    output = build(x)
    loss = tf.reduce_mean(tf.square(output))
    train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(3):
            sess.run(train_op, {x: np.ones((2, 3))})
        print(sess.run(loss, {x: np.ones((2, 3))}))


if __name__ == '__main__':
    train()
