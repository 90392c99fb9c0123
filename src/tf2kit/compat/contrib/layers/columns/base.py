"""What all feature columns of tf.contrib.layers have in common.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import abc
from collections.abc import Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.python.feature_column import feature_column as core
from tf_slim.layers.layers import _inner_flatten as inner_flatten

__all__ = [
    "CategoricalColumn",
    "DeepLookup",
    "DenseColumn",
    "IdWeightPair",
    "LazyBuilder",
    "LinearLookup",
    "_FeatureColumn",
    "inner_flatten",
    "reshape_real_valued_tensor",
    "reshape_to_rank",
]

# the old classes of tf.feature_column: its functions take our columns too
CategoricalColumn = core._CategoricalColumn
DenseColumn = core._DenseColumn
IdWeightPair = core._CategoricalColumn.IdWeightPair


class LinearLookup(NamedTuple):
    """What a linear model looks up: weights ``[vocab_size, outputs]`` at sparse ids."""

    input_tensor: Any
    weight_tensor: Any
    vocab_size: int
    initializer: Any
    combiner: str


class DeepLookup(NamedTuple):
    """What a network looks up: embeddings ``[vocab_size, dimension]`` at sparse ids."""

    input_tensor: Any
    weight_tensor: Any
    vocab_size: int
    initializer: Any
    combiner: str
    dimension: int
    shared_embedding_name: str | None
    hash_key: int | None
    max_norm: float | None
    trainable: bool


class _FeatureColumn(abc.ABC):
    """A feature and how a model reads it. The text of a column is its sort key, so names of classes and fields are those of 1.15."""

    _fields: tuple[str, ...]

    @property
    @abc.abstractmethod
    def name(self) -> str:
        """Name of the feature, or of what is made of it."""

    @property
    @abc.abstractmethod
    def config(self) -> dict[str, Any]:
        """How to parse the feature from an Example."""

    @property
    def key(self) -> str:
        """Columns are told apart and sorted by it."""
        return str(self)

    @abc.abstractmethod
    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Add what the column makes of the features, with itself as the key."""

    def _to_dnn_input_layer(self, *_: Any, **__: Any) -> Any:
        raise ValueError("Calling an abstract method.")

    def _deep_embedding_lookup_arguments(self, input_tensor: Any) -> DeepLookup:
        raise NotImplementedError(f"No deep embedding lookup arguments for column {self}.")

    def _wide_embedding_lookup_arguments(self, input_tensor: Any) -> LinearLookup:
        raise NotImplementedError(f"No wide embedding lookup arguments for column {self}.")

    def _to_dense_tensor(self, input_tensor: Any) -> Any:
        raise NotImplementedError(f"No dense tensor representation for column {self}.")

    def _checkpoint_path(self) -> tuple[str, str] | None:
        """Path and name of weights to start with."""
        return None

    def _key_without_properties(self, properties: Sequence[str]) -> str:
        fields = [f"{k}={getattr(self, k)}" for k in self._fields if k not in properties]
        return f"{type(self).__name__}({', '.join(fields)})"

    @property
    def _parse_example_spec(self) -> dict[str, Any]:
        return self.config


class LazyBuilder:
    """Features by name and columns by themselves; a column that is not there yet is made."""

    def __init__(self, columns_to_tensors: dict[Any, Any]) -> None:
        self._columns_to_tensors = columns_to_tensors

    def get(self, key: Any) -> Any:
        """The tensor; ValueError for a feature that is missing, TypeError for a key that is neither."""
        if key not in self._columns_to_tensors:
            if isinstance(key, str):
                raise ValueError(f"features dictionary doesn't contain key ({key})")
            if not isinstance(key, _FeatureColumn):
                raise TypeError(f'"key" must be either a "str" or "_FeatureColumn". Provided: {key}')
            key.insert_transformed_feature(self._columns_to_tensors)
        return self._columns_to_tensors[key]


def reshape_real_valued_tensor(input_tensor: Any, output_rank: int, column_name: str | None = None) -> Any:
    """The tensor with this rank: a new last dimension, or last dimensions made one. ValueError if more are missing."""
    rank = input_tensor.get_shape().ndims
    if rank is None or output_rank < rank:
        return inner_flatten(input_tensor, output_rank)
    if output_rank > rank + 1:
        place = "" if column_name is None else f"Error while processing column {column_name}."
        raise ValueError(
            f"{place}Rank of input Tensor ({rank}) should be the same as output_rank ({output_rank}). For example, "
            "sequence data should typically be 3 dimensional (rank 3) while non-sequence data is typically 2 dimensional (rank 2)."
        )
    if output_rank == rank + 1:
        tf.logging.warning(
            "Rank of input Tensor (%d) should be the same as output_rank (%d) for column. Will attempt to expand dims.",
            rank,
            output_rank,
        )
        return tf.expand_dims(input_tensor, -1, name="expand_dims")
    return input_tensor


def reshape_to_rank(tensor: Any, column_name: str, output_rank: int) -> Any:
    """A dense or sparse tensor with this rank: a new last dimension, or last dimensions made one. ValueError if more are missing."""
    rank = tensor.get_shape().ndims
    if rank is None and isinstance(tensor, tf.SparseTensor):
        rank = tensor.dense_shape.get_shape().as_list()[0]
    if rank is None:
        raise ValueError(f"Error while processing column {column_name}. Rank of input Tensor can not be None.")
    if output_rank > rank + 1:
        raise ValueError(
            f"Error while processing column {column_name}. Rank of input Tensor ({rank}) should be the same as "
            f"output_rank ({output_rank}). For example, sequence data should typically be 3 dimensional (rank 3) "
            "while non-sequence data is typically 2 dimensional (rank 2)."
        )
    if output_rank == rank + 1:
        if isinstance(tensor, tf.SparseTensor):
            return tf.sparse.reshape(tensor, tf.concat([tensor.dense_shape, [1]], 0))
        return tf.expand_dims(tensor, -1)
    return inner_flatten(tensor, output_rank) if output_rank < rank else tensor
