"""Matrix factorization of ratings: embedding_lookup of users and items, biases, sparse gradients."""
from __future__ import print_function

import collections
import sys

import numpy as np
import tensorflow as tf

USER_NUM, ITEM_NUM, DIM = 60, 40, 4
BATCH_SIZE, EPOCH_MAX = 50, 12
DEVICE = '/cpu:0'


def make_ratings(rng, count=1500):
    """(user, item, stars): made of two hidden tastes, biases and noise, rounded to whole stars."""
    users, items = rng.randint(0, USER_NUM, count), rng.randint(0, ITEM_NUM, count)
    p, q = rng.randn(USER_NUM, 2), rng.randn(ITEM_NUM, 2)
    stars = 3.0 + 0.5 * rng.randn(USER_NUM)[users] + 0.5 * rng.randn(ITEM_NUM)[items]
    stars += (p[users] * q[items]).sum(1) * 0.7 + 0.3 * rng.randn(count)
    return users, items, np.clip(np.round(stars), 1, 5).astype(np.float32)


class RandomBatches(object):
    """Rows that are drawn with replacement, for ever."""

    def __init__(self, inputs, batch_size, rng):
        self.inputs = np.transpose(np.vstack(inputs))
        self.batch_size, self.rng = batch_size, rng

    def __iter__(self):
        return self

    def __next__(self):
        return self.next()

    def next(self):
        ids = self.rng.randint(0, len(self.inputs), (self.batch_size,))
        out = self.inputs[ids, :]
        return [out[:, i] for i in range(3)]


def estimate(user_batch, item_batch, user_num, item_num, dim=5, device='/cpu:0'):
    with tf.device('/cpu:0'):
        bias_global = tf.get_variable('bias_global', shape=[], initializer=tf.zeros_initializer())
        user_biases = tf.get_variable('user_bias', shape=[user_num], initializer=tf.zeros_initializer())
        item_biases = tf.get_variable('item_bias', shape=[item_num], initializer=tf.zeros_initializer())
        bias_user = tf.nn.embedding_lookup(user_biases, user_batch, name='bias_user')
        bias_item = tf.nn.embedding_lookup(item_biases, item_batch, name='bias_item')
        w_user = tf.get_variable('user_vectors', shape=[user_num, dim],
                                 initializer=tf.truncated_normal_initializer(stddev=0.3, seed=1))
        w_item = tf.get_variable('item_vectors', shape=[item_num, dim],
                                 initializer=tf.truncated_normal_initializer(stddev=0.3, seed=2))
        user_vectors = tf.nn.embedding_lookup(w_user, user_batch, name='embedding_user')
        item_vectors = tf.nn.embedding_lookup(w_item, item_batch, name='embedding_item')
    with tf.device(device):
        infer = tf.reduce_sum(tf.multiply(user_vectors, item_vectors), 1)
        infer = tf.add(tf.add(tf.add(infer, bias_global), bias_user), bias_item, name='stars')
        regularizer = tf.add(tf.nn.l2_loss(user_vectors), tf.nn.l2_loss(item_vectors), name='size')
    return infer, regularizer


def learn(infer, regularizer, rate_batch, learning_rate=0.02, reg=0.005, device='/cpu:0'):
    global_step = tf.train.get_global_step()
    assert global_step is not None
    with tf.device(device):
        cost_l2 = tf.nn.l2_loss(tf.subtract(infer, rate_batch))
        cost = tf.add(cost_l2, tf.multiply(tf.constant(reg, dtype=tf.float32, shape=[], name='l2'), regularizer))
        optimizer = tf.train.AdamOptimizer(learning_rate)
        sparse = [g for g, _ in optimizer.compute_gradients(cost) if isinstance(g, tf.IndexedSlices)]
        print('sparse gradients: %d' % len(sparse))
        return cost, optimizer.minimize(cost, global_step=global_step)


def main():
    rng = np.random.RandomState(13575)
    users, items, stars = make_ratings(rng)
    cut = 1200
    iter_train = RandomBatches([users[:cut], items[:cut], stars[:cut]], BATCH_SIZE, rng)
    user_batch = tf.placeholder(tf.int32, shape=[None], name='id_user')
    item_batch = tf.placeholder(tf.int32, shape=[None], name='id_item')
    rate_batch = tf.placeholder(tf.float32, shape=[None])
    infer, regularizer = estimate(user_batch, item_batch, USER_NUM, ITEM_NUM, dim=DIM, device=DEVICE)
    tf.contrib.framework.get_or_create_global_step()
    _, train_op = learn(infer, regularizer, rate_batch, device=DEVICE)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        print('epoch train_error val_error')
        errors = collections.deque(maxlen=cut // BATCH_SIZE)
        for i in range(EPOCH_MAX * cut // BATCH_SIZE):
            u, v, rates = next(iter_train)
            _, pred_batch = sess.run([train_op, infer], feed_dict={user_batch: u, item_batch: v, rate_batch: rates})
            errors.append(np.mean(np.power(pred_batch - rates, 2)))
            if (i + 1) % (3 * cut // BATCH_SIZE) == 0:
                pred = sess.run(infer, {user_batch: users[cut:], item_batch: items[cut:]})
                test_err = np.sqrt(np.mean(np.power(np.clip(pred, 1.0, 5.0) - stars[cut:], 2)))
                print('{:3d} {:.6f} {:.6f}'.format((i + 1) * BATCH_SIZE // cut, np.sqrt(np.mean(errors)), test_err))
                sys.stdout.flush()
        print('global bias %.6f' % sess.run('bias_global:0'))
    print('final loss %.6f' % test_err)


if __name__ == '__main__':
    main()
