import numpy as np
import tensorflow as tf


class Dense(tf.Module):
    def __init__(self, rows, columns):
        super().__init__()
        self.W = tf.Variable(tf.keras.initializers.GlorotUniform()([rows, columns]), name='W')
        self.b = tf.Variable(tf.zeros_initializer()([columns]), name='b')

    def __call__(self, x):
        return tf.matmul(x, self.W) + self.b


class Coder(object):
    def __init__(self, sizes, activation=tf.nn.softplus, rate=0.1):
        self.activation = activation
        self.code_1 = Dense(sizes['n_input'], sizes['n_code'])
        self.back_1 = Dense(sizes['n_code'], sizes['n_input'])
        self.optimizer = tf.keras.optimizers.SGD(rate)

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
    def train_step(self, x):
        with tf.GradientTape() as tape:
            code = self.activation(self.code_1(x))
            z = code + tf.random.normal(tf.shape(code), seed=1)
            back = self.back_1(z)
            loss = tf.reduce_mean(tf.square(back - x))
        variables = [v for part in (self.code_1, self.back_1) for v in (part.W, part.b)]
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return loss

    @tf.function(input_signature=[tf.TensorSpec(None, tf.float32)])
    def compute_back(self, z):
        back = self.back_1(z)
        return back

    def fit(self, X):
        loss = self.train_step(X).numpy()
        return loss

    def generate(self, z):
        return self.compute_back(z).numpy()


sizes = {'n_input': 3, 'n_code': 2}
coder = Coder(sizes)
print(coder.fit(np.eye(3)))
print(coder.generate(np.array([[0.0, 1.0]])))
