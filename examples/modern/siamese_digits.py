"""Siamese network on pairs of digits: two towers share one set of weights (reuse), contrastive loss with a margin."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import argparse

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits


class FcLayer(tf.Module):
    def __init__(self, bottom_size, n_weight, name, seed):
        super().__init__()
        self.W = tf.Variable(tf.keras.initializers.TruncatedNormal(stddev=0.15, seed=seed)([bottom_size, n_weight], dtype=tf.float32), name=name + 'W')
        self.b = tf.Variable(tf.constant(0.01, shape=[n_weight], dtype=tf.float32), name=name + 'b')

    def __call__(self, bottom):
        assert len(bottom.get_shape()) == 2
        return tf.nn.bias_add(tf.matmul(bottom, self.W), self.b)


class Siamese(object):
    """Two inputs, one network; the distance of the two outputs is small for pairs of the same digit."""

    def __init__(self, margin=2.0):
        self.margin = margin
        self.siamese_fc1 = FcLayer(64, 48, 'fc1', seed=1)
        self.siamese_fc2 = FcLayer(48, 24, 'fc2', seed=2)
        self.siamese_fc3 = FcLayer(24, 2, 'fc3', seed=3)

    def forward(self, x1, x2, same):
        o1 = self.network(x1)
        o2 = self.network(x2)
        squared = tf.reduce_sum(tf.math.squared_difference(o1, o2), 1)
        distance = tf.sqrt(squared + 1e-6, name='distance')
        pull = tf.multiply(same, squared)
        push = tf.multiply(1.0 - same, tf.square(tf.maximum(self.margin - distance, 0)))
        loss = tf.reduce_mean(pull + push, name='loss')
        return distance, loss

    @tf.function(input_signature=[
        tf.TensorSpec([None, 64], tf.float32),
        tf.TensorSpec([None, 64], tf.float32),
        tf.TensorSpec([None], tf.float32),
    ])
    def compute_distance(self, x1, x2, same):
        distance, _ = self.forward(x1, x2, same)
        return distance

    @tf.function(input_signature=[
        tf.TensorSpec([None, 64], tf.float32),
        tf.TensorSpec([None, 64], tf.float32),
        tf.TensorSpec([None], tf.float32),
    ])
    def compute_loss(self, x1, x2, same):
        _, loss = self.forward(x1, x2, same)
        return loss

    def network(self, x):
        fc1 = self.siamese_fc1(x)
        ac1 = tf.nn.relu(fc1)
        fc2 = self.siamese_fc2(ac1)
        ac2 = tf.nn.relu(fc2)
        return self.siamese_fc3(ac2)


def pairs(rng, images, labels, size):
    """Half of the pairs show the same digit twice."""
    first = rng.randint(0, len(labels), size)
    second = rng.randint(0, len(labels), size)
    for row in range(0, size, 2):
        second[row] = rng.choice(np.flatnonzero(labels == labels[first[row]]))
    return images[first], images[second], (labels[first] == labels[second]).astype(np.float32)


def main(args):
    rng = np.random.RandomState(0)
    tf.random.set_seed(0)
    digits = load_digits(n_class=4)
    images, labels = digits.data / 16.0, digits.target
    model = Siamese(args.margin)
    optimizer = tf.keras.optimizers.Adam(args.learning_rate, epsilon=1e-8)
    print('shared variables:', ', '.join(['siamese/fc1W:0', 'siamese/fc1b:0', 'siamese/fc2W:0', 'siamese/fc2b:0', 'siamese/fc3W:0', 'siamese/fc3b:0']))

    @tf.function(input_signature=[
        tf.TensorSpec([None, 64], tf.float32),
        tf.TensorSpec([None, 64], tf.float32),
        tf.TensorSpec([None], tf.float32),
    ])
    def train_step(x1, x2, same):
        with tf.GradientTape() as tape:
            loss = model.compute_loss(x1, x2, same)
        variables = [v for part in (model.siamese_fc1, model.siamese_fc2, model.siamese_fc3) for v in (part.W, part.b)]
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))
        return loss

    for step in range(args.steps):
        a, b, same = pairs(rng, images, labels, args.batch)
        loss_v = train_step(a, b, same).numpy()
        assert not np.isnan(loss_v), 'Model diverged with loss = NaN'
        if step % 50 == 0:
            print('step %d: loss %.6f' % (step, loss_v))

    a, b, same = pairs(rng, images, labels, 400)
    feed = {'x1': a, 'x2': b, 'same': same}
    distance = model.compute_distance(**feed).numpy()
    print('mean distance of equal pairs %.6f, of other pairs %.6f' % (distance[same == 1].mean(),
                                                                      distance[same == 0].mean()))
    right = (distance < args.margin / 2) == (same == 1)
    print('pairs told apart: %d of %d' % (right.sum(), len(right)))
    print('final loss %.6f' % model.compute_loss(**feed).numpy())


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--steps', type=int, default=201)
    parser.add_argument('--batch', type=int, default=64)
    parser.add_argument('--margin', type=float, default=2.0)
    parser.add_argument('--learning_rate', type=float, default=0.003)
    main(parser.parse_args())
