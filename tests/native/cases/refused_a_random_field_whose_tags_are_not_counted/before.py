import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4, None])
tags = tf.placeholder(tf.int32, [None, 4])
log_likelihood, transitions = tf.contrib.crf.crf_log_likelihood(x, tags, tf.constant([4, 2]))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(log_likelihood, {x: np.ones([2, 4, 3]), tags: np.zeros([2, 4])}))
