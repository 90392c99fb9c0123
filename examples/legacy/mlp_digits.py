"""MLP on the 8x8 digits with tf.layers, dropout and TensorBoard summaries.

  python mlp_digits.py --log_dir=logs
  tensorboard --logdir=logs
"""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import argparse
import os
import sys
import time

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

FLAGS = None


def next_batch(x, y, size, step):
  start = (step * size) % (x.shape[0] - size)
  return x[start:start + size], y[start:start + size]


def variable_summaries(var):
  """Attach a lot of summaries to a Tensor (for TensorBoard visualization)."""
  with tf.name_scope('summaries'):
    mean = tf.reduce_mean(var)
    tf.summary.scalar('mean', mean)
    with tf.name_scope('stddev'):
      stddev = tf.sqrt(tf.reduce_mean(tf.square(var - mean)))
    tf.summary.scalar('stddev', stddev)
    tf.summary.histogram('histogram', var)


def build(x, training):
  net = tf.layers.dense(x, 64, activation=tf.nn.relu,
                        kernel_initializer=tf.truncated_normal_initializer(stddev=0.1, seed=1),
                        name='fc1')
  net = tf.layers.dropout(net, rate=0.2, training=training, seed=2)
  variable_summaries(net)
  return tf.layers.dense(net, 10,
                         kernel_initializer=tf.truncated_normal_initializer(stddev=0.1, seed=3),
                         kernel_regularizer=tf.keras.regularizers.l2(1e-4),
                         name='logits')


def train():
  digits = load_digits()
  images = digits.data.astype(np.float32) / 16.
  labels = digits.target.astype(np.int)
  train_x, test_x = images[:1500], images[1500:]
  train_y, test_y = labels[:1500], labels[1500:]

  with tf.name_scope('input'):
    x = tf.placeholder(tf.float32, [None, 64], name='x-input')
    y_ = tf.placeholder(tf.int64, [None], name='y-input')
    is_training = tf.placeholder_with_default(False, shape=[], name='is_training')

  logits = build(x, is_training)
  with tf.name_scope('cross_entropy'):
    cross_entropy = tf.losses.sparse_softmax_cross_entropy(labels=y_, logits=logits)
    total_loss = tf.losses.get_total_loss()
  tf.summary.scalar('cross_entropy', cross_entropy)

  global_step = tf.train.get_or_create_global_step()
  rate = tf.train.exponential_decay(FLAGS.learning_rate, global_step, 100, 0.9, staircase=True)
  train_step = tf.train.AdamOptimizer(rate).minimize(total_loss, global_step=global_step)

  correct = tf.equal(tf.argmax(logits, 1), y_)
  accuracy = tf.reduce_mean(tf.cast(correct, tf.float32))
  tf.summary.scalar('accuracy', accuracy)
  merged = tf.summary.merge_all()

  if tf.gfile.Exists(FLAGS.log_dir):
    tf.gfile.DeleteRecursively(FLAGS.log_dir)
  tf.gfile.MakeDirs(FLAGS.log_dir)

  began = time.clock()
  sess = tf.InteractiveSession()
  train_writer = tf.summary.FileWriter(os.path.join(FLAGS.log_dir, 'train'), sess.graph)
  tf.global_variables_initializer().run()
  for i in range(FLAGS.max_steps):
    xs, ys = next_batch(train_x, train_y, FLAGS.batch_size, i)
    summary, _ = sess.run([merged, train_step], feed_dict={x: xs, y_: ys, is_training: True})
    train_writer.add_summary(summary, i)
    if i % 50 == 49:
      acc = accuracy.eval(feed_dict={x: test_x, y_: test_y})
      print('Accuracy at step %s: %.4f' % (i + 1, acc))
  train_writer.close()
  tf.logging.info('cpu seconds %.1f', time.clock() - began)
  loss = sess.run(total_loss, feed_dict={x: train_x, y_: train_y})
  print('summary bytes > 0: %s' % (len(summary) > 0))
  print('global step %d' % tf.train.global_step(sess, global_step))
  print('final loss %.6f' % loss)


def main(_):
  np.random.seed(0)
  tf.set_random_seed(0)
  train()


if __name__ == '__main__':
  parser = argparse.ArgumentParser()
  parser.add_argument('--max_steps', type=int, default=200)
  parser.add_argument('--batch_size', type=int, default=50)
  parser.add_argument('--learning_rate', type=float, default=0.003)
  parser.add_argument('--log_dir', type=str, default='mlp_logs')
  FLAGS, unparsed = parser.parse_known_args()
  tf.app.run(main=main, argv=[sys.argv[0]] + unparsed)
