import random

import tensorflow as tf

import model

x = tf.placeholder(tf.float32, [None])
y = model.build(x)
with tf.Session() as sess:
    print(sess.run(y, {x: [random.random()]}))
