import numpy as np
import tensorflow as tf


class Model(object):
    def __init__(self, scope, hidden=4, reuse=None):
        self.dense = tf.keras.layers.Dense(hidden, name='dense')
        self.optimizer = tf.keras.optimizers.SGD(0.1)

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
    def train_step(self, x):
        with tf.GradientTape() as tape:
            y = self.dense(x)
            loss = tf.reduce_mean(tf.square(y))
        variables = self.dense.trainable_variables
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return loss


model = Model('policy')
for _ in range(2):
    loss = model.train_step(np.eye(3)).numpy()
    print(loss)
