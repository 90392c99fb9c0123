import numpy as np
import tensorflow as tf


def regression_fn(features, labels, mode):
  keep_prob = 0.8 if mode == tf.estimator.ModeKeys.TRAIN else 1.0
  hidden = tf.nn.dropout(tf.layers.dense(features, 8, tf.nn.tanh), keep_prob)
  predictions = tf.squeeze(tf.layers.dense(hidden, 1), 1)
  loss = None
  train_op = None
  metrics = None
  if mode != tf.estimator.ModeKeys.PREDICT:
    labels = tf.cast(labels, tf.float32)
    loss = tf.losses.mean_squared_error(labels, predictions)
  if mode == tf.estimator.ModeKeys.TRAIN:
    train_op = tf.train.AdamOptimizer(0.01).minimize(loss, global_step=tf.train.get_or_create_global_step())
  elif mode == tf.estimator.ModeKeys.EVAL:
    metrics = {'rmse': tf.metrics.root_mean_squared_error(labels, predictions)}
  return tf.estimator.EstimatorSpec(mode, predictions=predictions, loss=loss, train_op=train_op, eval_metric_ops=metrics)


x = np.random.RandomState(3).randn(200, 5).astype(np.float32)
y = np.arange(200)
estimator = tf.estimator.Estimator(regression_fn)
train_fn = tf.estimator.inputs.numpy_input_fn(x[:150], y[:150], batch_size=30, num_epochs=3, shuffle=False)
test_fn = tf.estimator.inputs.numpy_input_fn(x[150:], y[150:], batch_size=20, shuffle=False)
estimator.train(train_fn)
estimator.train(train_fn, max_steps=20)
print(estimator.evaluate(test_fn, steps=2)['rmse'])
for p in estimator.predict(test_fn):
  print(p)
