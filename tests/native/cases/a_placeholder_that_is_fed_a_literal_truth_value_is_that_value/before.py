import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4])
training = tf.placeholder(tf.bool)
out = tf.layers.dropout(x, 0.5, training=training)
with tf.Session() as sess:
    print(sess.run(out, {x: np.ones([1, 4]), training: False}))
