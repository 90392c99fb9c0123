import numpy as np
import tensorflow as tf


class Model(object):
    """A line."""

    def __init__(self, rate):
        self.x = tf.placeholder(tf.float32, [None])
        self.y = tf.placeholder(tf.float32, [None])
        self.w = tf.Variable(0.0)
        self.out = self.w * self.x
        self.loss = tf.reduce_mean(tf.square(self.out - self.y))
        self.train_op = tf.train.GradientDescentOptimizer(rate).minimize(self.loss)
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())

    def fit(self, x, y):
        return self.sess.run([self.loss, self.train_op], {self.x: x, self.y: y})[0]

    def predict(self, x):
        return self.sess.run(self.out, {self.x: x})


model = Model(0.1)
xs = np.arange(3.0)
for _ in range(3):
    model.fit(xs, 2 * xs)
print(model.predict(xs))
