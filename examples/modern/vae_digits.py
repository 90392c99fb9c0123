"""Variational auto-encoder on the digits: reparametrization with tf.random_normal, KL term, sampling from the prior."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

sizes = dict(n_encoder=40, n_decoder=40, n_input=64, n_z=4)


class Dense(tf.Module):
    def __init__(self, n_in, n_out, seed):
        super().__init__()
        self.W = tf.Variable(tf.keras.initializers.GlorotUniform(seed=seed)([n_in, n_out]), name='W')
        self.b = tf.Variable(tf.zeros_initializer()([n_out]), name='b')

    def __call__(self, x):
        return tf.add(tf.matmul(x, self.W), self.b)


class DigitsVAE(object):
    """A VAE with four hidden Gaussian numbers for a picture; used like an estimator of scikit-learn."""

    def __init__(self, sizes, activation=tf.nn.softplus, learning_rate=0.003, batch_size=100):
        self.sizes = sizes
        self.activation = activation
        self.batch_size = batch_size
        self.recognition_h = Dense(sizes['n_input'], sizes['n_encoder'], 1)
        self.recognition_mean = Dense(sizes['n_encoder'], sizes['n_z'], 2)
        self.recognition_log_sigma = Dense(sizes['n_encoder'], sizes['n_z'], 3)
        self.generator_h = Dense(sizes['n_z'], sizes['n_decoder'], 5)
        self.generator_x = Dense(sizes['n_decoder'], sizes['n_input'], 6)
        self.optimizer = tf.keras.optimizers.Adam(learning_rate=learning_rate, epsilon=1e-8)
        self.train_step = tf.function(self.train_step, input_signature=[
            tf.TensorSpec([None, sizes['n_input']], tf.float32),
        ])
        self.compute_z_mean = tf.function(self.compute_z_mean, input_signature=[
            tf.TensorSpec([None, sizes['n_input']], tf.float32),
        ])
        self.compute_latent_loss = tf.function(self.compute_latent_loss, input_signature=[
            tf.TensorSpec([None, sizes['n_input']], tf.float32),
        ])

    def forward(self, x):
        h = self.activation(self.recognition_h(x))
        z_mean = self.recognition_mean(h)
        return h, z_mean

    def train_step(self, x):
        with tf.GradientTape() as tape:
            h, z_mean = self.forward(x)
            z_log_sigma_sq = self.recognition_log_sigma(h)
            eps = tf.random.normal(tf.shape(z_mean), 0, 1, dtype=tf.float32, seed=4)
            z = tf.add(z_mean, tf.multiply(tf.sqrt(tf.exp(z_log_sigma_sq)), eps))
            h = self.activation(self.generator_h(z))
            x_logits = self.generator_x(h)
            pixel_loss = tf.reduce_sum(
                tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=x_logits), 1)
            latent_loss = -0.5 * tf.reduce_sum(
                1 + z_log_sigma_sq - tf.square(z_mean) - tf.exp(z_log_sigma_sq), 1)
            cost = tf.reduce_mean(pixel_loss + latent_loss)   # average over batch
        variables = [v for part in (self.recognition_h, self.recognition_mean, self.recognition_log_sigma, self.generator_h, self.generator_x) for v in (part.W, part.b)]
        gradients = tape.gradient(cost, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return cost

    def compute_z_mean(self, x):
        _, z_mean = self.forward(x)
        return z_mean

    @tf.function(input_signature=[tf.TensorSpec(None, tf.float32)])
    def compute_pictures(self, z):
        h = self.activation(self.generator_h(z))
        x_logits = self.generator_x(h)
        pictures = tf.nn.sigmoid(x_logits)
        return pictures

    def compute_latent_loss(self, x):
        h, z_mean = self.forward(x)
        z_log_sigma_sq = self.recognition_log_sigma(h)
        latent_loss = -0.5 * tf.reduce_sum(
            1 + z_log_sigma_sq - tf.square(z_mean) - tf.exp(z_log_sigma_sq), 1)
        return latent_loss

    def partial_fit(self, X):
        """One step on these pictures; returns what they cost before it."""
        cost = self.train_step(X).numpy()
        return cost

    def transform(self, X):
        """The means of the hidden numbers."""
        return self.compute_z_mean(X).numpy()

    def generate(self, z_mu):
        """Pictures of given hidden numbers: fed is the tensor itself, not a placeholder."""
        return self.compute_pictures(z_mu).numpy()


def train(vae, data, training_epochs=8, display_step=2):
    for epoch in range(training_epochs):
        avg_cost = 0.
        total_batch = len(data) // vae.batch_size
        for i in range(total_batch):
            batch_xs = data[i * vae.batch_size:(i + 1) * vae.batch_size]
            avg_cost += vae.partial_fit(batch_xs) / total_batch
        if epoch % display_step == 0:
            print('Epoch:', '%04d' % (epoch + 1), 'cost=', '{:.6f}'.format(avg_cost))
    return avg_cost


tf.random.set_seed(17)
digits = load_digits()
X = np.random.RandomState(17).permutation(digits.data / 16.0)
vae = DigitsVAE(sizes)
cost = train(vae, X)
code = vae.transform(X[:200])
print('code mean %s' % ' '.join('%.6f' % v for v in code.mean(0)))
image = vae.generate(np.array([[0., 0., 0., 0.], [1., -1., 0.5, 0.]]))
print('brightness of two generated images %.6f %.6f' % tuple(image.mean(1)))
print('latent loss %.6f' % np.mean(vae.compute_latent_loss(X[:200]).numpy()))
print('final loss %.6f' % cost)
