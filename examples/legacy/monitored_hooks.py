"""MonitoredTrainingSession: hooks of the library and our own, a Scaffold, and a second run that goes on from the checkpoint."""
import logging
import re
import sys

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_string('checkpoint_dir', 'monitored', 'Where checkpoints and summaries go.')
tf.app.flags.DEFINE_integer('batch_size', 57, 'Rows a step.')
tf.app.flags.DEFINE_bool('log_device_placement', False, 'Whether to log device placement.')


class _LoggerHook(tf.train.SessionRunHook):
  """Logs loss every n steps and keeps the last one."""

  def __init__(self, loss, every):
    self._loss, self._every = loss, every
    self.last, self.events = None, []

  def begin(self):
    self._step = -1
    self.events.append('begin')

  def after_create_session(self, session, coord):
    self.events.append('created')

  def before_run(self, run_context):
    self._step += 1
    return tf.train.SessionRunArgs(self._loss)  # Asks for loss value.

  def after_run(self, run_context, run_values):
    self.last = run_values.results
    if self._step % self._every == 0:
      print('run %d of this session, loss %.6f' % (self._step, self.last))
    if self.last < 0.05:
      run_context.request_stop()

  def end(self, session):
    self.events.append('end at step %d' % session.run(tf.train.get_global_step()))


def build(features, labels):
  dataset = tf.data.Dataset.from_tensor_slices((features, labels)).repeat().batch(FLAGS.batch_size)
  rows, truth = dataset.make_one_shot_iterator().get_next()
  net = tf.layers.dense(rows, 6, tf.tanh, kernel_initializer=tf.random_normal_initializer(stddev=0.2, seed=1))
  logits = tf.layers.dense(net, 1, kernel_initializer=tf.random_normal_initializer(stddev=0.2, seed=2), name='logits')
  loss = tf.losses.sigmoid_cross_entropy(truth, logits)
  tf.summary.scalar('loss', loss)
  global_step = tf.train.get_or_create_global_step()
  train_op = tf.train.RMSPropOptimizer(0.01, momentum=0.5).minimize(loss, global_step=global_step)
  return loss, train_op


def run(features, labels, last_step):
  with tf.Graph().as_default():
    tf.set_random_seed(7)
    loss, train_op = build(features, labels)
    watched = tf.Variable(1.5, trainable=False, name='watched')
    ready = tf.report_uninitialized_variables()
    scaffold = tf.train.Scaffold(saver=tf.train.Saver(max_to_keep=2), ready_op=ready,
                                 init_fn=lambda scaffold, session: session.run(watched.initializer))
    logger = _LoggerHook(loss, every=10)
    final = tf.train.FinalOpsHook(final_ops={'norm': tf.global_norm(tf.trainable_variables())})
    hooks = [
        tf.train.StopAtStepHook(last_step=last_step),
        tf.train.NanTensorHook(loss),
        tf.train.LoggingTensorHook({'loss': loss}, every_n_iter=20, formatter=lambda v: 'logged %.4f' % v['loss']),
        tf.train.SummarySaverHook(save_steps=10, output_dir=FLAGS.checkpoint_dir, summary_op=tf.summary.merge_all()),
        tf.train.FeedFnHook(lambda: {}), logger, final,
    ]
    with tf.train.MonitoredTrainingSession(
        checkpoint_dir=FLAGS.checkpoint_dir, scaffold=scaffold, hooks=hooks, save_checkpoint_steps=20,
        save_summaries_steps=None, save_summaries_secs=None, log_step_count_steps=None,
        config=tf.ConfigProto(log_device_placement=FLAGS.log_device_placement)) as mon_sess:
      first = mon_sess.run(tf.train.get_global_step())
      while not mon_sess.should_stop():
        mon_sess.run(train_op)
    print('from step %d:' % first, ', '.join(logger.events))
    print('norm of the weights %.6f' % final.final_ops_values['norm'])
    return logger.last


def main(argv=None):
  data = load_breast_cancer()
  features = ((data.data - data.data.mean(0)) / data.data.std(0)).astype(np.float32)
  labels = data.target[:, np.newaxis].astype(np.float32)
  handler = logging.StreamHandler(sys.stdout)
  handler.addFilter(lambda record: bool(re.match('logged', record.getMessage())))
  log = logging.getLogger('tensorflow')
  log.handlers, log.propagate = [handler], False
  tf.logging.set_verbosity(tf.logging.INFO)
  if tf.gfile.Exists(FLAGS.checkpoint_dir):
    tf.gfile.DeleteRecursively(FLAGS.checkpoint_dir)
  run(features, labels, last_step=40)
  loss = run(features, labels, last_step=70)
  state = tf.train.get_checkpoint_state(FLAGS.checkpoint_dir)
  print('kept', [path.split('-')[-1] for path in state.all_model_checkpoint_paths])
  step = tf.train.load_variable(FLAGS.checkpoint_dir, 'global_step')
  print('step %d, bias %.6f' % (step, tf.train.load_variable(FLAGS.checkpoint_dir, 'logits/bias')[0]))
  print('final loss %.6f' % loss)


if __name__ == '__main__':
  tf.app.run()
