import tensorflow as tf


class Dense(tf.Module):
    def __init__(self, n_in, units):
        super().__init__()
        self.w = tf.Variable(tf.random_normal_initializer(stddev=0.1, seed=1)([n_in, units]), name="w")
        self.b = tf.Variable(tf.zeros_initializer()([units]), name="b")

    def __call__(self, x, activation=None):
        out = tf.matmul(x, self.w) + self.b
        return activation(out) if activation is not None else out
