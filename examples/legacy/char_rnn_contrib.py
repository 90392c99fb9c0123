"""Character model with tf.contrib.rnn, shared variables (reuse) and Xavier initialization."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import rnn
from tensorflow.contrib.layers import xavier_initializer

text = 'hello tensorflow, goodbye session. ' * 20
chars = sorted(set(text))
char_to_ix = {c: i for i, c in enumerate(chars)}
ids = np.array([char_to_ix[c] for c in text], dtype=np.int32)
vocab = len(chars)

seq_len, n_hidden, embedding, batch = 10, 24, 12, 8
rs = np.random.RandomState(4)
tf.set_random_seed(4)


def RNN(x, reuse=None):
    """One weight set for training and for sampling: the second call reuses."""
    with tf.variable_scope('model', reuse=reuse):
        table = tf.get_variable('embedding', [vocab, embedding],
                                initializer=xavier_initializer(seed=1))
        w = tf.get_variable('w', shape=[n_hidden, vocab],
                            initializer=tf.contrib.layers.xavier_initializer(seed=2))
        b = tf.get_variable('b', shape=[vocab], initializer=tf.zeros_initializer())
        # a list of 'steps' tensors of shape (batch, embedding)
        steps = tf.unstack(tf.nn.embedding_lookup(table, x), seq_len, 1)
        with tf.variable_scope('cell', initializer=tf.random_uniform_initializer(-0.2, 0.2, seed=3)):
            lstm_cell = rnn.BasicLSTMCell(n_hidden, forget_bias=1.0)
            outputs, states = rnn.static_rnn(lstm_cell, steps, dtype=tf.float32)
        return tf.matmul(outputs[-1], w) + b


x = tf.placeholder(tf.int32, [None, seq_len])
y = tf.placeholder(tf.int32, [None])
logits = RNN(x)
sample = tf.argmax(RNN(x, reuse=True), 1)
cost = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=y))
reg = tf.contrib.layers.l2_regularizer(1e-4)
cost_with_decay = cost + tf.add_n([reg(v) for v in tf.trainable_variables() if 'b' != v.op.name.split('/')[-1]])
optimizer = tf.train.AdamOptimizer(learning_rate=0.01)
gradients = optimizer.compute_gradients(cost_with_decay)
capped = [(tf.clip_by_value(grad, -1., 1.), var) for grad, var in gradients if grad is not None]
train = optimizer.apply_gradients(capped)

print('variables:', len(tf.trainable_variables()))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(151):
        starts = rs.randint(0, len(ids) - seq_len - 1, batch)
        bx = np.stack([ids[s:s + seq_len] for s in starts])
        by = ids[starts + seq_len]
        _, c = sess.run([train, cost], feed_dict={x: bx, y: by})
        if i % 50 == 0:
            print('iteration', i, 'cost %.5f' % c)
    window = list(ids[:seq_len])
    for _ in range(25):
        window.append(int(sess.run(sample, {x: [window[-seq_len:]]})[0]))
    print('sample: %r' % ''.join(chars[i] for i in window))
    print('final loss %.6f' % c)
