"""Own gradients: gradient reversal between two domains (RegisterGradient, gradient_override_map), custom_gradient, hessians."""
from __future__ import division

import argparse

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits


@tf.RegisterGradient('StraightThrough')
def _straight_through(op, grad):
  """Passes the gradient where the input is within [-1, 1]."""
  return grad * tf.cast(tf.abs(op.inputs[0]) <= 1, grad.dtype)


class FlipGradientBuilder(object):
  """The identity in the forward pass; the gradient comes back with the other sign."""

  def __init__(self):
    self.num_calls = 0

  def __call__(self, x, l=1.0):
    grad_name = 'FlipGradient%d' % self.num_calls

    @tf.RegisterGradient(grad_name)
    def _flip_gradients(unused_op, grad):
      return [tf.negative(grad) * l]

    with tf.get_default_graph().gradient_override_map({'Identity': grad_name}):
      y = tf.identity(x)
    self.num_calls += 1
    return y


flip_gradient = FlipGradientBuilder()


def binarize(x):
  with tf.get_default_graph().gradient_override_map({'Sign': 'StraightThrough'}):
    return tf.sign(x + 1e-3)


@tf.custom_gradient
def log1pexp(x):
  """log(1 + exp(x)) whose gradient does not overflow."""
  e = tf.exp(x)

  def grad(dy):
    return dy * (1 - 1 / (1 + e))
  return tf.log(1 + e), grad


@tf.custom_gradient
def clip_backwards(x):
  """The identity, with a gradient of at most 0.05 in every component."""
  return tf.identity(x), lambda dy: tf.clip_by_value(dy, -0.05, 0.05)


def quantize(x, levels):
  """Rounding in the forward pass, the identity in the backward pass."""
  return x + tf.stop_gradient(tf.round(x * levels) / levels - x)


def show_gradients():
  x = tf.constant([-2.0, -0.4, 0.3, 60.0, 100.0])
  results = {
      'sign': tf.gradients(binarize(x), x)[0],
      'log1pexp': tf.gradients(log1pexp(x), x)[0],
      'quantize': tf.gradients(quantize(x, 4) * x, x)[0],
  }
  results['flipped'] = tf.gradients(flip_gradient(x, 0.5) * 3, x)[0]
  results['second'] = tf.gradients(tf.gradients(x ** 3, x)[0], x)[0]
  results['hessian'] = tf.hessians(tf.reduce_prod(x[:2]), x)[0][0]
  with tf.Session() as sess:
    for name, value in sorted(sess.run(results).items()):
      print(name, ' '.join('%.6g' % v for v in value))


def dense(x, units, name, seed, activation=None):
  return tf.layers.dense(x, units, activation, name=name,
                         kernel_initializer=tf.truncated_normal_initializer(stddev=0.15, seed=seed))


def main(args):
  tf.set_random_seed(23)
  images, labels = load_digits(return_X_y=True)
  source = images / 16.0
  target = 0.4 + 0.4 * source[::-1]  # in fog and in another order: its labels are never used for training

  x = tf.placeholder(tf.float32, [None, 64])
  y = tf.placeholder(tf.int64, [None])
  domain = tf.placeholder(tf.float32, [None, 1])
  strength = tf.placeholder_with_default(1.0, [])
  with tf.variable_scope('features'):
    features = dense(x, 24, 'hidden', 1, tf.nn.tanh)
  with tf.variable_scope('label'):
    logits = dense(features[:tf.shape(y)[0]], 10, 'logits', 2)
    label_loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
  with tf.variable_scope('domain'):
    reversed_features = clip_backwards(flip_gradient(features, strength))
    domain_logit = dense(dense(reversed_features, 12, 'hidden', 3, tf.nn.tanh), 1, 'logit', 4)
    # cross entropy with our own softplus
    domain_loss = tf.reduce_mean(log1pexp(domain_logit) - domain * domain_logit)
    tf.losses.add_loss(domain_loss)
  total_loss = tf.losses.get_total_loss()
  global_step = tf.train.create_global_step()
  train_op = tf.train.MomentumOptimizer(args.learning_rate, 0.9, use_nesterov=True).minimize(total_loss, global_step)
  accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), y), tf.float32))
  with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(args.steps + 1):
      rows = slice(step * 32 % 1472, step * 32 % 1472 + 32)
      feed = {x: np.vstack([source[rows], target[rows]]), y: labels[rows],
              domain: np.repeat([[0.0], [1.0]], 32, axis=0), strength: 2.0 / (1.0 + np.exp(-10.0 * step / args.steps)) - 1}
      _, a, b = sess.run([train_op, label_loss, domain_loss], feed)
      if step % 40 == 0:
        print('step %d label loss %.6f domain loss %.6f' % (tf.train.global_step(sess, global_step), a, b))
    for name, rows, truth in (('source', source, labels), ('target', target, labels[::-1])):
      print('accuracy %s %.4f' % (name, accuracy.eval({x: rows[1500:], y: truth[1500:]})))
    print('domain/logit/kernel', ' '.join('%.6f' % v for v in sess.run('domain/logit/kernel:0')[:4, 0]))
    print('final loss %.6f' % label_loss.eval({x: source[1500:], y: labels[1500:]}))


if __name__ == '__main__':
  parser = argparse.ArgumentParser()
  parser.add_argument('--steps', type=int, default=120)
  parser.add_argument('--learning_rate', type=float, default=0.02)
  show_gradients()
  tf.reset_default_graph()
  main(parser.parse_args())
