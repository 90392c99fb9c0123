"""Sparse columns as embeddings.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from .base import DeepLookup, DenseColumn, LinearLookup, _FeatureColumn
from .lookup import embeddings_of
from .sparse import _SparseColumn
from .weighted import _WeightedSparseColumn

Initializer = Callable[..., Any]


class _EmbeddingFields(NamedTuple):
    sparse_id_column: Any
    dimension: int
    combiner: str
    initializer: Initializer
    ckpt_to_load_from: str | None
    tensor_name_in_ckpt: str | None
    shared_embedding_name: str | None
    shared_vocab_size: int | None
    max_norm: float | None
    trainable: bool


class _EmbeddingColumn(_FeatureColumn, DenseColumn, _EmbeddingFields):  # type: ignore[misc]
    """The embeddings of a row's ids, combined."""

    def __new__(
        cls,
        sparse_id_column: Any,
        dimension: int,
        combiner: str = "mean",
        initializer: Initializer | None = None,
        ckpt_to_load_from: str | None = None,
        tensor_name_in_ckpt: str | None = None,
        shared_embedding_name: str | None = None,
        shared_vocab_size: int | None = None,
        max_norm: float | None = None,
        trainable: bool = True,
    ) -> _EmbeddingColumn:
        if initializer is not None and not callable(initializer):
            raise ValueError(
                f"initializer must be callable if specified. Embedding of column_name: {sparse_id_column.name}"
            )
        if (ckpt_to_load_from is None) != (tensor_name_in_ckpt is None):
            raise ValueError("Must specify both `ckpt_to_load_from` and `tensor_name_in_ckpt` or none of them.")
        if initializer is None:
            initializer = tf.truncated_normal_initializer(mean=0.0, stddev=1 / math.sqrt(sparse_id_column.length))
        column: _EmbeddingColumn = super().__new__(
            cls,
            sparse_id_column,
            dimension,
            combiner,
            initializer,
            ckpt_to_load_from,
            tensor_name_in_ckpt,
            shared_embedding_name,
            shared_vocab_size,
            max_norm,
            trainable,
        )
        return column

    @property
    def name(self) -> str:
        """Name of the sparse column with an ending."""
        kind = "embedding" if self.shared_embedding_name is None else "shared_embedding"
        return f"{self.sparse_id_column.name}_{kind}"

    @property
    def length(self) -> int:
        """Number of ids."""
        return int(self.sparse_id_column.length if self.shared_vocab_size is None else self.shared_vocab_size)

    @property
    def config(self) -> dict[str, Any]:
        """That of the sparse column."""
        config: dict[str, Any] = self.sparse_id_column.config
        return config

    @property
    def key(self) -> str:
        """The column without its initializer."""
        return self._key_without_properties(["initializer"])

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Add what the sparse column makes of its feature."""
        if self.sparse_id_column not in columns_to_tensors:
            self.sparse_id_column.insert_transformed_feature(columns_to_tensors)
        columns_to_tensors[self] = columns_to_tensors[self.sparse_id_column]

    def _deep_embedding_lookup_arguments(self, input_tensor: Any) -> DeepLookup:
        return DeepLookup(
            input_tensor=self.sparse_id_column.id_tensor(input_tensor),
            weight_tensor=self.sparse_id_column.weight_tensor(input_tensor),
            vocab_size=self.length,
            dimension=self.dimension,
            initializer=self.initializer,
            combiner=self.combiner,
            shared_embedding_name=self.shared_embedding_name,
            hash_key=None,
            max_norm=self.max_norm,
            trainable=self.trainable,
        )

    def _checkpoint_path(self) -> tuple[str, str] | None:
        if self.ckpt_to_load_from is None or self.tensor_name_in_ckpt is None:
            return None
        return self.ckpt_to_load_from, self.tensor_name_in_ckpt

    def _wide_embedding_lookup_arguments(self, *_: Any) -> LinearLookup:
        raise ValueError(f"Column {self} is not supported in linear models. Please use sparse_column.")

    @property
    def _variable_shape(self) -> Any:
        return tf.TensorShape([self.dimension])

    def _get_dense_tensor(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:
        lookup = self._deep_embedding_lookup_arguments(inputs.get(self))
        return embeddings_of(self, lookup, weight_collections, trainable)

    def _transform_feature(self, inputs: Any) -> Any:
        return inputs.get(self.sparse_id_column)


def embedding_column(
    sparse_id_column: Any,
    dimension: int,
    combiner: str = "mean",
    initializer: Initializer | None = None,
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    max_norm: float | None = None,
    trainable: bool = True,
) -> Any:
    """A sparse column as an embedding ``[batch, dimension]``: the mean, sum or sqrtn of the embeddings of its ids.

    ``ckpt_to_load_from`` and ``tensor_name_in_ckpt`` say where the weights start. ValueError if only one of them is given.
    """
    return _EmbeddingColumn(
        sparse_id_column,
        dimension,
        combiner,
        initializer,
        ckpt_to_load_from,
        tensor_name_in_ckpt,
        max_norm=max_norm,
        trainable=trainable,
    )


def shared_embedding_columns(
    sparse_id_columns: Sequence[Any],
    dimension: int,
    combiner: str = "mean",
    shared_embedding_name: str | None = None,
    initializer: Initializer | None = None,
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    max_norm: float | None = None,
    trainable: bool = True,
) -> Any:
    """Several sparse columns, of the same vocabulary, as embeddings of the same weights.

    Raises:
      TypeError: it is no sequence of sparse or weighted columns.
      ValueError: it is empty, or the columns do not fit together.
    """
    if not isinstance(sparse_id_columns, Sequence) or isinstance(sparse_id_columns, str):
        raise TypeError(
            "sparse_id_columns must be a non-string sequence (ex: list or tuple) "
            f"instead of type {type(sparse_id_columns)}."
        )
    if not sparse_id_columns:
        raise ValueError("The input sparse_id_columns should have at least one element.")
    for column in sparse_id_columns:
        if not isinstance(column, (_SparseColumn, _WeightedSparseColumn)):
            raise TypeError(
                f"Elements of sparse_id_columns must be _SparseColumn or _WeightedSparseColumn, but {column} is not."
            )
    first, *rest = sparse_id_columns
    weighted = isinstance(first, _WeightedSparseColumn)
    if not all(first.is_compatible(c) if weighted else c.is_compatible(first) for c in rest):
        raise ValueError("The input sparse id columns are not compatible.")
    if rest and not shared_embedding_name:
        shared_embedding_name = _shared_name(sparse_id_columns)
    columns = [
        _EmbeddingColumn(
            column,
            dimension,
            combiner,
            initializer,
            ckpt_to_load_from,
            tensor_name_in_ckpt,
            shared_embedding_name,
            first.length if rest else None,
            max_norm=max_norm,
            trainable=trainable,
        )
        for column in sparse_id_columns
    ]
    return tuple(columns) if rest else columns


def _shared_name(columns: Sequence[Any]) -> str:
    by_name = sorted(columns, key=lambda c: (isinstance(c, _WeightedSparseColumn), c.name))
    name = "_".join(column.name for column in by_name[:3])
    return name + (f"_plus_{len(by_name) - 3}_others" if len(by_name) > 3 else "") + "_shared_embedding"
