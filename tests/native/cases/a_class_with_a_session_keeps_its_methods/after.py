import numpy as np
import tensorflow as tf


class Model(object):
    """A line."""

    def __init__(self, rate):
        self.w = tf.Variable(0.0)
        self.optimizer = tf.keras.optimizers.SGD(rate)

    @tf.function(input_signature=[
        tf.TensorSpec([None], tf.float32),
        tf.TensorSpec([None], tf.float32),
    ])
    def train_step(self, x, y):
        with tf.GradientTape() as tape:
            out = self.w * x
            loss = tf.reduce_mean(tf.square(out - y))
        variables = [self.w]
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return loss

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def predict_step(self, x):
        out = self.w * x
        return out

    def fit(self, x, y):
        return self.train_step(x, y).numpy()

    def predict(self, x):
        return self.predict_step(x).numpy()


model = Model(0.1)
xs = np.arange(3.0)
for _ in range(3):
    model.fit(xs, 2 * xs)
print(model.predict(xs))
