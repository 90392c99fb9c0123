"""Factorization machine on sparse rows: SparseTensorValue feeds, sparse matmul, embedding_lookup_sparse and string tables."""
from __future__ import print_function

from collections import namedtuple
import numpy as np
import tensorflow as tf


class SparseTensorValue(namedtuple("SparseTensorValue", ["indices", "values", "dense_shape"])):
    """The parts of a sparse tensor, as arrays."""


def sparse_value(tensor):
    """The parts of a sparse tensor as arrays."""
    return SparseTensorValue(tensor.indices.numpy(), tensor.values.numpy(), tensor.dense_shape.numpy())


RECORDS = """ann/apples/monday ann/pears/friday bob/apples/friday bob/bread/monday cid/bread/sunday cid/pears/sunday
dan/apples/sunday dan/milk/monday eve/milk/friday eve/bread/friday ann/milk/sunday bob/pears/monday cid/apples/monday
dan/bread/friday eve/pears/monday ann/bread/monday bob/milk/sunday cid/milk/friday dan/pears/sunday eve/apples/sunday"""
RECORDS = [record.split('/') for record in RECORDS.split()]
FEATURES = sorted(set(word for record in RECORDS for word in record))


class FactorizationMachine(object):
    """y = w0 + sum w_i x_i + sum_{i<j} <v_i, v_j> x_i x_j, the pairs by the identity of squares."""

    def __init__(self, n_features, n_factors, reg=0.01):
        self.reg = reg
        self.w0 = tf.Variable(tf.constant(0.0), name='bias')
        self.W = tf.Variable(tf.zeros([n_features, 1]), name='linear')
        self.V = tf.Variable(tf.random.normal([n_features, n_factors], stddev=0.2, seed=1), name='factors')
        self.optimizer = tf.keras.optimizers.Adagrad(0.2, epsilon=0.0)
        self.train_step = tf.function(self.train_step, input_signature=[
            tf.SparseTensorSpec([None, n_features], tf.float32),
            tf.TensorSpec([None, 1], tf.float32),
        ])
        self.compute_X = tf.function(self.compute_X, input_signature=[
            tf.SparseTensorSpec([None, n_features], tf.float32),
        ])
        self.compute_y_hat = tf.function(self.compute_y_hat, input_signature=[
            tf.SparseTensorSpec([None, n_features], tf.float32),
        ])
        self.compute_error = tf.function(self.compute_error, input_signature=[
            tf.SparseTensorSpec([None, n_features], tf.float32),
            tf.TensorSpec([None, 1], tf.float32),
        ])
        self.compute_loss = tf.function(self.compute_loss, input_signature=[
            tf.SparseTensorSpec([None, n_features], tf.float32),
            tf.TensorSpec([None, 1], tf.float32),
        ])

    def forward(self, X):
        linear = tf.sparse.sparse_dense_matmul(X, self.W)
        sums = tf.square(tf.sparse.sparse_dense_matmul(X, self.V))
        squares = tf.sparse.sparse_dense_matmul(tf.square(X), tf.square(self.V))
        pairs = 0.5 * tf.reduce_sum(sums - squares, axis=1, keepdims=True)
        y_hat = tf.identity(self.w0 + linear + pairs, name='y_hat')
        return y_hat

    def train_step(self, X, y):
        with tf.GradientTape() as tape:
            y_hat = self.forward(X)
            error = tf.reduce_mean(tf.square(y - y_hat))
            decay = tf.multiply(tf.reduce_mean(tf.square(self.V)), self.reg)
            loss = tf.add(error, decay)
        variables = [self.w0, self.W, self.V]
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return error

    def compute_X(self, X):
        return X

    def compute_y_hat(self, X):
        y_hat = self.forward(X)
        return y_hat

    def compute_error(self, X, y):
        y_hat = self.forward(X)
        error = tf.reduce_mean(tf.square(y - y_hat))
        return error

    def compute_loss(self, X, y):
        y_hat = self.forward(X)
        error = tf.reduce_mean(tf.square(y - y_hat))
        decay = tf.multiply(tf.reduce_mean(tf.square(self.V)), self.reg)
        loss = tf.add(error, decay)
        return loss


