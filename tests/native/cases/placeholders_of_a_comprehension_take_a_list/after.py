import numpy as np
import tensorflow as tf


class Agent(object):
    def __init__(self, lr=0.1):
        self.dense = tf.keras.layers.Dense(1)
        self.optimizer = tf.keras.optimizers.SGD(lr)
        self.evaluate.get_concrete_function()  # layers make their variables at the first call

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
    def evaluate(self, x):
        with tf.GradientTape() as tape:
            y = self.dense(x)
            loss = tf.reduce_mean(tf.square(y))
        tvars = self.dense.trainable_variables
        gradients = tape.gradient(loss, tvars)
        return gradients, loss

    @tf.function
    def update(self, holders):
        holders = [tf.cast(t, tf.float32) for t in holders]
        tvars = self.dense.trainable_variables
        self.optimizer.apply_gradients(zip(holders, tvars))


agent = Agent()
total = [np.zeros_like(v) for v in [v.numpy() for v in agent.dense.trainable_variables]]
for step in range(4):
    grads, loss = tf.nest.map_structure(lambda t: t.numpy(), agent.evaluate(np.eye(2)))
    total = [t + g for t, g in zip(total, grads)]
    print(loss)
agent.update(total)
print([v.numpy() for v in agent.dense.trainable_variables][0])
