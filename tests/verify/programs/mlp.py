"""Two layers with dropout, weight decay, a decaying rate, summaries and a shuffled epoch."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(7)
data = rng.randn(120, 6).astype(np.float32)
target = (data[:, 0] * data[:, 1] + data[:, 2] > 0).astype(np.int64) + (data[:, 3] > 0.5)

x = tf.placeholder(tf.float32, [None, 6], name='x')
y = tf.placeholder(tf.int64, [None], name='y')
keep_prob = tf.placeholder_with_default(1.0, [], name='keep_prob')


def dense(inputs, units, scope, activation=None):
  with tf.variable_scope(scope):
    w = tf.get_variable('w', [inputs.get_shape()[1], units],
                        initializer=tf.truncated_normal_initializer(stddev=0.3))
    b = tf.get_variable('b', [units], initializer=tf.constant_initializer(0.1))
    tf.add_to_collection('decay', tf.nn.l2_loss(w))
    out = tf.matmul(inputs, w) + b
    return activation(out) if activation else out


hidden = tf.nn.dropout(dense(x, 16, 'hidden', tf.nn.relu), keep_prob=keep_prob)
logits = dense(hidden, 3, 'logits')
xent = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
loss = xent + 0.01 * tf.add_n(tf.get_collection('decay'))
hits = tf.reduce_sum(tf.cast(tf.equal(tf.argmax(logits, 1), y), tf.int32))

step = tf.Variable(0, trainable=False, name='global_step')
rate = tf.train.exponential_decay(0.05, step, 5, 0.8, staircase=True)
train = tf.train.AdamOptimizer(rate, beta1=0.9, epsilon=1e-4).minimize(loss, global_step=step)
tf.summary.scalar('loss', loss)
merged = tf.summary.merge_all()

with tf.Session() as sess:
  writer = tf.summary.FileWriter('logs', sess.graph)
  sess.run(tf.global_variables_initializer())
  for epoch in range(2):
    order = np.random.permutation(100)
    for start in range(0, 100, 10):
      rows = order[start:start + 10]
      summary, value, _ = sess.run([merged, loss, train],
                                   {x: data[rows], y: target[rows], keep_prob: 0.7})
      writer.add_summary(summary, epoch * 10 + start // 10)
    right = sess.run(hits, {x: data[100:], y: target[100:]})
    print('epoch', epoch, 'loss %.5f' % value, 'accuracy %.3f' % (right / 20.0))
  writer.close()
