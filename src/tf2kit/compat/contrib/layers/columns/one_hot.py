"""Sparse columns as dense indicators.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import sparse_ops

from .base import DenseColumn, _FeatureColumn, inner_flatten


class _OneHotFields(NamedTuple):
    sparse_id_column: Any


class _OneHotColumn(_FeatureColumn, DenseColumn, _OneHotFields):  # type: ignore[misc]
    """How often, or with which weight, each id occurs."""

    @property
    def name(self) -> str:
        """Name of the sparse column with an ending."""
        return f"{self.sparse_id_column.name}_one_hot"

    @property
    def length(self) -> int:
        """Number of ids."""
        return int(self.sparse_id_column.length)

    @property
    def config(self) -> dict[str, Any]:
        """That of the sparse column."""
        config: dict[str, Any] = self.sparse_id_column.config
        return config

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Add what the sparse column makes of its feature."""
        if self.sparse_id_column not in columns_to_tensors:
            self.sparse_id_column.insert_transformed_feature(columns_to_tensors)
        columns_to_tensors[self] = columns_to_tensors[self.sparse_id_column]

    def _to_dnn_input_layer(
        self,
        input_tensor: Any,
        weight_collections: Any = None,  # noqa: ARG002
        trainable: bool = False,  # noqa: ARG002
        output_rank: int = 2,
    ) -> Any:
        """Dense float32 ``[batch, …, length]`` of this rank."""
        ids = inner_flatten(self.sparse_id_column.id_tensor(input_tensor), output_rank)
        weights = self.sparse_id_column.weight_tensor(input_tensor)
        if weights is None:
            dense_ids = tf.sparse.to_dense(ids, default_value=-1)
            return tf.reduce_sum(tf.one_hot(dense_ids, depth=self.length), axis=[output_rank - 1])
        merged = sparse_ops.sparse_merge(sp_ids=ids, sp_values=weights, vocab_size=self.length)
        # ids of -1 are cut off
        merged = tf.sparse.slice(merged, tf.zeros_like(merged.dense_shape), merged.dense_shape)
        dense = tf.sparse.to_dense(merged)
        return tf.reshape(dense, tf.concat([tf.shape(dense)[:-1], [self.length]], axis=0))

    @property
    def _variable_shape(self) -> Any:
        return tf.TensorShape([self.length])

    def _get_dense_tensor(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:  # noqa: ARG002
        return inputs.get(self)

    def _transform_feature(self, inputs: Any) -> Any:
        return self._to_dnn_input_layer(inputs.get(self.sparse_id_column))


def one_hot_column(sparse_id_column: Any) -> Any:
    """A sparse or weighted column as a dense input of a network."""
    return _OneHotColumn(sparse_id_column)
