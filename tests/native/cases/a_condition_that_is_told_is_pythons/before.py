import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 8, 8, 1])
training = tf.placeholder(tf.bool, [])
conv = tf.layers.conv2d(x, 4, 3, padding='same')
pool = tf.layers.max_pooling2d(conv, 2, 2)
flat = tf.layers.flatten(pool)
drop = tf.nn.dropout(flat, tf.cond(training, lambda: 0.5, lambda: 1.0), seed=1)
y = tf.reduce_sum(drop)
print('width', flat.get_shape()[1].value)
print('parameters', sum(np.prod(v.get_shape().as_list()) for v in tf.trainable_variables()))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: np.ones([1, 8, 8, 1]), training: True}))
    print(sess.run(y, {x: np.ones([1, 8, 8, 1]), training: False}))
