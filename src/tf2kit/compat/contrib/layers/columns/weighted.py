"""Columns of categories with a weight for each value.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tf_slim.layers.sparse_ops import dense_to_sparse_tensor

from .base import CategoricalColumn, IdWeightPair, LinearLookup, _FeatureColumn


class _WeightedFields(NamedTuple):
    sparse_id_column: Any
    weight_column_name: str
    dtype: Any


class _WeightedSparseColumn(_FeatureColumn, CategoricalColumn, _WeightedFields):  # type: ignore[misc]
    """The ids of one feature and the weights of another."""

    @property
    def name(self) -> str:
        """Names of both."""
        return f"{self.sparse_id_column.name}_weighted_by_{self.weight_column_name}"

    @property
    def length(self) -> int:
        """Number of ids."""
        return int(self.sparse_id_column.length)

    @property
    def config(self) -> dict[str, Any]:
        """Two lists of values."""
        return {**self.sparse_id_column.config, self.weight_column_name: tf.VarLenFeature(self.dtype)}

    @property
    def lookup_config(self) -> Any:
        """Vocabulary of the ids."""
        return self.sparse_id_column.lookup_config

    def id_tensor(self, input_tensor: Any) -> Any:
        """The ids of the transformed feature."""
        return input_tensor[0]

    def weight_tensor(self, input_tensor: Any) -> Any:
        """The weights of the transformed feature."""
        return input_tensor[1]

    def is_compatible(self, other_column: Any) -> bool:
        """Whether both can share an embedding."""
        if isinstance(other_column, _WeightedSparseColumn):
            other_column = other_column.sparse_id_column
        return bool(self.sparse_id_column.is_compatible(other_column))

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Add ids and weights."""
        if self.sparse_id_column not in columns_to_tensors:
            self.sparse_id_column.insert_transformed_feature(columns_to_tensors)
        ids, weights = columns_to_tensors[self.sparse_id_column], columns_to_tensors[self.weight_column_name]
        columns_to_tensors[self] = self._do_transform(ids, weights)

    def _to_dnn_input_layer(self, *_: Any, **__: Any) -> Any:
        raise ValueError(
            f"WeightedSparseColumn is not supported in DNN. Please use embedding_column or one_hot_column. column: {self}"
        )

    def _wide_embedding_lookup_arguments(self, input_tensor: Any) -> LinearLookup:
        ids, weights = self.id_tensor(input_tensor), self.weight_tensor(input_tensor)
        return LinearLookup(ids, weights, self.length, tf.zeros_initializer(), self.sparse_id_column.combiner)

    def _do_transform(self, id_tensor: Any, weight_tensor: Any) -> tuple[Any, Any]:
        if not isinstance(weight_tensor, tf.SparseTensor):
            weight_tensor = dense_to_sparse_tensor(weight_tensor)
        if not self.dtype.is_floating:
            weight_tensor = tf.cast(weight_tensor, tf.float32)
        return id_tensor, weight_tensor

    def _transform_feature(self, inputs: Any) -> Any:
        return self._do_transform(inputs.get(self.sparse_id_column), inputs.get(self.weight_column_name))

    @property
    def _num_buckets(self) -> int:
        return self.length

    def _get_sparse_tensors(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:  # noqa: ARG002
        return IdWeightPair(*inputs.get(self))


def weighted_sparse_column(sparse_id_column: Any, weight_column_name: str, dtype: Any = tf.float32) -> Any:
    """A sparse column whose values have weights in another feature of the same shape; ValueError for a type that is no number."""
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(f"dtype is not convertible to float. Given {dtype}")
    return _WeightedSparseColumn(sparse_id_column, weight_column_name, dtype)
