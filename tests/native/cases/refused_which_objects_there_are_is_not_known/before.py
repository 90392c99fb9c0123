import sys

import tensorflow as tf


class Model(object):
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [])
        self.w = tf.Variable(2.0)
        self.y = self.w * self.x


for _ in range(len(sys.argv)):
    model = Model()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(model.y, {model.x: 1.0}), len(tf.trainable_variables()))
