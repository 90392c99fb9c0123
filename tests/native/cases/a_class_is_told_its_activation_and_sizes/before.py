import numpy as np
import tensorflow as tf


class Coder(object):
    def __init__(self, sizes, activation=tf.nn.softplus, rate=0.1):
        self.activation = activation
        self.x = tf.placeholder(tf.float32, [None, 3])
        self._build(**sizes)
        self.optimizer = tf.train.GradientDescentOptimizer(rate).minimize(self.loss)
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())

    def _dense(self, x, rows, columns, name):
        with tf.variable_scope(name):
            W = tf.get_variable('W', [rows, columns])
            b = tf.get_variable('b', [columns], initializer=tf.zeros_initializer())
            return tf.matmul(x, W) + b

    def _build(self, n_input, n_code):
        self.code = self.activation(self._dense(self.x, n_input, n_code, 'code'))
        self.z = self.code + tf.random_normal(tf.shape(self.code), seed=1)
        self.back = self._dense(self.z, n_code, n_input, 'back')
        self.loss = tf.reduce_mean(tf.square(self.back - self.x))

    def fit(self, X):
        opt, loss = self.sess.run((self.optimizer, self.loss), {self.x: X})
        return loss

    def generate(self, z):
        return self.sess.run(self.back, {self.z: z})


sizes = {'n_input': 3, 'n_code': 2}
coder = Coder(sizes)
print(coder.fit(np.eye(3)))
print(coder.generate(np.array([[0.0, 1.0]])))
