import numpy as np
import tensorflow as tf

data = np.random.rand(8, 2)
x = tf.placeholder(tf.float64, [None, 2])
h = tf.layers.dense(2.0 * x + 1.0, 3, tf.nn.tanh, name="hidden")
out = tf.layers.dense(tf.layers.flatten(tf.nn.relu(h)), 1)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(out, {x: data}))
