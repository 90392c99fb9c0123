"""Variational auto-encoder on the digits: reparametrization with tf.random_normal, KL term, sampling from the prior."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import functools

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

sizes = dict(n_encoder=40, n_decoder=40, n_input=64, n_z=4)
xavier = functools.partial(tf.glorot_uniform_initializer, dtype=tf.float32)


class DigitsVAE(object):
    """A VAE with four hidden Gaussian numbers for a picture; used like an estimator of scikit-learn."""

    def __init__(self, sizes, activation=tf.nn.softplus, learning_rate=0.003, batch_size=100):
        self.sizes = sizes
        self.activation = activation
        self.batch_size = batch_size
        self.x = tf.placeholder(tf.float32, [None, sizes['n_input']])
        self._build(**sizes)
        self._learn(learning_rate)
        self.sess = tf.InteractiveSession()
        self.sess.run(tf.global_variables_initializer())

    def _dense(self, x, n_in, n_out, name, seed):
        with tf.variable_scope(name):
            W = tf.get_variable('W', [n_in, n_out], initializer=xavier(seed=seed))
            b = tf.get_variable('b', [n_out], initializer=tf.zeros_initializer())
            return tf.add(tf.matmul(x, W), b)

    def _build(self, n_encoder, n_decoder, n_input, n_z):
        with tf.variable_scope('recognition'):
            h = self.activation(self._dense(self.x, n_input, n_encoder, 'h', 1))
            self.z_mean = self._dense(h, n_encoder, n_z, 'mean', 2)
            self.z_log_sigma_sq = self._dense(h, n_encoder, n_z, 'log_sigma', 3)
        eps = tf.random_normal(tf.shape(self.z_mean), 0, 1, dtype=tf.float32, seed=4)
        self.z = tf.add(self.z_mean, tf.multiply(tf.sqrt(tf.exp(self.z_log_sigma_sq)), eps))
        with tf.variable_scope('generator'):
            h = self.activation(self._dense(self.z, n_z, n_decoder, 'h', 5))
            self.x_logits = self._dense(h, n_decoder, n_input, 'x', 6)
        self.pictures = tf.nn.sigmoid(self.x_logits)

    def _learn(self, learning_rate):
        self.pixel_loss = tf.reduce_sum(
            tf.nn.sigmoid_cross_entropy_with_logits(labels=self.x, logits=self.x_logits), 1)
        self.latent_loss = -0.5 * tf.reduce_sum(
            1 + self.z_log_sigma_sq - tf.square(self.z_mean) - tf.exp(self.z_log_sigma_sq), 1)
        self.cost = tf.reduce_mean(self.pixel_loss + self.latent_loss)   # average over batch
        self.optimizer = tf.train.AdamOptimizer(learning_rate=learning_rate).minimize(self.cost)

    def partial_fit(self, X):
        """One step on these pictures; returns what they cost before it."""
        opt, cost = self.sess.run((self.optimizer, self.cost), feed_dict={self.x: X})
        return cost

    def transform(self, X):
        """The means of the hidden numbers."""
        return self.sess.run(self.z_mean, feed_dict={self.x: X})

    def generate(self, z_mu):
        """Pictures of given hidden numbers: fed is the tensor itself, not a placeholder."""
        return self.sess.run(self.pictures, feed_dict={self.z: z_mu})


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


tf.set_random_seed(17)
digits = load_digits()
X = np.random.RandomState(17).permutation(digits.data / 16.0)
vae = DigitsVAE(sizes)
cost = train(vae, X)
code = vae.transform(X[:200])
print('code mean %s' % ' '.join('%.6f' % v for v in code.mean(0)))
image = vae.generate(np.array([[0., 0., 0., 0.], [1., -1., 0.5, 0.]]))
print('brightness of two generated images %.6f %.6f' % tuple(image.mean(1)))
print('latent loss %.6f' % np.mean(vae.sess.run(vae.latent_loss, {vae.x: X[:200]})))
print('final loss %.6f' % cost)
