"""TF-Slim: arg_scope, conv2d with batch normalization, end points, regularization losses and slim.learning.train."""
import os
import shutil

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

slim = tf.contrib.slim
FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_string('train_dir', 'slim_logs', 'Where the checkpoints go.')
tf.app.flags.DEFINE_integer('max_steps', 80, 'Number of training steps.')
tf.app.flags.DEFINE_float('weight_decay', 0.0005, 'The weight decay on the model weights.')


def digits_arg_scope(is_training, weight_decay=0.0005):
  batch_norm_params = {'is_training': is_training, 'decay': 0.9, 'epsilon': 0.001, 'scale': True,
                       'updates_collections': tf.GraphKeys.UPDATE_OPS}
  with slim.arg_scope([slim.conv2d, slim.fully_connected],
                      weights_regularizer=slim.l2_regularizer(weight_decay),
                      activation_fn=tf.nn.elu):
    with slim.arg_scope([slim.conv2d], padding='SAME', normalizer_fn=slim.batch_norm,
                        normalizer_params=batch_norm_params) as scope:
      return scope


def digits_net(images, num_classes=10, scope='digits'):
  def init(seed):
    return slim.variance_scaling_initializer(seed=seed)

  with tf.variable_scope(scope, 'digits', [images]) as sc:
    end_points_collection = sc.original_name_scope + '_end_points'
    with slim.arg_scope([slim.conv2d, slim.fully_connected, slim.avg_pool2d],
                        outputs_collections=end_points_collection):
      net = slim.conv2d(images, 8, [3, 3], weights_initializer=init(1), scope='conv1')
      net = slim.avg_pool2d(net, [2, 2], scope='pool1')
      net = slim.conv2d(net, 16, [3, 3], weights_initializer=init(2), scope='conv2')
      net = slim.avg_pool2d(net, [2, 2], scope='pool2')
      net = slim.flatten(net, scope='flatten')
      logits = slim.fully_connected(net, num_classes, activation_fn=None, weights_initializer=init(3), scope='logits')
    return logits, slim.utils.convert_collection_to_dict(end_points_collection)


def batches(images, labels):
  """The whole training set once an epoch, through the data set API."""
  dataset = tf.data.Dataset.from_tensor_slices((images, labels)).repeat().batch(100)
  return dataset.make_one_shot_iterator().get_next()


def train(images, labels):
  with tf.Graph().as_default():
    tf.set_random_seed(2)
    batch_images, batch_labels = batches(images, labels)
    with slim.arg_scope(digits_arg_scope(is_training=True, weight_decay=FLAGS.weight_decay)):
      logits, end_points = digits_net(batch_images)
    for name in sorted(end_points):
      print(name, end_points[name].get_shape().as_list()[1:])
    tf.losses.softmax_cross_entropy(slim.one_hot_encoding(batch_labels, 10), logits)
    total_loss = tf.losses.get_total_loss()
    optimizer = tf.train.AdamOptimizer(learning_rate=0.005)
    train_op = slim.learning.create_train_op(total_loss, optimizer, clip_gradient_norm=4)
    return slim.learning.train(train_op, FLAGS.train_dir, number_of_steps=FLAGS.max_steps, save_summaries_secs=0,
                               log_every_n_steps=1000)


def evaluate(images, labels):
  with tf.Graph().as_default():
    with slim.arg_scope(digits_arg_scope(is_training=False)):
      logits, _ = digits_net(tf.constant(images))
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    predictions = tf.argmax(logits, 1)
    names_to_values, names_to_updates = slim.metrics.aggregate_metric_map({
        'accuracy': slim.metrics.streaming_accuracy(predictions, labels),
        'recall of 3': slim.metrics.streaming_recall(tf.equal(predictions, 3), tf.equal(labels, 3)),
    })
    restore = slim.get_variables_to_restore(exclude=['global_step'])
    init_fn = slim.assign_from_checkpoint_fn(tf.train.latest_checkpoint(FLAGS.train_dir), restore)
    with tf.Session() as sess:
      sess.run(tf.local_variables_initializer())
      init_fn(sess)
      sess.run(list(names_to_updates.values()))
      for name, value in sorted(sess.run(names_to_values).items()):
        print('%s %.4f' % (name, value))
      moving = [v for v in slim.get_model_variables('digits/conv2') if 'moving_mean' in v.op.name][0]
      print('moving mean of conv2', ' '.join('%.6f' % v for v in sess.run(moving)[:4]))
      return sess.run(loss)


def main(_):
  shutil.rmtree(FLAGS.train_dir, ignore_errors=True)
  images, labels = load_digits(return_X_y=True)
  images = images.reshape([-1, 8, 8, 1]).astype(np.float32) / 16
  final = train(images[:1500], labels[:1500])
  print('last training loss %.6f' % final)
  print('checkpoints:', 'checkpoint' in os.listdir(FLAGS.train_dir))
  print('final loss %.6f' % evaluate(images[1500:], labels[1500:]))


if __name__ == '__main__':
  tf.logging.set_verbosity(tf.logging.ERROR)
  tf.app.run()
