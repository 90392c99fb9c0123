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


class Estimate(tf.Module):
    def __init__(self, user_num, item_num, dim=5):
        super().__init__()
        self.bias_global = tf.Variable(tf.zeros_initializer()([]), name='bias_global')
        self.user_bias = tf.Variable(tf.zeros_initializer()([user_num]), name='user_bias')
        self.item_bias = tf.Variable(tf.zeros_initializer()([item_num]), name='item_bias')
        self.user_vectors = tf.Variable(tf.keras.initializers.TruncatedNormal(stddev=0.3, seed=1)([user_num, dim]), name='user_vectors')
        self.item_vectors = tf.Variable(tf.keras.initializers.TruncatedNormal(stddev=0.3, seed=2)([item_num, dim]), name='item_vectors')

    def __call__(self, user_batch, item_batch):
        bias_user = tf.nn.embedding_lookup(self.user_bias, user_batch, name='bias_user')
        bias_item = tf.nn.embedding_lookup(self.item_bias, item_batch, name='bias_item')
        user_vectors = tf.nn.embedding_lookup(self.user_vectors, user_batch, name='embedding_user')
        item_vectors = tf.nn.embedding_lookup(self.item_vectors, item_batch, name='embedding_item')
        infer = tf.reduce_sum(tf.multiply(user_vectors, item_vectors), 1)
        infer = tf.add(tf.add(tf.add(infer, self.bias_global), bias_user), bias_item, name='stars')
        regularizer = tf.add(tf.nn.l2_loss(user_vectors), tf.nn.l2_loss(item_vectors), name='size')
        return infer, regularizer


def main():
    rng = np.random.RandomState(13575)
    users, items, stars = make_ratings(rng)
    cut = 1200
    iter_train = RandomBatches([users[:cut], items[:cut], stars[:cut]], BATCH_SIZE, rng)
    estimate_1 = Estimate(USER_NUM, ITEM_NUM, dim=DIM)
    global_step_1 = tf.Variable(0, trainable=False, dtype=tf.int64, name="global_step")
    global_step = global_step_1
    assert global_step is not None
    optimizer = tf.keras.optimizers.Adam(0.02, epsilon=1e-8)

    @tf.function(input_signature=[
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None], tf.float32),
    ])
    def compute_all_gradients(user_batch, item_batch, rate_batch):
        with tf.GradientTape() as tape:
            infer, regularizer = estimate_1(user_batch, item_batch)
            cost_l2 = tf.nn.l2_loss(tf.subtract(infer, rate_batch))
            cost = tf.add(cost_l2, tf.multiply(tf.constant(0.005, dtype=tf.float32, shape=[], name='l2'), regularizer))
        variables = [estimate_1.bias_global, estimate_1.user_bias, estimate_1.item_bias, estimate_1.user_vectors, estimate_1.item_vectors]
        all_gradients = tape.gradient(cost, variables)
        return all_gradients

    @tf.function(input_signature=[
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None], tf.float32),
    ])
    def train_step(user_batch, item_batch, rate_batch):
        with tf.GradientTape() as tape:
            infer, regularizer = estimate_1(user_batch, item_batch)
            cost_l2 = tf.nn.l2_loss(tf.subtract(infer, rate_batch))
            cost = tf.add(cost_l2, tf.multiply(tf.constant(0.005, dtype=tf.float32, shape=[], name='l2'), regularizer))
        variables = [estimate_1.bias_global, estimate_1.user_bias, estimate_1.item_bias, estimate_1.user_vectors, estimate_1.item_vectors]
        gradients = [tf.convert_to_tensor(g) for g in tape.gradient(cost, variables)]
        optimizer.apply_gradients(zip(gradients, variables))
        global_step.assign_add(1)
        return infer

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32), tf.TensorSpec([None], tf.int32)])
    def compute_infer(user_batch, item_batch):
        infer, regularizer = estimate_1(user_batch, item_batch)
        return infer

    sparse = [g for g in compute_all_gradients.get_concrete_function().structured_outputs if isinstance(g, tf.IndexedSlices)]
    print('sparse gradients: %d' % len(sparse))
    print('epoch train_error val_error')
    errors = collections.deque(maxlen=cut // BATCH_SIZE)
    for i in range(EPOCH_MAX * cut // BATCH_SIZE):
        u, v, rates = next(iter_train)
        pred_batch = train_step(u, v, rates).numpy()
        errors.append(np.mean(np.power(pred_batch - rates, 2)))
        if (i + 1) % (3 * cut // BATCH_SIZE) == 0:
            pred = compute_infer(users[cut:], items[cut:]).numpy()
            test_err = np.sqrt(np.mean(np.power(np.clip(pred, 1.0, 5.0) - stars[cut:], 2)))
            print('{:3d} {:.6f} {:.6f}'.format((i + 1) * BATCH_SIZE // cut, np.sqrt(np.mean(errors)), test_err))
            sys.stdout.flush()
    print('global bias %.6f' % estimate_1.bias_global.numpy())
    print('final loss %.6f' % test_err)


if __name__ == '__main__':
    main()
