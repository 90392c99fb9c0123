import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float64, [None, 2])
half = tf.gather(x, [0])
out = tf.layers.dense(half, 1)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(out, {x: np.ones([3, 2])}))
