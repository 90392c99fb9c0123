import tensorflow as tf


class Line(object):

    def __init__(self, slope):
        self.slope = tf.Variable(slope)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def predict(self, x):
        out = self.slope * x
        return out
