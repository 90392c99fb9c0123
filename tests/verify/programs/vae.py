"""A small variational autoencoder: noise is drawn in the graph."""
import numpy as np
import tensorflow as tf

tf.set_random_seed(5)
rng = np.random.RandomState(9)
points = rng.rand(40, 6).astype(np.float32)

x = tf.placeholder(tf.float32, [None, 6])
h = tf.layers.dense(x, 10, tf.nn.tanh, name='enc')
mu = tf.layers.dense(h, 2, name='mu')
log_var = tf.layers.dense(h, 2, name='log_var')
eps = tf.random_normal(tf.shape(mu), 0, 1, dtype=tf.float32)
z = mu + tf.exp(0.5 * log_var) * eps
hd = tf.layers.dense(z, 10, tf.nn.tanh, name='dec')
logits = tf.layers.dense(hd, 6, name='out')
recon = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=logits), 1)
kl = -0.5 * tf.reduce_sum(1 + log_var - tf.square(mu) - tf.exp(log_var), 1)
loss = tf.reduce_mean(recon + kl)
train = tf.train.AdamOptimizer(0.01).minimize(loss)

with tf.Session() as sess:
  sess.run(tf.global_variables_initializer())
  for step in range(12):
    batch = points[(step * 8) % 40:][:8]
    _, value, k = sess.run([train, loss, kl], {x: batch})
  print('loss %.5f kl %.5f' % (value, k.mean()))
