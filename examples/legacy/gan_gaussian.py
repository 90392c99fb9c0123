'''GAN that learns a one dimensional Gaussian: two networks, two scopes, two optimizers.'''
import argparse
import numpy as np
import tensorflow as tf
from tensorflow.python.framework import ops

SEED = 42
np.random.seed(SEED)


class DataDistribution(object):
    def __init__(self):
        self.mu = 4
        self.sigma = 0.5

    def sample(self, N):
        samples = np.random.normal(self.mu, self.sigma, N)
        samples.sort()
        return samples.reshape(-1, 1)


class GeneratorDistribution(object):
    def __init__(self, range):
        self.range = range

    def sample(self, N):
        return (np.linspace(-self.range, self.range, N) + np.random.random(N) * 0.01).reshape(-1, 1)


def linear(input, output_dim, scope=None, stddev=1.0, seed=0):
    norm = tf.random_normal_initializer(stddev=stddev, seed=seed)
    const = tf.constant_initializer(0.0)
    with tf.variable_scope(scope or 'linear'):
        w = tf.get_variable('w', [input.get_shape()[1], output_dim], initializer=norm)
        b = tf.get_variable('b', [output_dim], initializer=const)
        return tf.matmul(input, w) + b


def generator(input, h_dim):
    h0 = tf.nn.softplus(linear(input, h_dim, 'g0', seed=1))
    h1 = linear(h0, 1, 'g1', seed=2)
    return h1


def discriminator(input, h_dim):
    h0 = tf.tanh(linear(input, h_dim * 2, 'd0', 0.2, seed=3))
    h1 = tf.tanh(linear(h0, h_dim * 2, 'd1', 0.2, seed=4))
    return linear(h1, 1, scope='d2', stddev=0.2, seed=5)


class GAN(object):
    def __init__(self, data, gen, num_steps, batch_size):
        self.data, self.gen = data, gen
        self.num_steps, self.batch_size = num_steps, batch_size
        self.mlp_hidden_size = 4
        self._create_model()

    def _create_model(self):
        with tf.variable_scope('Gen'):
            self.z = tf.placeholder(tf.float32, shape=(self.batch_size, 1))
            self.G = generator(self.z, self.mlp_hidden_size)
        self.x = tf.placeholder(tf.float32, shape=(self.batch_size, 1))
        with tf.variable_scope('Disc') as scope:
            self.D1 = discriminator(self.x, self.mlp_hidden_size)
            scope.reuse_variables()
            self.D2 = discriminator(self.G, self.mlp_hidden_size)

        bce = tf.nn.sigmoid_cross_entropy_with_logits
        self.loss_d = tf.reduce_mean(bce(logits=self.D1, labels=tf.ones_like(self.D1)) +
                                     bce(logits=self.D2, labels=tf.zeros_like(self.D2)))
        self.loss_g = tf.reduce_mean(bce(logits=self.D2, labels=tf.ones_like(self.D2)))
        d_params = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope='Disc')
        g_params = [v for v in tf.trainable_variables() if v.name.startswith('Gen/')]
        self.opt_d = tf.train.MomentumOptimizer(0.02, 0.5).minimize(self.loss_d, var_list=d_params)
        self.opt_g = tf.train.GradientDescentOptimizer(0.02).minimize(self.loss_g, var_list=g_params)

    def train(self):
        with tf.Session() as session:
            tf.global_variables_initializer().run()
            for step in range(self.num_steps):
                x, z = self.data.sample(self.batch_size), self.gen.sample(self.batch_size)
                loss_d, _ = session.run([self.loss_d, self.opt_d], {self.x: x, self.z: z})
                z = self.gen.sample(self.batch_size)
                loss_g, _ = session.run([self.loss_g, self.opt_g], {self.z: z})
                if step % 100 == 99:
                    print('{}: {:.5f}\t{:.5f}'.format(step + 1, loss_d, loss_g))
            g = session.run(self.G, {self.z: self.gen.sample(self.batch_size)})
            print('generated mean {:.4f} stddev {:.4f}'.format(np.mean(g), np.std(g)))
            print('final loss {:.6f}'.format(loss_g))


def main(args):
    ops.reset_default_graph()
    tf.set_random_seed(SEED)
    GAN(DataDistribution(), GeneratorDistribution(range=8), args.num_steps, args.batch_size).train()


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--num-steps', type=int, default=400)
    parser.add_argument('--batch-size', type=int, default=12)
    main(parser.parse_args())
