"""Convolutions with batch normalization, whose updates are dependencies of the train op."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(3)
images = rng.rand(64, 8, 8, 2).astype(np.float32)
labels = np.eye(2, dtype=np.float32)[(images[:, :4, 2:, 0].mean((1, 2)) > images[:, 4:, :6, 1].mean((1, 2))).astype(int)]


def network(x, training):
  net = tf.layers.conv2d(x, 4, 3, padding='same', use_bias=False, name='conv1')
  net = tf.layers.batch_normalization(net, momentum=0.9, epsilon=0.001, training=training, name='bn1')
  net = tf.nn.relu(net)
  net = tf.layers.max_pooling2d(net, 2, 2)
  net = tf.layers.conv2d(net, 6, 3, strides=1, padding='same', use_bias=True, activation=tf.nn.leaky_relu,
                         name='conv2')
  net = tf.transpose(net, [0, 1, 2, 3])
  net = tf.reshape(net, [-1, 4 * 4 * 6])
  return tf.layers.dense(net, 2, name='out', kernel_initializer=tf.glorot_normal_initializer())


x = tf.placeholder(tf.float32, [None, 8, 8, 2])
y = tf.placeholder(tf.float32, [None, 2])
training = tf.placeholder(tf.bool, [])
logits = network(x, training)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=logits))
probability = tf.nn.softmax(logits)
correct = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(y, 1)), tf.float32))
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update_ops):
  train = tf.train.MomentumOptimizer(0.02, 0.9, use_nesterov=False).minimize(loss)

sess = tf.Session()
sess.run(tf.global_variables_initializer())
for i in range(12):
  a = (i * 8) % 48
  feed = {x: images[a:a + 8], y: labels[a:a + 8], training: True}
  _, value = sess.run([train, loss], feed_dict=feed)
  if i % 4 == 3:
    accuracy, probs = sess.run([correct, probability],
                               feed_dict={x: images[48:], y: labels[48:], training: False})
    print('step %d loss %.4f accuracy %.4f' % (i, value, accuracy))
