"""Columns of categories that are hashed into buckets.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .sparse import _SparseColumn


class _SparseColumnHashed(_SparseColumn):
    """Hashes of values, once or with each of several keys."""

    hash_keys: list[list[int]] | None

    def __new__(
        cls,
        column_name: str,
        is_integerized: bool = False,
        bucket_size: int | None = None,
        lookup_config: Any = None,
        combiner: str = "sum",
        dtype: Any = tf.string,
        hash_keys: list[list[int]] | None = None,
    ) -> _SparseColumnHashed:
        if hash_keys is not None:
            if not isinstance(hash_keys, list) or not hash_keys:
                raise ValueError("hash_keys must be a non-empty list.")
            if not all(isinstance(k, list) and len(k) == 2 and all(isinstance(v, int) for v in k) for k in hash_keys):
                raise ValueError("Each element of hash_keys must be a pair of integers.")
        column = super().__new__(cls, column_name, is_integerized, bucket_size, lookup_config, combiner, dtype)
        assert isinstance(column, _SparseColumnHashed)
        column.hash_keys = hash_keys
        return column

    def _do_transform(self, input_tensor: Any) -> Any:
        texts = tf.as_string(input_tensor.values) if self.dtype.is_integer else input_tensor.values
        if not self.hash_keys:
            ids = tf.string_to_hash_bucket_fast(texts, self.bucket_size, name="lookup")
            return tf.SparseTensor(input_tensor.indices, ids, input_tensor.dense_shape)
        hashes = [tf.string_to_hash_bucket_strong(texts, self.bucket_size, key) for key in self.hash_keys]
        parts = [tf.SparseTensor(input_tensor.indices, ids, input_tensor.dense_shape) for ids in hashes]
        return tf.sparse.concat(axis=1, sp_inputs=parts, name="lookup")


def sparse_column_with_hash_bucket(
    column_name: str,
    hash_bucket_size: int,
    combiner: str = "sum",
    dtype: Any = tf.string,
    hash_keys: list[list[int]] | None = None,
) -> Any:
    """A column of values that are hashed into ``hash_bucket_size`` buckets, with each of the keys if there are any."""
    return _SparseColumnHashed(
        column_name, bucket_size=hash_bucket_size, combiner=combiner, dtype=dtype, hash_keys=hash_keys
    )
