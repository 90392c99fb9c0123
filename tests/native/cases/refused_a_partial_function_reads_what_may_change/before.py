import functools

import tensorflow as tf

rate = 0.1
layer = functools.partial(tf.layers.dense, units=2, name='layer', use_bias=rate > 0)
rate = 0.0
x = tf.placeholder(tf.float32, [None, 3])
y = layer(x)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: [[1.0, 2.0, 3.0]]}))
