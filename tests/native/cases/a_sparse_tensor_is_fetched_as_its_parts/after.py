from collections import namedtuple
import tensorflow as tf


class SparseTensorValue(namedtuple("SparseTensorValue", ["indices", "values", "dense_shape"])):
    """The parts of a sparse tensor, as arrays."""


def sparse_value(tensor):
    """The parts of a sparse tensor as arrays."""
    return SparseTensorValue(tensor.indices.numpy(), tensor.values.numpy(), tensor.dense_shape.numpy())


words = tf.SparseTensor(*tf.raw_ops.StringSplit(input=tf.constant(['a cat', 'dogs']), delimiter=" "))


@tf.function(input_signature=[tf.SparseTensorSpec(None, tf.float32)])
def compute_x(x):
    return x


@tf.function(input_signature=[tf.SparseTensorSpec(None, tf.float32)])
def compute_twice(x):
    twice = tf.SparseTensor(x.indices, 2.0 * x.values, x.dense_shape)
    return twice


print(sparse_value(compute_x(tf.cast(tf.SparseTensor([[0, 1]], [1.0], [2, 2]), tf.float32))))
print(sparse_value(words).values.tolist())
doubled = sparse_value(compute_twice(tf.cast(tf.SparseTensor([[0, 1]], [1.0], [2, 2]), tf.float32)))
print(doubled.values, doubled.dense_shape)
