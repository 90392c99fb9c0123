"""Saving, restoring and going on; moving averages of the weights."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(4)
xs = rng.randn(50, 3).astype(np.float32)
ys = xs.dot(np.array([[1.0], [-2.0], [0.5]], np.float32)) + 0.7


def model():
  x = tf.placeholder(tf.float32, [None, 3], name='x')
  y = tf.placeholder(tf.float32, [None, 1], name='y')
  w = tf.Variable(tf.random_normal([3, 1], stddev=0.5), name='w')
  b = tf.Variable(tf.zeros([1]), name='b')
  loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + b - y))
  update = tf.train.AdamOptimizer(0.1).minimize(loss)
  averages = tf.train.ExponentialMovingAverage(0.8)
  with tf.control_dependencies([update]):
    train = averages.apply([w, b])
  return x, y, loss, train, averages.average(w)


with tf.Graph().as_default():
  x, y, loss, train, mean = model()
  saver = tf.train.Saver()
  with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(8):
      sess.run(train, {x: xs[i:i + 20], y: ys[i:i + 20]})
    print('saved at', sess.run(loss, {x: xs, y: ys}))
    saver.save(sess, './model')

with tf.Graph().as_default():
  x, y, loss, train, mean = model()
  saver = tf.train.Saver()
  with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    saver.restore(sess, './model')
    print('restored', sess.run(loss, {x: xs, y: ys}))
    for i in range(8):
      sess.run(train, {x: xs[i:i + 20], y: ys[i:i + 20]})
    print('average', sess.run(mean).ravel())
