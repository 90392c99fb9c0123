import tensorflow as tf


class Line(object):

    def __init__(self, slope):
        self.x = tf.placeholder(tf.float32, [None])
        self.slope = tf.Variable(slope)
        self.out = self.slope * self.x
