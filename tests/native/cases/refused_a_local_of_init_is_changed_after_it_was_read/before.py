import numpy as np
import tensorflow as tf


class Model(object):

    def __init__(self, size):
        self.x = tf.placeholder(tf.float32, [None, size])
        scale = np.ones(size, np.float32)
        self.out = self.x * scale
        scale[0] = 5.0


model = Model(3)
with tf.Session() as sess:
    print(sess.run(model.out, {model.x: [[1.0, 2.0, 3.0]]}))
