"""Generator and discriminator in scopes of their own, two optimizers, smoothed labels."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(1)


def generator(z):
  with tf.variable_scope('generator'):
    h = tf.layers.dense(z, 8, tf.nn.tanh, name='h')
    return tf.layers.dense(h, 2, name='out')


def discriminator(x, reuse=False):
  with tf.variable_scope('discriminator', reuse=reuse):
    h = tf.layers.dense(x, 8, tf.nn.relu, name='h')
    return tf.layers.dense(h, 1, name='out')


real = tf.placeholder(tf.float32, [None, 2])
noise = tf.placeholder(tf.float32, [None, 3])
fake = generator(noise)
on_real = discriminator(real)
on_fake = discriminator(fake, reuse=True)
bce = tf.nn.sigmoid_cross_entropy_with_logits
d_loss = tf.reduce_mean(bce(logits=on_real, labels=0.9 * tf.ones_like(on_real))
                        + bce(logits=on_fake, labels=tf.zeros_like(on_fake)))
g_loss = tf.reduce_mean(bce(logits=on_fake, labels=tf.ones_like(on_fake)))
d_vars = tf.trainable_variables('discriminator')
g_vars = tf.trainable_variables('generator')
train_d = tf.train.GradientDescentOptimizer(0.05).minimize(d_loss, var_list=d_vars)
train_g = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(g_loss, var_list=g_vars)

with tf.Session() as sess:
  sess.run(tf.global_variables_initializer())
  for step in range(15):
    xs = rng.randn(16, 2) * 0.3 + [1.0, -1.0]
    d, _ = sess.run([d_loss, train_d], {real: xs, noise: rng.randn(16, 3)})
    g, _ = sess.run([g_loss, train_g], {noise: rng.randn(16, 3)})
  print('d %.4f g %.4f' % (d, g))
  print(sess.run(fake, {noise: np.ones([2, 3])}))
