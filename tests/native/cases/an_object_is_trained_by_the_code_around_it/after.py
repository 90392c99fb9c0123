import numpy as np
import tensorflow as tf


class Layer(tf.Module):
    def __init__(self, x_size, width, name):
        super().__init__()
        self.W = tf.Variable(tf.keras.initializers.GlorotUniform()([x_size, width]), name=name + 'W')
        self.b = tf.Variable(tf.zeros_initializer()([width]), name=name + 'b')

    def __call__(self, x):
        return tf.matmul(x, self.W) + self.b


class Model(object):
    def __init__(self):
        self.margin = 0.5
        self.net_one = Layer(3, 4, 'one')
        self.net_two = Layer(4, 1, 'two')

    def forward(self, x, y):
        first = self.network(x)
        second = self.network(-x)
        gap = tf.reduce_mean(tf.square(first - second))
        loss = tf.reduce_mean(tf.square(first - y)) + self.margin * gap
        return gap, loss

    @tf.function(input_signature=[
        tf.TensorSpec([None, 3], tf.float32),
        tf.TensorSpec([None, 1], tf.float32),
    ])
    def compute_gap(self, x, y):
        gap, _ = self.forward(x, y)
        return gap

    @tf.function(input_signature=[
        tf.TensorSpec([None, 3], tf.float32),
        tf.TensorSpec([None, 1], tf.float32),
    ])
    def compute_loss(self, x, y):
        _, loss = self.forward(x, y)
        return loss

    def network(self, x):
        hidden = tf.nn.tanh(self.net_one(x))
        return self.net_two(hidden)


def main():
    model = Model()
    optimizer = tf.keras.optimizers.SGD(0.1)
    print(', '.join(['net/oneW:0', 'net/oneb:0', 'net/twoW:0', 'net/twob:0']))
    feed = {'x': np.eye(3), 'y': np.ones([3, 1])}

    @tf.function(input_signature=[
        tf.TensorSpec([None, 3], tf.float32),
        tf.TensorSpec([None, 1], tf.float32),
    ])
    def train_step(x, y):
        with tf.GradientTape() as tape:
            loss = model.compute_loss(x, y)
        variables = [v for part in (model.net_one, model.net_two) for v in (part.W, part.b)]
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))
        return loss

    for _ in range(3):
        loss = train_step(**feed).numpy()
        print(loss)
    print(model.compute_gap(**feed).numpy())


main()
