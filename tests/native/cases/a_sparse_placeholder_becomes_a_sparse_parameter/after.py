from collections import namedtuple
import numpy as np
import tensorflow as tf


class SparseTensorValue(namedtuple("SparseTensorValue", ["indices", "values", "dense_shape"])):
    """The parts of a sparse tensor, as arrays."""


W = tf.Variable(tf.ones([3, 2]))


def rows():
    return SparseTensorValue([[0, 1], [1, 2]], [1, 2], [2, 3])


feed = {'X': tf.cast(tf.SparseTensor(*rows()), tf.float32), 'scale': 2.0}


@tf.function(input_signature=[
    tf.SparseTensorSpec([None, 3], tf.float32),
    tf.TensorSpec([], tf.float32),
])
def predict(X, scale):
    out = scale * tf.sparse.sparse_dense_matmul(X, W)
    return out


@tf.function(input_signature=[tf.SparseTensorSpec(None, tf.int32)])
def compute_dense(Y):
    dense = tf.sparse.to_dense(Y, default_value=-1)
    return dense


print(predict(**feed).numpy())
print(compute_dense(tf.cast(tf.SparseTensor(np.array([[0, 1], [1, 2]], np.int32), np.array([4, 5]), [2, 3]), tf.int32)).numpy())
s = rows()
print(compute_dense(tf.cast(tf.SparseTensor(*s), tf.int32)).numpy(), s.values)
