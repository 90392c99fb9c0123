import numpy as np
import tensorflow as tf


class Model(object):
    def __init__(self, scope, hidden=4, reuse=None):
        with tf.variable_scope(scope, reuse=reuse):
            self.x = tf.placeholder(tf.float32, [None, 3])
            self.y = tf.layers.dense(self.x, hidden, name='dense')
            self.loss = tf.reduce_mean(tf.square(self.y))
            variables = tf.trainable_variables(scope)
            self.train = tf.train.GradientDescentOptimizer(0.1).minimize(self.loss, var_list=variables)


model = Model('policy')
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(2):
        _, loss = sess.run([model.train, model.loss], {model.x: np.eye(3)})
        print(loss)
