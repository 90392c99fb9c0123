"""Plain variables and gradient descent in float64, tf.data, and Python around it."""
from __future__ import division, print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
features = rng.rand(30, 2) * [1.0, 10.0]
labels = features.dot([3.0, -0.2]) + 1.0
mean, std = features[:20].mean(0), features[:20].std(0)
features = (features - mean) / std

train_set = tf.data.Dataset.from_tensor_slices((features[:20], labels[:20])).shuffle(20, seed=3).repeat().batch(5)
a, b = train_set.make_one_shot_iterator().get_next()
w = tf.Variable([[0.1], [0.2]], dtype=tf.float64, name='w')
c = tf.Variable(0.5, dtype=tf.float64, name='c')


def predict(inputs):
  return tf.matmul(inputs, w)[:, 0] + c


loss = tf.reduce_mean(tf.square(predict(a) - b)) / 2
step = tf.train.get_or_create_global_step()
rate = tf.train.piecewise_constant(step, [10, 15], [0.3, 0.1, 0.05])
train = tf.train.GradientDescentOptimizer(rate).minimize(loss, global_step=step)
test = tf.sqrt(tf.reduce_mean(tf.squared_difference(predict(tf.constant(features[20:])), labels[20:])))

with tf.Session() as sess:
  sess.run(tf.global_variables_initializer())
  for i in range(20):
    value, _ = sess.run((loss, train))
  rmse = sess.run(test)
  print('loss', value, 'rmse', rmse, 'share', 7 / 20)
  print('w', sess.run(w).tolist(), 'c', c.eval())
