"""Embeddings whose numbers are chosen out of one vector by hashes.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/embedding_ops.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.variables import PartitionedVariable

from .sparse_feature_cross import sparse_feature_cross

__all__ = ["scattered_embedding_lookup", "scattered_embedding_lookup_sparse"]


def scattered_embedding_lookup(
    params: Any, values: Any, dimension: int, name: str | None = None, hash_key: int | None = None
) -> Any:
    """Embeddings ``[…, dimension]`` of texts or integers ``[…]``: weights of ``params`` chosen by hashes of value and place.

    ``params`` is a vector, or its parts, each one element longer than the next at most. ValueError if they are not, or for
    ``dimension`` None or not positive.
    """
    if dimension is None:
        raise ValueError("You must specify dimension.")
    if dimension <= 0:
        raise ValueError(f"Dimension must be >0. Given is {dimension}")
    parts = _parts(params)
    with tf.name_scope(name, "scattered_embedding_lookup", [*parts, values]):
        shape = tf.shape(values)
        values = tf.reshape(values, [-1, 1])
        places = tf.tile(tf.expand_dims(tf.range(0, dimension), 0), tf.shape(values))
        ids = sparse_feature_cross([places, values], hashed_output=True, num_buckets=_size(parts), hash_key=hash_key)
        found = tf.nn.embedding_lookup(parts, tf.sparse.to_dense(ids), partition_strategy="div")
        return tf.reshape(found, tf.concat([shape, [dimension]], 0))


def scattered_embedding_lookup_sparse(
    params: Any,
    sparse_values: Any,
    dimension: int,
    combiner: str | None = None,
    default_value: Any = None,
    name: str | None = None,
    hash_key: int | None = None,
) -> Any:
    """Embeddings ``[batch, dimension]`` of sparse texts or integers ``[batch, n]``, combined by mean, sum or sqrtn.

    A row without values has the embedding of ``default_value``. TypeError if the values are not sparse, ValueError for another combiner.
    """
    if not isinstance(sparse_values, tf.SparseTensor):
        raise TypeError("sparse_values must be SparseTensor")
    combiners = {
        None: tf.sparse.segment_mean,
        "mean": tf.sparse.segment_mean,
        "sum": tf.sparse.segment_sum,
        "sqrtn": tf.sparse.segment_sqrt_n,
    }
    if combiner not in combiners:
        raise ValueError("Combiner must be one of 'mean', 'sqrtn' or 'sum'.")
    parts = _parts(params)
    with tf.name_scope(name, "scattered_embedding_lookup_sparse", [*parts, sparse_values]) as scope:
        if default_value is None:
            default_value = "6ZxWzWOHxZ" if sparse_values.dtype == tf.string else 1288896567
        filled, _ = tf.sparse.fill_empty_rows(sparse_values, default_value)
        rows = tf.cast(filled.indices[:, 0], tf.int32)
        values, places = tf.unique(filled.values)
        embeddings = scattered_embedding_lookup(parts, values, dimension, hash_key=hash_key)
        return combiners[combiner](embeddings, places, rows, name=scope)


def _parts(params: Any) -> list[Any]:
    return list(params) if isinstance(params, (list, PartitionedVariable)) else [params]


def _size(parts: list[Any]) -> int:
    sizes = [part.get_shape().as_list()[0] for part in parts]
    for i, size in enumerate(sizes):
        expected = (sum(sizes) - i - 1) // len(sizes) + 1
        if size != expected:
            raise ValueError(f"Tensor {i} in params has size {size}, expected {expected}.")
    return sum(sizes)
