"""Skip-gram with a sampled loss, and a loop in the graph."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(8)
WORDS, SIZE = 30, 6
centre = rng.randint(0, WORDS, 120)
context = ((centre + rng.randint(1, 4, 120)) % WORDS).reshape(-1, 1)

words = tf.placeholder(tf.int64, [None])
near = tf.placeholder(tf.int64, [None, 1])
table = tf.Variable(tf.random_uniform([WORDS, SIZE], -1.0, 1.0), name='table')
weights = tf.Variable(tf.truncated_normal([WORDS, SIZE], stddev=1.0 / np.sqrt(SIZE)), name='weights')
biases = tf.Variable(tf.zeros([WORDS]), name='biases')
vectors = tf.nn.embedding_lookup(table, words)
loss = tf.reduce_mean(tf.nn.nce_loss(weights=weights, biases=biases, labels=near, inputs=vectors,
                                     num_sampled=5, num_classes=WORDS))
train = tf.train.AdagradOptimizer(0.5).minimize(loss)
unit = tf.nn.l2_normalize(table, axis=1)
similar = tf.matmul(unit, unit, transpose_b=True)
total = tf.while_loop(lambda i, s: i < 4, lambda i, s: (i + 1, s + similar[i, i + 1]), [0, 0.0])[1]

with tf.Session() as sess:
  sess.run(tf.global_variables_initializer())
  for step in range(12):
    rows = slice(step * 10, step * 10 + 10)
    _, value = sess.run([train, loss], {words: centre[rows], near: context[rows]})
  s, t = sess.run([similar, total])
  print('loss %.5f total %.5f' % (value, t), 'nearest', np.argsort(-s[3])[1:4])
