"""Siamese network on pairs of digits: two towers share one set of weights (reuse), contrastive loss with a margin."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import argparse

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits


class Siamese(object):
    """Two inputs, one network; the distance of the two outputs is small for pairs of the same digit."""

    def __init__(self, margin=2.0):
        self.x1 = tf.placeholder(tf.float32, [None, 64], name='x1')
        self.x2 = tf.placeholder(tf.float32, [None, 64], name='x2')
        self.same = tf.placeholder(tf.float32, [None], name='same')
        self.margin = margin
        with tf.variable_scope('siamese') as scope:
            self.o1 = self.network(self.x1)
            scope.reuse_variables()
            self.o2 = self.network(self.x2)
        self.loss, self.distance = self.contrastive_loss()

    def network(self, x):
        fc1 = self.fc_layer(x, 48, 'fc1', seed=1)
        ac1 = tf.nn.relu(fc1)
        fc2 = self.fc_layer(ac1, 24, 'fc2', seed=2)
        ac2 = tf.nn.relu(fc2)
        return self.fc_layer(ac2, 2, 'fc3', seed=3)

    def fc_layer(self, bottom, n_weight, name, seed):
        assert len(bottom.get_shape()) == 2
        n_prev_weight = bottom.get_shape()[1]
        initer = tf.truncated_normal_initializer(stddev=0.15, seed=seed)
        W = tf.get_variable(name + 'W', dtype=tf.float32, shape=[n_prev_weight, n_weight], initializer=initer)
        b = tf.get_variable(name + 'b', dtype=tf.float32,
                            initializer=tf.constant(0.01, shape=[n_weight], dtype=tf.float32))
        return tf.nn.bias_add(tf.matmul(bottom, W), b)

    def contrastive_loss(self):
        squared = tf.reduce_sum(tf.squared_difference(self.o1, self.o2), 1)
        distance = tf.sqrt(squared + 1e-6, name='distance')
        pull = tf.multiply(self.same, squared)
        push = tf.multiply(1.0 - self.same, tf.square(tf.maximum(self.margin - distance, 0)))
        return tf.reduce_mean(pull + push, name='loss'), distance


def pairs(rng, images, labels, size):
    """Half of the pairs show the same digit twice."""
    first = rng.randint(0, len(labels), size)
    second = rng.randint(0, len(labels), size)
    for row in range(0, size, 2):
        second[row] = rng.choice(np.flatnonzero(labels == labels[first[row]]))
    return images[first], images[second], (labels[first] == labels[second]).astype(np.float32)


def main(args):
    rng = np.random.RandomState(0)
    tf.set_random_seed(0)
    digits = load_digits(n_class=4)
    images, labels = digits.data / 16.0, digits.target
    model = Siamese(args.margin)
    train_step = tf.train.AdamOptimizer(args.learning_rate).minimize(model.loss)
    print('shared variables:', ', '.join(v.name for v in tf.trainable_variables()))

    sess = tf.InteractiveSession()
    tf.global_variables_initializer().run()
    for step in range(args.steps):
        a, b, same = pairs(rng, images, labels, args.batch)
        _, loss_v = sess.run([train_step, model.loss], {model.x1: a, model.x2: b, model.same: same})
        assert not np.isnan(loss_v), 'Model diverged with loss = NaN'
        if step % 50 == 0:
            print('step %d: loss %.6f' % (step, loss_v))

    a, b, same = pairs(rng, images, labels, 400)
    feed = {model.x1: a, model.x2: b, model.same: same}
    distance = model.distance.eval(feed)
    print('mean distance of equal pairs %.6f, of other pairs %.6f' % (distance[same == 1].mean(),
                                                                      distance[same == 0].mean()))
    right = (distance < args.margin / 2) == (same == 1)
    print('pairs told apart: %d of %d' % (right.sum(), len(right)))
    print('final loss %.6f' % model.loss.eval(feed))
    sess.close()


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--steps', type=int, default=201)
    parser.add_argument('--batch', type=int, default=64)
    parser.add_argument('--margin', type=float, default=2.0)
    parser.add_argument('--learning_rate', type=float, default=0.003)
    main(parser.parse_args())
