"""Combinations of categories, hashed into buckets.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from ..sparse_feature_cross import sparse_feature_cross
from .base import CategoricalColumn, IdWeightPair, LazyBuilder, LinearLookup, _FeatureColumn
from .bucketized import _BucketizedColumn
from .sparse import _SparseColumn


class _CrossedFields(NamedTuple):
    columns: tuple[Any, ...]
    hash_bucket_size: int
    hash_key: int | None
    combiner: str
    ckpt_to_load_from: str | None
    tensor_name_in_ckpt: str | None


class _CrossedColumn(_FeatureColumn, CategoricalColumn, _CrossedFields):  # type: ignore[misc]
    """One id for each combination of the columns' values."""

    def __new__(
        cls,
        columns: Iterable[Any],
        hash_bucket_size: int,
        hash_key: int | None,
        combiner: str = "sum",
        ckpt_to_load_from: str | None = None,
        tensor_name_in_ckpt: str | None = None,
    ) -> _CrossedColumn:
        columns = sorted(_crossable(columns), key=lambda column: column.name)
        if len(columns) < 2:
            raise ValueError(f"columns must contain at least 2 elements. columns: {columns}")
        if hash_bucket_size < 2:
            raise ValueError(f"hash_bucket_size must be at least 2. hash_bucket_size: {hash_bucket_size}")
        if (ckpt_to_load_from is None) != (tensor_name_in_ckpt is None):
            raise ValueError("Must specify both `ckpt_to_load_from` and `tensor_name_in_ckpt` or none of them.")
        column: _CrossedColumn = super().__new__(
            cls, tuple(columns), hash_bucket_size, hash_key, combiner, ckpt_to_load_from, tensor_name_in_ckpt
        )
        return column

    @property
    def name(self) -> str:
        """Names of all columns."""
        return "_X_".join(sorted(column.name for column in self.columns))

    @property
    def config(self) -> dict[str, Any]:
        """What all columns need."""
        config: dict[str, Any] = {}
        for column in self.columns:
            config.update(column.config)
        return config

    @property
    def length(self) -> int:
        """Number of ids."""
        return self.hash_bucket_size

    def id_tensor(self, input_tensor: Any) -> Any:
        """The ids of the transformed feature."""
        return input_tensor

    def weight_tensor(self, input_tensor: Any) -> Any:  # noqa: ARG002
        """The weights of the transformed feature."""
        return None

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Add the ids."""
        columns_to_tensors[self] = self._transform_feature(LazyBuilder(columns_to_tensors))

    def _to_dnn_input_layer(self, *_: Any, **__: Any) -> Any:
        raise ValueError(f"CrossedColumn is not supported in DNN. Please use embedding_column. column: {self}")

    def _checkpoint_path(self) -> tuple[str, str] | None:
        if self.ckpt_to_load_from is None or self.tensor_name_in_ckpt is None:
            return None
        return self.ckpt_to_load_from, self.tensor_name_in_ckpt

    def _wide_embedding_lookup_arguments(self, input_tensor: Any) -> LinearLookup:
        return LinearLookup(input_tensor, None, self.length, tf.zeros_initializer(), self.combiner)

    def _transform_feature(self, inputs: Any) -> Any:
        tensors = [
            # what is hashed are the values themselves, not the ids of the sparse column
            inputs.get(column.name)
            if isinstance(column, _SparseColumn)
            else column.to_sparse_tensor(inputs.get(column))
            for column in _leaves(self)
        ]
        return sparse_feature_cross(
            tensors, hashed_output=True, num_buckets=self.hash_bucket_size, hash_key=self.hash_key, name="cross"
        )

    @property
    def _num_buckets(self) -> int:
        return self.length

    def _get_sparse_tensors(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:  # noqa: ARG002
        return IdWeightPair(inputs.get(self), None)


def _crossable(columns: Iterable[Any]) -> list[Any]:
    found = list(columns)
    for column in found:
        if not isinstance(column, (_SparseColumn, _CrossedColumn, _BucketizedColumn)):
            raise TypeError(
                "columns must be a set of _SparseColumn, _CrossedColumn, or _BucketizedColumn instances. "
                f"(column {column} is a {type(column).__name__})"
            )
    return found


def _leaves(cross: _CrossedColumn) -> list[Any]:
    return [
        leaf
        for column in cross.columns
        for leaf in (_leaves(column) if isinstance(column, _CrossedColumn) else [column])
    ]


def crossed_column(
    columns: Iterable[Any],
    hash_bucket_size: int,
    combiner: str = "sum",
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    hash_key: int | None = None,
) -> Any:
    """A column of combinations of sparse, bucketized and crossed columns.

    ``hash_key`` chooses another hash than 1.15's first one. ValueError for less than two columns or buckets, or only one of both
    names of the weights to start with; TypeError for other columns.
    """
    return _CrossedColumn(columns, hash_bucket_size, hash_key, combiner, ckpt_to_load_from, tensor_name_in_ckpt)
