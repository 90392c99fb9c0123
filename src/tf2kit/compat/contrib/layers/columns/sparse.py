"""Columns of categories, given as texts or integers: ids in a number of buckets.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import abc
from collections.abc import Iterable
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import lookup_ops
from tf_slim.layers.sparse_ops import dense_to_sparse_tensor

from .base import CategoricalColumn, IdWeightPair, LinearLookup, _FeatureColumn, reshape_real_valued_tensor


class _SparseIdLookupConfig(NamedTuple):
    """A vocabulary: a file or keys."""

    vocabulary_file: str | None = None
    keys: tuple[Any, ...] | None = None
    num_oov_buckets: int = 0
    vocab_size: int | None = None
    default_value: int = -1


class _SparseFields(NamedTuple):
    column_name: str
    is_integerized: bool
    bucket_size: int | None
    lookup_config: _SparseIdLookupConfig | None
    combiner: str
    dtype: Any


def _check(column_name: str, is_integerized: bool, bucket_size: int | None, lookup_config: Any, dtype: Any) -> None:
    if is_integerized and bucket_size is None:
        raise ValueError(f"bucket_size must be set if is_integerized is True. column_name: {column_name}")
    if is_integerized and not dtype.is_integer:
        raise ValueError(
            f"dtype must be an integer if is_integerized is True. dtype: {dtype}, column_name: {column_name}."
        )
    if dtype != tf.string and not dtype.is_integer:
        raise ValueError(f"dtype must be string or integer. dtype: {dtype}, column_name: {column_name}")
    if bucket_size is None and lookup_config is None:
        raise ValueError(f"one of bucket_size or lookup_config must be set. column_name: {column_name}")
    if bucket_size is not None and lookup_config:
        raise ValueError(f"one and only one of bucket_size or lookup_config must be set. column_name: {column_name}")
    if bucket_size is not None and bucket_size < 1:
        raise ValueError(f"bucket_size must be at least 1. bucket_size: {bucket_size}, column_name: {column_name}")


class _SparseColumn(_FeatureColumn, CategoricalColumn, _SparseFields):  # type: ignore[misc]
    """Categories as sparse ids below `length`."""

    def __new__(
        cls,
        column_name: str,
        is_integerized: bool = False,
        bucket_size: int | None = None,
        lookup_config: _SparseIdLookupConfig | None = None,
        combiner: str = "sum",
        dtype: Any = tf.string,
    ) -> _SparseColumn:
        _check(column_name, is_integerized, bucket_size, lookup_config, dtype)
        column: _SparseColumn = super().__new__(
            cls, column_name, is_integerized, bucket_size, lookup_config, combiner, dtype
        )
        return column

    @property
    def name(self) -> str:
        """Name of the feature."""
        return self.column_name

    @property
    def length(self) -> int:
        """Number of ids."""
        if self.bucket_size is not None:
            return self.bucket_size
        assert self.lookup_config is not None
        assert self.lookup_config.vocab_size is not None
        return self.lookup_config.vocab_size + self.lookup_config.num_oov_buckets

    @property
    def config(self) -> dict[str, Any]:
        """A list of values."""
        return {self.column_name: tf.VarLenFeature(self.dtype)}

    def id_tensor(self, input_tensor: Any) -> Any:
        """The ids of the transformed feature."""
        return input_tensor

    def weight_tensor(self, input_tensor: Any) -> Any:  # noqa: ARG002
        """The weights of the transformed feature."""
        return None

    def is_compatible(self, other_column: Any) -> bool:
        """Whether both can share an embedding."""
        if self.lookup_config and other_column.lookup_config:
            return bool(self.lookup_config == other_column.lookup_config)
        integers = self.dtype.is_integer and other_column.dtype.is_integer
        return self.length == other_column.length and bool(self.dtype == other_column.dtype or integers)

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Add the ids."""
        columns_to_tensors[self] = self._do_transform(self._sparse(columns_to_tensors[self.name]))

    def _to_dnn_input_layer(self, *_: Any, **__: Any) -> Any:
        raise ValueError(
            f"SparseColumn is not supported in DNN. Please use embedding_column or one_hot_column. column: {self}"
        )

    def _wide_embedding_lookup_arguments(self, input_tensor: Any) -> LinearLookup:
        ids, weights = self.id_tensor(input_tensor), self.weight_tensor(input_tensor)
        return LinearLookup(ids, weights, self.length, tf.zeros_initializer(), self.combiner)

    def _sparse(self, tensor: Any) -> Any:
        if isinstance(tensor, tf.SparseTensor):
            return tensor
        ignore_value = "" if tensor.dtype == tf.string else -1
        return dense_to_sparse_tensor(reshape_real_valued_tensor(tensor, 2, self.name), ignore_value=ignore_value)

    @abc.abstractmethod
    def _do_transform(self, input_tensor: Any) -> Any: ...

    def _transform_feature(self, inputs: Any) -> Any:
        return self._do_transform(self._sparse(inputs.get(self.name)))

    @property
    def _num_buckets(self) -> int:
        return self.length

    def _get_sparse_tensors(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:  # noqa: ARG002
        tensor = inputs.get(self)
        return IdWeightPair(self.id_tensor(tensor), self.weight_tensor(tensor))


class _SparseColumnIntegerized(_SparseColumn):
    """Integers modulo the number of buckets."""

    def _do_transform(self, input_tensor: Any) -> Any:
        ids = tf.mod(input_tensor.values, self.bucket_size, name="mod")
        return tf.SparseTensor(input_tensor.indices, ids, input_tensor.dense_shape)


class _SparseColumnKeys(_SparseColumn):
    """Places in a list of keys."""

    def _do_transform(self, input_tensor: Any) -> Any:
        assert self.lookup_config is not None
        assert self.lookup_config.keys is not None
        table = lookup_ops.index_table_from_tensor(
            vocabulary_list=tuple(self.lookup_config.keys),
            default_value=self.lookup_config.default_value,
            dtype=self.dtype,
            name="lookup",
        )
        return table.lookup(input_tensor)


class _SparseColumnVocabulary(_SparseColumn):
    """Lines of a file."""

    def _do_transform(self, input_tensor: Any) -> Any:
        assert self.lookup_config is not None
        if self.dtype.is_integer:
            texts = tf.as_string(input_tensor.values)
            input_tensor = tf.SparseTensor(input_tensor.indices, texts, input_tensor.dense_shape)
        table = lookup_ops.index_table_from_file(
            vocabulary_file=self.lookup_config.vocabulary_file,
            num_oov_buckets=self.lookup_config.num_oov_buckets,
            vocab_size=self.lookup_config.vocab_size,
            default_value=self.lookup_config.default_value,
            name=self.name + "_lookup",
        )
        return table.lookup(input_tensor)


def sparse_column_with_integerized_feature(
    column_name: str, bucket_size: int, combiner: str = "sum", dtype: Any = tf.int64
) -> Any:
    """A column of integers; its ids are they modulo ``bucket_size``."""
    return _SparseColumnIntegerized(column_name, True, bucket_size, combiner=combiner, dtype=dtype)


def sparse_column_with_keys(
    column_name: str, keys: Iterable[Any], default_value: int = -1, combiner: str = "sum", dtype: Any = tf.string
) -> Any:
    """A column of known values; others have ``default_value``, and -1 means none."""
    keys = tuple(keys)
    vocabulary = _SparseIdLookupConfig(keys=keys, vocab_size=len(keys), default_value=default_value)
    return _SparseColumnKeys(column_name, lookup_config=vocabulary, combiner=combiner, dtype=dtype)


def sparse_column_with_vocabulary_file(
    column_name: str,
    vocabulary_file: str,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    combiner: str = "sum",
    dtype: Any = tf.string,
) -> Any:
    """A column of values that are lines of a file; others go to ``num_oov_buckets`` buckets, or have ``default_value``."""
    if vocab_size is None:
        raise ValueError(f"vocab_size should be defined. column_name: {column_name}")
    vocabulary = _SparseIdLookupConfig(vocabulary_file, None, num_oov_buckets, vocab_size, default_value)
    return _SparseColumnVocabulary(column_name, lookup_config=vocabulary, combiner=combiner, dtype=dtype)
