"""Numbers as ids of the intervals that they are in.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import math_ops

from .base import CategoricalColumn, DenseColumn, IdWeightPair, LazyBuilder, LinearLookup, _FeatureColumn
from .real_valued import _RealValuedColumn


class _BucketizedFields(NamedTuple):
    source_column: Any
    boundaries: tuple[float, ...]


class _BucketizedColumn(_FeatureColumn, CategoricalColumn, DenseColumn, _BucketizedFields):  # type: ignore[misc]
    """One of ``len(boundaries) + 1`` buckets for each number."""

    def __new__(cls, source_column: Any, boundaries: Sequence[float]) -> _BucketizedColumn:
        if not isinstance(source_column, _RealValuedColumn):
            raise TypeError(f"source_column must be an instance of _RealValuedColumn. source_column: {source_column}")
        if not isinstance(boundaries, (list, tuple)) or not boundaries:
            raise ValueError(f"boundaries must be a non-empty list or tuple. boundaries: {boundaries}")
        if any(a > b for a, b in itertools.pairwise(boundaries)):
            raise ValueError(f"boundaries must be a sorted list. boundaries: {boundaries}")
        column: _BucketizedColumn = super().__new__(cls, source_column, tuple(dict.fromkeys(boundaries)))
        return column

    @property
    def name(self) -> str:
        """Name of the feature with an ending."""
        return f"{self.source_column.name}_bucketized"

    @property
    def length(self) -> int:
        """Number of buckets."""
        return len(self.boundaries) + 1

    @property
    def config(self) -> dict[str, Any]:
        """That of the numbers."""
        config: dict[str, Any] = self.source_column.config
        return config

    def to_sparse_tensor(self, input_tensor: Any) -> Any:
        """Ids, counted on over the dimensions, of buckets ``[batch, dimension]``."""
        dimension = self.source_column.dimension
        batch_size = tf.shape(input_tensor, name="shape")[0]
        rows = tf.reshape(tf.tile(tf.expand_dims(tf.range(0, batch_size), 1), [1, dimension]), [-1])
        columns = tf.tile(tf.range(0, dimension), [batch_size])
        ids = tf.reshape(input_tensor, [-1], name="reshape")
        if dimension > 1:
            ids += self.length * columns
        indices = tf.cast(tf.transpose(tf.stack((rows, columns))), tf.int64)
        return tf.SparseTensor(indices, ids, tf.cast(tf.stack([batch_size, dimension]), tf.int64))

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Add the buckets."""
        columns_to_tensors[self] = self._transform_feature(LazyBuilder(columns_to_tensors))

    def _to_dnn_input_layer(
        self,
        input_tensor: Any,
        weight_collections: Any = None,  # noqa: ARG002
        trainable: bool = True,  # noqa: ARG002
        output_rank: int = 2,
    ) -> Any:
        if output_rank != 2:
            raise ValueError("BucketizedColumn currently only supports output_rank=2")
        one_hot = tf.one_hot(tf.cast(input_tensor, tf.int64), self.length, 1.0, 0.0, name="one_hot")
        return tf.reshape(one_hot, [-1, self._num_buckets], name="reshape")

    def _wide_embedding_lookup_arguments(self, input_tensor: Any) -> LinearLookup:
        ids = self.to_sparse_tensor(input_tensor)
        return LinearLookup(ids, None, self._num_buckets, tf.zeros_initializer(), "sum")

    def _transform_feature(self, inputs: Any) -> Any:
        numbers = inputs.get(self.source_column)
        return math_ops._bucketize(numbers, boundaries=list(self.boundaries), name="bucketize")

    @property
    def _num_buckets(self) -> int:
        return self.length * int(self.source_column.dimension)

    def _get_sparse_tensors(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:  # noqa: ARG002
        return IdWeightPair(self.to_sparse_tensor(inputs.get(self)), None)

    @property
    def _variable_shape(self) -> Any:
        return tf.TensorShape([self._num_buckets])

    def _get_dense_tensor(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:
        return self._to_dnn_input_layer(inputs.get(self), weight_collections, trainable)


def bucketized_column(source_column: Any, boundaries: Sequence[float]) -> Any:
    """A real-valued column as buckets between sorted boundaries; a boundary belongs to the upper bucket.

    Raises:
      TypeError: the source is not a real-valued column.
      ValueError: the boundaries are missing or not sorted.
    """
    return _BucketizedColumn(source_column, boundaries)
