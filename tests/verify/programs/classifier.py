"""An Estimator with a model function of its own."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(6)
x = rng.randn(60, 4).astype(np.float32)
y = (x[:, 0] - x[:, 1] * x[:, 2] > 0).astype(np.int32)


def model_fn(features, labels, mode, params):
  net = tf.layers.dense(features['x'], params['units'], activation=tf.nn.relu)
  net = tf.layers.dropout(net, 0.25, training=mode == tf.estimator.ModeKeys.TRAIN)
  logits = tf.layers.dense(net, 2)
  if mode == tf.estimator.ModeKeys.PREDICT:
    return tf.estimator.EstimatorSpec(mode, predictions={'p': tf.nn.softmax(logits)})
  loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
  train = tf.train.FtrlOptimizer(0.2).minimize(loss, tf.train.get_global_step())
  metrics = {'accuracy': tf.metrics.accuracy(labels, tf.argmax(logits, 1))}
  return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train, eval_metric_ops=metrics)


def inputs(start, stop, epochs):
  return tf.estimator.inputs.numpy_input_fn({'x': x[start:stop]}, y[start:stop], batch_size=8,
                                            num_epochs=epochs, shuffle=False)


config = tf.estimator.RunConfig(model_dir='model', tf_random_seed=1, save_summary_steps=5)
estimator = tf.estimator.Estimator(model_fn, config=config, params={'units': 8})
estimator.train(inputs(0, 40, None), steps=12)
result = estimator.evaluate(inputs(40, 60, 1))
print('accuracy %.3f loss %.5f' % (result['accuracy'], result['loss']))
print([round(float(p['p'][1]), 4) for p in estimator.predict(inputs(40, 44, 1))])
