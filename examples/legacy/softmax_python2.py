#!/usr/bin/env python
# -*- coding: utf-8 -*-
# Softmax regression, Python 2: print statements, xrange, iteritems, long numbers.
import sys

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

np.random.seed(8)
tf.set_random_seed(8)

params = {'rate': 0.1, 'steps': 200L, 'batch': 0x20}
for key, value in sorted(params.iteritems()):
    print key, '=', value
if not params.has_key('momentum'):
    print >>sys.stderr, 'no momentum given, plain gradient descent'


def standardize((mean, std), values):
    return (values - mean) / std


iris = load_iris()
data = standardize((iris.data.mean(0), iris.data.std(0)), iris.data)
onehot = np.eye(3)[iris.target]

x = tf.placeholder(tf.float32, [None, 4])
y_ = tf.placeholder(tf.float32, [None, 3])
W = tf.Variable(tf.zeros([4, 3]))
b = tf.Variable(tf.zeros([3]))
y = tf.nn.softmax(tf.matmul(x, W) + b)
cross_entropy = tf.reduce_mean(-tf.reduce_sum(y_ * tf.log(tf.clip_by_value(y, 1e-10, 1.0)), reduction_indices=[1]))
train_step = tf.train.GradientDescentOptimizer(params['rate']).minimize(cross_entropy)
correct = tf.equal(tf.argmax(y, 1), tf.argmax(y_, 1))
accuracy = tf.reduce_mean(tf.cast(correct, "float"))

sess = tf.Session()
sess.run(tf.initialize_all_variables())
try:
    for step in xrange(params['steps']):
        rows = np.random.randint(0, 150, params['batch'])
        sess.run(train_step, feed_dict={x: data[rows], y_: onehot[rows]})
        if step % 50 <> 0:
            continue
        print 'step', step, 'loss %.5f' % sess.run(cross_entropy, feed_dict={x: data, y_: onehot})
except tf.errors.OpError, e:
    print 'training failed:', `e`
    raise

print 'accuracy %.4f' % sess.run(accuracy, feed_dict={x: data, y_: onehot})
print 'biases', ' '.join(map(lambda v: '%.4f' % v, sess.run(b)))
print 'final loss %.6f' % sess.run(cross_entropy, feed_dict={x: data, y_: onehot})
