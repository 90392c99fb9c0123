import numpy as np
import tensorflow as tf
from tensorflow.contrib.crf import crf_decode, crf_log_likelihood

TAGS = ["DET", "NOUN", "VERB"]
x = tf.placeholder(tf.float32, [None, 4, 3])
tags = tf.placeholder(tf.int32, [None, 4])
lengths = tf.placeholder(tf.int32, [None])
scores = tf.reshape(tf.tanh(x), [-1, 4, len(TAGS)])
log_likelihood, transitions = crf_log_likelihood(scores, tags, lengths)
loss = -tf.reduce_mean(log_likelihood)
best, _ = crf_decode(scores, transitions, lengths)
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    rows = np.random.rand(2, 4, 3)
    sess.run(train_op, {x: rows, tags: [[0, 1, 2, 0], [0, 1, 0, 0]], lengths: [4, 2]})
    print(sess.run(best, {x: rows, lengths: [4, 2]}))
    print(sess.run(transitions))
