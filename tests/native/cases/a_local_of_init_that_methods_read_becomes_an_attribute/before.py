import numpy as np
import tensorflow as tf


class Model(object):

    def __init__(self, size):
        self.x = tf.placeholder(tf.float32, [None, size])
        scale = np.arange(size)
        scale = scale.astype(np.float32)
        out = self.x
        for k in range(2):
            out = out * scale + float(k)
        self.out = out


model = Model(3)
with tf.Session() as sess:
    print(sess.run(model.out, {model.x: [[1.0, 2.0, 3.0]]}))
