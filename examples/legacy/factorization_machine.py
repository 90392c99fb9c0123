"""Factorization machine on sparse rows: SparseTensorValue feeds, sparse matmul, embedding_lookup_sparse and string tables."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

RECORDS = """ann/apples/monday ann/pears/friday bob/apples/friday bob/bread/monday cid/bread/sunday cid/pears/sunday
dan/apples/sunday dan/milk/monday eve/milk/friday eve/bread/friday ann/milk/sunday bob/pears/monday cid/apples/monday
dan/bread/friday eve/pears/monday ann/bread/monday bob/milk/sunday cid/milk/friday dan/pears/sunday eve/apples/sunday"""
RECORDS = [record.split('/') for record in RECORDS.split()]
FEATURES = sorted(set(word for record in RECORDS for word in record))


class FactorizationMachine(object):
    """y = w0 + sum w_i x_i + sum_{i<j} <v_i, v_j> x_i x_j, the pairs by the identity of squares."""

    def __init__(self, n_features, n_factors, reg=0.01):
        self.X = tf.sparse_placeholder(tf.float32, shape=[None, n_features], name='X')
        self.y = tf.placeholder(tf.float32, [None, 1], name='y')
        w0 = tf.Variable(tf.constant(0.0), name='bias')
        W = tf.Variable(tf.zeros([n_features, 1]), name='linear')
        self.V = tf.Variable(tf.random_normal([n_features, n_factors], stddev=0.2, seed=1), name='factors')
        linear = tf.sparse_tensor_dense_matmul(self.X, W)
        sums = tf.square(tf.sparse_tensor_dense_matmul(self.X, self.V))
        squares = tf.sparse_tensor_dense_matmul(tf.square(self.X), tf.square(self.V))
        pairs = 0.5 * tf.reduce_sum(sums - squares, axis=1, keep_dims=True)
        self.y_hat = tf.identity(w0 + linear + pairs, name='y_hat')
        self.error = tf.reduce_mean(tf.square(self.y - self.y_hat))
        decay = tf.multiply(tf.reduce_mean(tf.square(self.V)), reg)
        self.loss = tf.add(self.error, decay)
        self.train_op = tf.train.AdagradOptimizer(0.2).minimize(self.loss)


def to_sparse(records, scale=1.0):
    indices = [[row, FEATURES.index(word)] for row, record in enumerate(records) for word in sorted(record,
                                                                                                 key=FEATURES.index)]
    return tf.SparseTensorValue(indices=indices, values=[scale] * len(indices),
                                dense_shape=[len(records), len(FEATURES)])


def bag_of_words():
    """Weighted means of embeddings, from strings on: table, sparse ids, sparse weights."""
    table = tf.contrib.lookup.index_table_from_tensor(tf.constant(FEATURES), num_oov_buckets=1)
    words = tf.string_split(tf.constant(['ann apples', 'bob', 'zoe milk milk']), delimiter=' ')
    ids = tf.SparseTensor(words.indices, table.lookup(words.values), words.dense_shape)
    weights = tf.SparseTensor(words.indices, tf.cast(tf.range(1, 1 + tf.size(words.values)), tf.float32), words.dense_shape)
    params = tf.get_variable('params', [len(FEATURES) + 1, 2], initializer=tf.random_uniform_initializer(-1, 1, seed=2))
    mean = tf.nn.embedding_lookup_sparse(params, ids, weights, combiner='mean')
    total = tf.nn.embedding_lookup_sparse(params, ids, None, combiner='sum')
    ones = tf.SparseTensor(words.indices, tf.fill(tf.shape(words.values), 1.0), words.dense_shape)
    counts = tf.sparse_reduce_sum(ones, axis=1)
    return ids, mean, total, counts


rng = np.random.RandomState(43)
taste = rng.randn(len(FEATURES), 2)
truth = np.array([[2.0 + sum(taste[FEATURES.index(a)].dot(taste[FEATURES.index(b)]) for a, b in
                             ((r[0], r[1]), (r[0], r[2]), (r[1], r[2])))] for r in RECORDS])
tf.set_random_seed(43)
fm = FactorizationMachine(len(FEATURES), n_factors=3)
ids, mean, total, counts = bag_of_words()

with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    print('word numbers', sess.run(ids).values.tolist(), 'counts', sess.run(counts).astype(int).tolist())
    for name, value in zip(('mean', 'sum'), sess.run([mean, total])):
        print(name, ' '.join('%.6f' % v for v in value.ravel()))
    train, test = RECORDS[:16], RECORDS[16:]
    feed = {fm.X: to_sparse(train), fm.y: truth[:16]}
    for epoch in range(121):
        _, error = sess.run([fm.train_op, fm.error], feed_dict=feed)
        if epoch % 30 == 0:
            print('epoch %d error %.6f' % (epoch, error))
    # a sparse placeholder also takes a tuple, and gives a SparseTensorValue back
    s = to_sparse(test)
    fed = sess.run(fm.X, {fm.X: (s.indices, s.values, s.dense_shape)})
    print('fed back: %d values in %d x %d' % ((len(fed.values),) + tuple(fed.dense_shape)))
    print('estimates', ' '.join('%.6f' % v for v in sess.run(fm.y_hat, {fm.X: s})[:, 0]))
    half = sess.run(fm.error, {fm.X: to_sparse(train, scale=0.5), fm.y: truth[:16]})
    print('error with halved features %.6f' % half)
    print('final loss %.6f' % sess.run(fm.loss, feed))
