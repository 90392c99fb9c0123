"""Towers on several devices: each gets a share of the batch, their gradients are averaged and applied once."""
from __future__ import print_function

import re

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_integer('num_gpus', 2, 'How many towers to use; without a GPU they share the processor.')
tf.app.flags.DEFINE_integer('batch_size', 40, 'Images a tower and step.')
tf.app.flags.DEFINE_integer('max_steps', 60, 'Number of batches to run.')
TOWER_NAME = 'tower'


def _on_cpu(name, shape, initializer):
    with tf.device('/cpu:0'):
        return tf.get_variable(name, shape, initializer=initializer, dtype=tf.float32)


def _activation_summary(x):
    """The same name for every tower, so that their summaries lie on one another."""
    tensor_name = re.sub('%s_[0-9]*/' % TOWER_NAME, '', x.op.name)
    tf.summary.scalar(tensor_name + '/sparsity', tf.nn.zero_fraction(x))


def inference(images):
    with tf.variable_scope('local1') as scope:
        weights = _on_cpu('weights', [64, 30], tf.truncated_normal_initializer(stddev=0.1, seed=1))
        biases = _on_cpu('biases', [30], tf.constant_initializer(0.1))
        local1 = tf.nn.leaky_relu(tf.matmul(images, weights) + biases, alpha=0.3, name=scope.name)
        _activation_summary(local1)
    with tf.variable_scope('softmax_linear') as scope:
        weights = _on_cpu('weights', [30, 10], tf.truncated_normal_initializer(stddev=0.1, seed=2))
        biases = _on_cpu('biases', [10], tf.constant_initializer(0.0))
        return tf.add(tf.matmul(local1, weights), biases, name=scope.name)


def tower_loss(scope, images, labels):
    """The losses of one tower: those that lie in its own name scope."""
    logits = inference(images)
    cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    tf.add_to_collection('losses', tf.reduce_mean(cross_entropy, name='cross_entropy'))
    losses = tf.get_collection('losses', scope)
    assert len(losses) == 1, losses
    return tf.add_n(losses, name='total_loss')


def average_gradients(tower_grads):
    """A mean over the towers for each variable that they share."""
    means = []
    for pairs in zip(*tower_grads):
        # one pair of gradient and variable from each tower, the variable always the same
        grads = [tf.expand_dims(g, 0) for g, _ in pairs]
        grad = tf.reduce_mean(tf.concat(axis=0, values=grads), 0)
        means.append((grad, pairs[0][1]))
    return means


def train(images, targets):
    with tf.Graph().as_default(), tf.device('/cpu:0'):
        tf.set_random_seed(67)
        global_step = tf.get_variable('global_step', [], initializer=tf.constant_initializer(0), trainable=False)
        lr = tf.train.exponential_decay(0.3, global_step, 20, 0.7, staircase=True)
        opt = tf.train.GradientDescentOptimizer(lr)
        dataset = tf.data.Dataset.from_tensor_slices((images, targets)).repeat().batch(FLAGS.num_gpus * FLAGS.batch_size)
        batch_images, batch_labels = dataset.make_one_shot_iterator().get_next()
        image_shares = tf.split(batch_images, FLAGS.num_gpus)
        label_shares = tf.split(batch_labels, FLAGS.num_gpus)

        tower_grads, tower_losses = [], []
        with tf.variable_scope(tf.get_variable_scope()):
            for i in range(FLAGS.num_gpus):
                with tf.device('/gpu:%d' % i):
                    with tf.name_scope('%s_%d' % (TOWER_NAME, i)) as scope:
                        loss = tower_loss(scope, image_shares[i], label_shares[i])
                        tf.get_variable_scope().reuse_variables()
                        summaries = tf.get_collection(tf.GraphKeys.SUMMARIES, scope)
                        tower_grads.append(opt.compute_gradients(loss))
                        tower_losses.append(loss)
        grads = average_gradients(tower_grads)
        apply_op = opt.apply_gradients(grads, global_step=global_step)
        averages = tf.train.ExponentialMovingAverage(0.99, global_step)
        train_op = tf.group(apply_op, averages.apply(tf.trainable_variables()))
        with tf.variable_scope(tf.get_variable_scope(), reuse=True):
            logits = inference(tf.constant(images))
        whole_loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=targets, logits=logits))

        print('towers: %d, trainable variables: %d, summaries of the last tower: %d' % (
            FLAGS.num_gpus, len(tf.trainable_variables()), len(summaries)))
        sess = tf.Session(config=tf.ConfigProto(allow_soft_placement=True))
        sess.run(tf.global_variables_initializer())
        for step in range(FLAGS.max_steps):
            _, values = sess.run([train_op, tower_losses])
            assert not np.isnan(values).any(), 'Model diverged with loss = NaN'
            if step % 20 == 0 or step == FLAGS.max_steps - 1:
                print('step %d, losses of the towers %s' % (step, ' '.join('%.6f' % v for v in values)))
        rate, value = sess.run([lr, whole_loss])
        print('learning rate %.6f' % rate)
        sess.close()
        return value


def main(argv=None):
    digits = load_digits()
    print('final loss %.6f' % train((digits.images.reshape(-1, 64) / 16.0).astype(np.float32), digits.target))


if __name__ == '__main__':
    tf.app.run()
