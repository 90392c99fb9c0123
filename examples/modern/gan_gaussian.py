'''GAN that learns a one dimensional Gaussian: two networks, two scopes, two optimizers.'''
import argparse
import numpy as np
import tensorflow as tf

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


class Linear(tf.Module):
    def __init__(self, input_size, output_dim, stddev=1.0, seed=0):
        super().__init__()
        self.w = tf.Variable(tf.random_normal_initializer(stddev=stddev, seed=seed)([input_size, output_dim]), name='w')
        self.b = tf.Variable(tf.constant_initializer(0.0)([output_dim]), name='b')

    def __call__(self, input):
        return tf.matmul(input, self.w) + self.b


class Generator(tf.Module):
    def __init__(self, h_dim):
        super().__init__()
        self.g0 = Linear(1, h_dim, seed=1)
        self.g1 = Linear(4, 1, seed=2)

    def __call__(self, input):
        h0 = tf.nn.softplus(self.g0(input))
        h1 = self.g1(h0)
        return h1


class Discriminator(tf.Module):
    def __init__(self, h_dim):
        super().__init__()
        self.d0 = Linear(1, h_dim * 2, 0.2, seed=3)
        self.d1 = Linear(8, h_dim * 2, 0.2, seed=4)
        self.d2 = Linear(8, 1, stddev=0.2, seed=5)

    def __call__(self, input):
        h0 = tf.tanh(self.d0(input))
        h1 = tf.tanh(self.d1(h0))
        return self.d2(h1)


class GAN(object):
    def __init__(self, data, gen, num_steps, batch_size):
        self.data, self.gen = data, gen
        self.num_steps, self.batch_size = num_steps, batch_size
        self.mlp_hidden_size = 4
        self.Gen = Generator(self.mlp_hidden_size)
        self.Disc = Discriminator(self.mlp_hidden_size)

        self.d_params = [v for part in (self.Disc.d0, self.Disc.d1, self.Disc.d2) for v in (part.w, part.b)]
        self.g_params = [v for part in (self.Gen.g0, self.Gen.g1) for v in (part.w, part.b)]
        self.optimizer = tf.keras.optimizers.SGD(0.02, 0.5)
        self.optimizer_1 = tf.keras.optimizers.SGD(0.02)
        self.opt_d = tf.function(self.opt_d, input_signature=[
            tf.TensorSpec((self.batch_size, 1), tf.float32),
            tf.TensorSpec((self.batch_size, 1), tf.float32),
        ])
        self.opt_g = tf.function(self.opt_g, input_signature=[
            tf.TensorSpec((self.batch_size, 1), tf.float32),
        ])
        self.compute_G = tf.function(self.compute_G, input_signature=[
            tf.TensorSpec((self.batch_size, 1), tf.float32),
        ])

    def opt_d(self, x, z):
        with tf.GradientTape() as tape:
            G = self.Gen(z)
            D1 = self.Disc(x)
            D2 = self.Disc(G)
            loss_d = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=D1, labels=tf.ones_like(D1)) +
                                         tf.nn.sigmoid_cross_entropy_with_logits(logits=D2, labels=tf.zeros_like(D2)))
        variables = self.d_params
        gradients = tape.gradient(loss_d, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return loss_d

    def opt_g(self, z):
        with tf.GradientTape() as tape:
            G = self.Gen(z)
            D2 = self.Disc(G)
            loss_g = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=D2, labels=tf.ones_like(D2)))
        variables = self.g_params
        gradients = tape.gradient(loss_g, variables)
        self.optimizer_1.apply_gradients(zip(gradients, variables))
        return loss_g

    def compute_G(self, z):
        G = self.Gen(z)
        return G

    def train(self):
        for step in range(self.num_steps):
            x, z = self.data.sample(self.batch_size), self.gen.sample(self.batch_size)
            loss_d = self.opt_d(x, z).numpy()
            z = self.gen.sample(self.batch_size)
            loss_g = self.opt_g(z).numpy()
            if step % 100 == 99:
                print('{}: {:.5f}\t{:.5f}'.format(step + 1, loss_d, loss_g))
        g = self.compute_G(self.gen.sample(self.batch_size)).numpy()
        print('generated mean {:.4f} stddev {:.4f}'.format(np.mean(g), np.std(g)))
        print('final loss {:.6f}'.format(loss_g))


def main(args):
    tf.random.set_seed(SEED)
    GAN(DataDistribution(), GeneratorDistribution(range=8), args.num_steps, args.batch_size).train()


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--num-steps', type=int, default=400)
    parser.add_argument('--batch-size', type=int, default=12)
    main(parser.parse_args())
