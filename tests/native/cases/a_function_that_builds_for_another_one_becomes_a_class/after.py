import numpy as np
import tensorflow as tf


class Network(tf.Module):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(4, tf.nn.relu, name='hidden')
        self.output = tf.keras.layers.Dense(1, name='output')

    def __call__(self, x):
        hidden = self.hidden(x)
        return self.output(hidden)


def train():
    network = Network()
    optimizer = tf.keras.optimizers.SGD(0.1)

    def forward(x):
        output = network(x)
        loss = tf.reduce_mean(tf.square(output))
        return loss

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
    def train_step(x):
        with tf.GradientTape() as tape:
            loss = forward(x)
        variables = network.hidden.trainable_variables + network.output.trainable_variables
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
    def compute_loss(x):
        loss = forward(x)
        return loss

    for _ in range(3):
        train_step(np.ones((2, 3)))
    print(compute_loss(np.ones((2, 3))).numpy())


if __name__ == '__main__':
    train()