def to_sparse(records, scale=1.0):
    indices = [[row, FEATURES.index(word)] for row, record in enumerate(records) for word in sorted(record,
                                                                                                 key=FEATURES.index)]
    return SparseTensorValue(indices=indices, values=[scale] * len(indices),
                                dense_shape=[len(records), len(FEATURES)])


def bag_of_words():
    """Weighted means of embeddings, from strings on: table, sparse ids, sparse weights."""
    words = tf.SparseTensor(*tf.raw_ops.StringSplit(input=tf.constant(['ann apples', 'bob', 'zoe milk milk']), delimiter=' '))
    ids = tf.SparseTensor(words.indices, table_1.lookup(words.values), words.dense_shape)
    weights = tf.SparseTensor(words.indices, tf.cast(tf.range(1, 1 + tf.size(words.values)), tf.float32), words.dense_shape)
    mean = tf.nn.embedding_lookup_sparse(params_1, ids, weights, combiner='mean')
    total = tf.nn.embedding_lookup_sparse(params_1, ids, None, combiner='sum')
    ones = tf.SparseTensor(words.indices, tf.fill(tf.shape(words.values), 1.0), words.dense_shape)
    counts = tf.sparse.reduce_sum(ones, axis=1)
    return ids, mean, total, counts


rng = np.random.RandomState(43)
taste = rng.randn(len(FEATURES), 2)
truth = np.array([[2.0 + sum(taste[FEATURES.index(a)].dot(taste[FEATURES.index(b)]) for a, b in
                             ((r[0], r[1]), (r[0], r[2]), (r[1], r[2])))] for r in RECORDS])
tf.random.set_seed(43)
fm = FactorizationMachine(len(FEATURES), n_factors=3)
table_1 = tf.lookup.StaticVocabularyTable(tf.lookup.KeyValueTensorInitializer(FEATURES, tf.range(len(FEATURES), dtype=tf.int64)), num_oov_buckets=1)
params_1 = tf.Variable(tf.random_uniform_initializer(-1, 1, seed=2)([len(FEATURES) + 1, 2]), name='params')


@tf.function
def compute_ids():
    ids, mean, total, counts = bag_of_words()
    return ids


@tf.function
def compute_counts():
    ids, mean, total, counts = bag_of_words()
    return counts


@tf.function
def evaluate():
    ids, mean, total, counts = bag_of_words()
    return mean, total


print('word numbers', sparse_value(compute_ids()).values.tolist(), 'counts', compute_counts().numpy().astype(int).tolist())
for name, value in zip(('mean', 'sum'), [t.numpy() for t in evaluate()]):
    print(name, ' '.join('%.6f' % v for v in value.ravel()))
train, test = RECORDS[:16], RECORDS[16:]
feed = {'X': tf.cast(tf.SparseTensor(*to_sparse(train)), tf.float32), 'y': truth[:16]}
for epoch in range(121):
    error = fm.train_step(**feed).numpy()
    if epoch % 30 == 0:
        print('epoch %d error %.6f' % (epoch, error))
# a sparse placeholder also takes a tuple, and gives a SparseTensorValue back
s = to_sparse(test)
fed = sparse_value(fm.compute_X(tf.cast(tf.SparseTensor(s.indices, s.values, s.dense_shape), tf.float32)))
print('fed back: %d values in %d x %d' % ((len(fed.values),) + tuple(fed.dense_shape)))
print('estimates', ' '.join('%.6f' % v for v in fm.compute_y_hat(tf.cast(tf.SparseTensor(*s), tf.float32)).numpy()[:, 0]))
half = fm.compute_error(tf.cast(tf.SparseTensor(*to_sparse(train, scale=0.5)), tf.float32), truth[:16]).numpy()
print('error with halved features %.6f' % half)
print('final loss %.6f' % fm.compute_loss(**feed).numpy())
