"""Trains on iris, saves a checkpoint, restores it in a new graph with the averaged weights, and evaluates.

  python train.py --train_dir=iris_train --steps=300
"""
import os

import numpy as np
from sklearn.datasets import load_iris
import tensorflow as tf

import model

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_string('train_dir', 'iris_train', """Directory where to write checkpoints.""")
tf.app.flags.DEFINE_integer('steps', 300, """Number of steps to run.""")
tf.app.flags.DEFINE_boolean('use_average', True, """Evaluate with the moving averages.""")


def data():
  iris = load_iris()
  order = np.random.RandomState(0).permutation(len(iris.target))
  features = (iris.data[order] - iris.data.mean(0)) / iris.data.std(0)
  labels = iris.target[order]
  return features[:120].astype(np.float32), labels[:120], features[120:].astype(np.float32), labels[120:]


def train(features, labels):
  with tf.Graph().as_default():
    tf.set_random_seed(1)
    global_step = tf.Variable(0, name='global_step', trainable=False)
    x = tf.constant(features)
    total_loss = model.loss(model.inference(x), tf.constant(labels, dtype=tf.int64))
    train_op, _ = model.train(total_loss, global_step)
    saver = tf.train.Saver(tf.all_variables(), max_to_keep=2)
    with tf.Session(config=tf.ConfigProto(log_device_placement=False)) as sess:
      sess.run(tf.global_variables_initializer())
      for step in range(FLAGS.steps):
        _, value = sess.run([train_op, total_loss])
        assert not np.isnan(value), 'Model diverged with loss = NaN'
        if step % 100 == 0 or step + 1 == FLAGS.steps:
          print('step %d, loss = %.5f' % (step, value))
          saver.save(sess, os.path.join(FLAGS.train_dir, 'model.ckpt'), global_step=step)
  return value


def evaluate(features, labels):
  with tf.Graph().as_default():
    x = tf.placeholder(tf.float32, [None, model.NUM_FEATURES])
    logits = model.inference(x)
    top_1 = tf.nn.in_top_k(logits, tf.constant(labels, dtype=tf.int32), 1)
    if FLAGS.use_average:
      saver = tf.train.Saver(tf.train.ExponentialMovingAverage(0.9).variables_to_restore())
    else:
      saver = tf.train.Saver()
    with tf.Session() as sess:
      ckpt = tf.train.get_checkpoint_state(FLAGS.train_dir)
      if not (ckpt and ckpt.model_checkpoint_path):
        print('No checkpoint file found')
        return
      saver.restore(sess, ckpt.model_checkpoint_path)
      print('restored', os.path.basename(ckpt.model_checkpoint_path))
      right, out = sess.run([top_1, logits], feed_dict={x: features})
      print('first logits', ' '.join('%.4f' % v for v in out[0]))
      print('precision @ 1 = %.3f' % np.mean(right))


def main(argv=None):  # pylint: disable=unused-argument
  if tf.gfile.Exists(FLAGS.train_dir):
    tf.gfile.DeleteRecursively(FLAGS.train_dir)
  tf.gfile.MakeDirs(FLAGS.train_dir)
  train_x, train_y, test_x, test_y = data()
  value = train(train_x, train_y)
  evaluate(test_x, test_y)
  print('final loss %.6f' % value)


if __name__ == '__main__':
  tf.logging.set_verbosity(tf.logging.ERROR)
  tf.app.run()
