"""tf.estimator.Estimator with a model_fn: train, evaluate, predict, hooks, export and train_and_evaluate, on the digits."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import os

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

tf.logging.set_verbosity(tf.logging.ERROR)


def cnn_model_fn(features, labels, mode, params):
  """Model function for CNN."""
  training = mode == tf.estimator.ModeKeys.TRAIN
  input_layer = tf.reshape(features['x'], [-1, 8, 8, 1])
  conv1 = tf.layers.conv2d(inputs=input_layer, filters=params['filters'], kernel_size=[3, 3], padding='same',
                           activation=tf.nn.elu, kernel_initializer=tf.glorot_normal_initializer(seed=1))
  pool1 = tf.layers.average_pooling2d(inputs=conv1, pool_size=[2, 2], strides=2)
  pool1_flat = tf.layers.flatten(pool1)
  dense = tf.layers.dense(pool1_flat, 24, tf.nn.elu, kernel_initializer=tf.glorot_normal_initializer(seed=2))
  dropout = tf.layers.dropout(inputs=dense, rate=0.2, training=training, seed=3)
  logits = tf.layers.dense(inputs=dropout, units=10, kernel_initializer=tf.glorot_normal_initializer(seed=4))

  predictions = {
      'classes': tf.argmax(input=logits, axis=1),
      # Add `softmax_tensor` to the graph: it is used by the logging hook.
      'probabilities': tf.nn.softmax(logits, name='softmax_tensor'),
  }
  if mode == tf.estimator.ModeKeys.PREDICT:
    outputs = {'classify': tf.estimator.export.PredictOutput(predictions)}
    return tf.estimator.EstimatorSpec(mode=mode, predictions=predictions, export_outputs=outputs)

  loss = tf.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)
  eval_metric_ops = {'accuracy': tf.metrics.accuracy(labels=labels, predictions=predictions['classes'])}
  if mode == tf.estimator.ModeKeys.EVAL:
    return tf.estimator.EstimatorSpec(mode=mode, loss=loss, eval_metric_ops=eval_metric_ops)

  rate = tf.train.exponential_decay(params['learning_rate'], tf.train.get_global_step(), 50, 0.8)
  tf.summary.scalar('rate', rate)
  train_op = tf.train.AdamOptimizer(rate).minimize(loss, global_step=tf.train.get_global_step())
  return tf.estimator.EstimatorSpec(mode=mode, loss=loss, train_op=train_op,
                                    training_hooks=[tf.train.NanTensorHook(loss)])


class LossRecorder(tf.train.SessionRunHook):
  """Prints the loss every n steps."""

  def __init__(self, every):
    self.every = every

  def begin(self):
    self.loss = tf.get_collection(tf.GraphKeys.LOSSES)[0]

  def before_run(self, run_context):
    return tf.train.SessionRunArgs(self.loss)

  def after_run(self, run_context, run_values):
    step = run_context.session.run(tf.train.get_global_step())
    if step % self.every == 0:
      print('step %d loss %.6f' % (step, run_values.results))


def serving_input_receiver_fn():
  x = tf.placeholder(tf.float32, [None, 64], name='pixels')
  return tf.estimator.export.ServingInputReceiver({'x': x}, {'x': x})


def main(unused_argv):
  digits = load_digits()
  train_data, eval_data = np.split((digits.data / 16.0).astype(np.float32), [1500])
  train_labels, eval_labels = np.split(digits.target.astype(np.int32), [1500])

  run_config = tf.estimator.RunConfig(model_dir='digits_model', tf_random_seed=19, save_checkpoints_steps=50,
                                      save_summary_steps=25)
  classifier = tf.estimator.Estimator(model_fn=cnn_model_fn, config=run_config,
                                      params={'filters': 6, 'learning_rate': 0.01})
  train_input_fn = tf.estimator.inputs.numpy_input_fn(x={'x': train_data}, y=train_labels, batch_size=50,
                                                      num_epochs=None, shuffle=False)
  eval_input_fn = tf.estimator.inputs.numpy_input_fn(x={'x': eval_data}, y=eval_labels, num_epochs=1, shuffle=False)
  classifier.train(input_fn=train_input_fn, steps=100, hooks=[LossRecorder(25)])
  results = classifier.evaluate(input_fn=eval_input_fn)
  print('accuracy %.6f loss %.6f global_step %d' % (results['accuracy'], results['loss'], results['global_step']))

  # goes on where the last checkpoint stopped
  tf.estimator.train_and_evaluate(
      classifier, tf.estimator.TrainSpec(train_input_fn, max_steps=150),
      tf.estimator.EvalSpec(eval_input_fn, steps=None, throttle_secs=0))
  for i, p in enumerate(classifier.predict(eval_input_fn, yield_single_examples=True)):
    if i == 3:
      break
    print('digit %d with probability %.6f' % (p['classes'], p['probabilities'].max()))
  print(' '.join(classifier.get_variable_names()[:4]))
  kernel = classifier.get_variable_value('dense_1/kernel')
  print('dense_1/kernel', ' '.join('%.6f' % v for v in kernel[0, :4]))
  export_dir = classifier.export_savedmodel('export', serving_input_receiver_fn)
  print('exported:', os.path.basename(os.path.dirname(export_dir).decode()))
  predictor = tf.contrib.predictor.from_saved_model(export_dir.decode(), signature_def_key='classify')
  print('served classes', predictor({'x': eval_data[:5]})['classes'].tolist())
  results = classifier.evaluate(eval_input_fn, name='last')
  print('final loss %.6f' % results['loss'])


if __name__ == '__main__':
  tf.app.run()
