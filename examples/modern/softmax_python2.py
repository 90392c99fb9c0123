#!/usr/bin/env python
# -*- coding: utf-8 -*-
# Softmax regression, Python 2: print statements, xrange, iteritems, long numbers.
import sys

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

np.random.seed(8)
tf.random.set_seed(8)

params = {'rate': 0.1, 'steps': 200, 'batch': 0x20}
for key, value in sorted(params.items()):
    print(key, '=', value)
if 'momentum' not in params:
    print('no momentum given, plain gradient descent', file=sys.stderr)


def standardize(pair, values):
    (mean, std) = pair
    return (values - mean) / std


iris = load_iris()
data = standardize((iris.data.mean(0), iris.data.std(0)), iris.data)
onehot = np.eye(3)[iris.target]

W = tf.Variable(tf.zeros([4, 3]))
b = tf.Variable(tf.zeros([3]))
optimizer = tf.keras.optimizers.SGD(params['rate'])


@tf.function(input_signature=[
    tf.TensorSpec([None, 4], tf.float32),
    tf.TensorSpec([None, 3], tf.float32),
])
def train_step(x, y_):
    with tf.GradientTape() as tape:
        y = tf.nn.softmax(tf.matmul(x, W) + b)
        cross_entropy = tf.reduce_mean(-tf.reduce_sum(y_ * tf.math.log(tf.clip_by_value(y, 1e-10, 1.0)), axis=[1]))
    variables = [W, b]
    gradients = tape.gradient(cross_entropy, variables)
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function(input_signature=[
    tf.TensorSpec([None, 4], tf.float32),
    tf.TensorSpec([None, 3], tf.float32),
])
def compute_cross_entropy(x, y_):
    y = tf.nn.softmax(tf.matmul(x, W) + b)
    cross_entropy = tf.reduce_mean(-tf.reduce_sum(y_ * tf.math.log(tf.clip_by_value(y, 1e-10, 1.0)), axis=[1]))
    return cross_entropy


@tf.function(input_signature=[
    tf.TensorSpec([None, 4], tf.float32),
    tf.TensorSpec([None, 3], tf.float32),
])
def compute_accuracy(x, y_):
    y = tf.nn.softmax(tf.matmul(x, W) + b)
    correct = tf.equal(tf.argmax(y, 1), tf.argmax(y_, 1))
    accuracy = tf.reduce_mean(tf.cast(correct, "float"))
    return accuracy


try:
    for step in range(params['steps']):
        rows = np.random.randint(0, 150, params['batch'])
        train_step(data[rows], onehot[rows])
        if step % 50 != 0:
            continue
        print('step', step, 'loss %.5f' % compute_cross_entropy(data, onehot).numpy())
except tf.errors.OpError as e:
    print('training failed:', repr(e))
    raise

print('accuracy %.4f' % compute_accuracy(data, onehot).numpy())
print('biases', ' '.join(map(lambda v: '%.4f' % v, b.numpy())))
print('final loss %.6f' % compute_cross_entropy(data, onehot).numpy())
