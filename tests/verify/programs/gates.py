"""An LSTM cell written by hand, unrolled, with shared weights."""
import numpy as np
import tensorflow as tf

UNITS, TIME = 5, 4
rng = np.random.RandomState(11)
series = np.sin(np.arange(60) / 3.0).astype(np.float32) + 0.1 * rng.randn(60).astype(np.float32)
windows = np.stack([series[i:i + TIME + 1] for i in range(50)])

x = tf.placeholder(tf.float32, [None, TIME])
y = tf.placeholder(tf.float32, [None])


def cell(inputs, c, h):
  with tf.variable_scope('cell', reuse=tf.AUTO_REUSE):
    w = tf.get_variable('kernel', [1 + UNITS, 4 * UNITS],
                        initializer=tf.random_uniform_initializer(-0.4, 0.4))
    b = tf.get_variable('bias', [4 * UNITS], initializer=tf.zeros_initializer())
  z = tf.matmul(tf.concat([inputs, h], 1), w) + b
  i, j, f, o = tf.split(z, 4, axis=1)
  c = c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j)
  return c, tf.tanh(c) * tf.sigmoid(o)


c = h = tf.zeros([tf.shape(x)[0], UNITS])
for t in range(TIME):
  c, h = cell(x[:, t:t + 1], c, h)
out = tf.layers.dense(h, 1, name='out')
loss = tf.reduce_mean(tf.square(out[:, 0] - y))
train = tf.train.RMSPropOptimizer(0.01, decay=0.9, momentum=0.2, epsilon=1e-6).minimize(loss)

with tf.Session() as sess:
  sess.run(tf.global_variables_initializer())
  for step in range(15):
    batch = windows[(step * 10) % 40:][:10]
    _, value = sess.run([train, loss], {x: batch[:, :TIME], y: batch[:, TIME]})
  print('loss', sess.run(loss, {x: windows[:, :TIME], y: windows[:, TIME]}))
