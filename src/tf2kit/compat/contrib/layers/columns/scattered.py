"""Values as embeddings whose numbers lie scattered in one vector of weights.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from .base import DeepLookup, DenseColumn, _FeatureColumn
from .lookup import embeddings_of

Initializer = Callable[..., Any]


class _ScatteredFields(NamedTuple):
    column_name: str
    size: int
    dimension: int
    hash_key: int
    combiner: str
    initializer: Initializer


class _ScatteredEmbeddingColumn(_FeatureColumn, DenseColumn, _ScatteredFields):  # type: ignore[misc]
    """Each number of an embedding is a weight chosen by a hash of the value and its place."""

    def __new__(
        cls,
        column_name: str,
        size: int,
        dimension: int,
        hash_key: int,
        combiner: str = "sqrtn",
        initializer: Initializer | None = None,
    ) -> _ScatteredEmbeddingColumn:
        if initializer is not None and not callable(initializer):
            raise ValueError(f"initializer must be callable if specified. column_name: {column_name}")
        initializer = initializer or tf.truncated_normal_initializer(mean=0.0, stddev=0.1)
        column: _ScatteredEmbeddingColumn = super().__new__(
            cls, column_name, size, dimension, hash_key, combiner, initializer
        )
        return column

    @property
    def name(self) -> str:
        """Name of the feature with an ending."""
        return f"{self.column_name}_scattered_embedding"

    @property
    def config(self) -> dict[str, Any]:
        """A list of texts."""
        return {self.column_name: tf.VarLenFeature(tf.string)}

    @property
    def key(self) -> str:
        """The column without its initializer."""
        return self._key_without_properties(["initializer"])

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Add the feature itself."""
        columns_to_tensors[self] = columns_to_tensors[self.column_name]

    def _deep_embedding_lookup_arguments(self, input_tensor: Any) -> DeepLookup:
        return DeepLookup(
            input_tensor=input_tensor,
            weight_tensor=None,
            vocab_size=self.size,
            initializer=self.initializer,
            combiner=self.combiner,
            dimension=self.dimension,
            shared_embedding_name=None,
            hash_key=self.hash_key,
            max_norm=None,
            trainable=True,
        )

    @property
    def _variable_shape(self) -> Any:
        return tf.TensorShape([self.dimension])

    def _get_dense_tensor(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:
        lookup = self._deep_embedding_lookup_arguments(inputs.get(self))
        return embeddings_of(self, lookup, weight_collections, trainable)

    def _transform_feature(self, inputs: Any) -> Any:
        return inputs.get(self.column_name)


def scattered_embedding_column(
    column_name: str,
    size: int,
    dimension: int,
    hash_key: int,
    combiner: str = "mean",
    initializer: Initializer | None = None,
) -> Any:
    """A column of texts as embeddings ``[batch, dimension]`` out of ``size`` weights.

    ValueError for numbers below 1 or another combiner.
    """
    if dimension < 1 or size < 1:
        raise ValueError(
            "Dimension and size must be greater than 0. "
            f"dimension: {dimension}, size: {size}, column_name: {column_name}"
        )
    if combiner not in ("mean", "sqrtn", "sum"):
        raise ValueError(
            f"Combiner must be one of 'mean', 'sqrtn' or 'sum'. combiner: {combiner}, column_name: {column_name}"
        )
    return _ScatteredEmbeddingColumn(column_name, size, dimension, hash_key, combiner, initializer)
