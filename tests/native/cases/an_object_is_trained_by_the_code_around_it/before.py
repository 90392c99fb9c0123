import numpy as np
import tensorflow as tf


class Model(object):
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [None, 3], name='x')
        self.y = tf.placeholder(tf.float32, [None, 1], name='y')
        self.margin = 0.5
        with tf.variable_scope('net') as scope:
            self.first = self.network(self.x)
            scope.reuse_variables()
            self.second = self.network(-self.x)
        self.loss, self.gap = self.losses()

    def network(self, x):
        hidden = tf.nn.tanh(self.layer(x, 4, 'one'))
        return self.layer(hidden, 1, 'two')

    def layer(self, x, width, name):
        rows = x.get_shape()[1]
        W = tf.get_variable(name + 'W', [rows, width])
        b = tf.get_variable(name + 'b', [width], initializer=tf.zeros_initializer())
        return tf.matmul(x, W) + b

    def losses(self):
        gap = tf.reduce_mean(tf.square(self.first - self.second))
        return tf.reduce_mean(tf.square(self.first - self.y)) + self.margin * gap, gap


def main():
    model = Model()
    train = tf.train.GradientDescentOptimizer(0.1).minimize(model.loss)
    print(', '.join(v.name for v in tf.trainable_variables()))
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        feed = {model.x: np.eye(3), model.y: np.ones([3, 1])}
        for _ in range(3):
            _, loss = sess.run([train, model.loss], feed)
            print(loss)
        print(sess.run(model.gap, feed))


main()
