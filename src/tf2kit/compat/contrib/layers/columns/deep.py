"""Inputs of networks, made of columns.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column_ops.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import functools
from typing import Any

import tensorflow.compat.v1 as tf

from .base import reshape_to_rank
from .bucketized import _BucketizedColumn
from .crossed import _CrossedColumn
from .embedding import _EmbeddingColumn
from .lookup import embeddings_of
from .one_hot import _OneHotColumn
from .real_valued import _RealValuedColumn, _RealValuedVarLenColumn
from .scattered import _ScatteredEmbeddingColumn
from .transforms import Transformer, check_feature_columns, in_order
from .weighted import _WeightedSparseColumn


def input_from_feature_columns(
    columns_to_tensors: dict[Any, Any],
    feature_columns: Any,
    weight_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
    cols_to_outs: dict[Any, Any] | None = None,
) -> Any:
    """All columns side by side: float32 ``[batch, …]``. ``cols_to_outs`` is filled with each column's part.

    Raises:
      ValueError: two columns are the same, a column is not for networks, or ``cols_to_outs`` is not a dictionary.
    """
    name = "input_from_feature_columns"
    return _input(columns_to_tensors, feature_columns, weight_collections, trainable, scope, 2, name, cols_to_outs)


def sequence_input_from_feature_columns(
    columns_to_tensors: dict[Any, Any],
    feature_columns: Any,
    weight_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Any:
    """All columns of sequences side by side: float32 ``[batch, time, …]``. ValueError for columns that are not for sequences."""
    for column in feature_columns:
        if not isinstance(column, (_OneHotColumn, _EmbeddingColumn, _RealValuedColumn, _RealValuedVarLenColumn)):
            raise ValueError(
                f"FeatureColumn type {type(column).__name__} is not currently supported for sequence data."
            )
    for column in _with_parents(feature_columns):
        if isinstance(column, (_ScatteredEmbeddingColumn, _BucketizedColumn, _CrossedColumn)):
            raise ValueError(
                f"Column {column.name} is of type {type(column).__name__}, which is not currently supported for sequences."
            )
    name = "sequence_input_from_feature_columns"
    return _input(columns_to_tensors, feature_columns, weight_collections, trainable, scope, 3, name, None)


def _input(
    columns_to_tensors: dict[Any, Any],
    feature_columns: Any,
    weight_collections: Any,
    trainable: bool,
    scope: Any,
    output_rank: int,
    default_name: str,
    cols_to_outs: dict[Any, Any] | None,
) -> Any:
    columns_to_tensors = dict(columns_to_tensors)
    check_feature_columns(feature_columns)
    if cols_to_outs is not None and not isinstance(cols_to_outs, dict):
        raise ValueError("cols_to_outs must be a dict unless None")
    if weight_collections:
        weight_collections = list({*weight_collections, tf.GraphKeys.GLOBAL_VARIABLES})
    with tf.variable_scope(scope, default_name=default_name, values=columns_to_tensors.values()):
        outputs = []
        transformer = Transformer(columns_to_tensors)
        for column in in_order(feature_columns):
            with tf.variable_scope(None, default_name=column.name, values=columns_to_tensors.values()):
                tensor = transformer.transform(column)
                if output_rank == 3:
                    reshape = functools.partial(reshape_to_rank, column_name=column.name, output_rank=output_rank)
                    tensor = tuple(map(reshape, tensor)) if isinstance(tensor, tuple) else reshape(tensor)
                outputs.append(_column_input(column, tensor, weight_collections, trainable, output_rank))
            if cols_to_outs is not None:
                cols_to_outs[column] = outputs[-1]
        return tf.concat(outputs, output_rank - 1)


def _column_input(column: Any, tensor: Any, weight_collections: Any, trainable: bool, output_rank: int) -> Any:
    try:
        lookup = column._deep_embedding_lookup_arguments(tensor)
    except NotImplementedError as no_embedding:
        try:
            return column._to_dnn_input_layer(tensor, weight_collections, trainable, output_rank=output_rank)
        except ValueError as error:
            raise ValueError(
                f"Error creating input layer for column: {column.name}.\n{error}, {no_embedding}"
            ) from None
    return embeddings_of(column, lookup, weight_collections, trainable, output_rank=output_rank)


def _with_parents(feature_columns: Any) -> list[Any]:
    """The columns and those that they are made of."""
    found = list(feature_columns)
    for column in found:  # grows while it is walked
        if isinstance(column, (_WeightedSparseColumn, _OneHotColumn, _EmbeddingColumn)):
            found.append(column.sparse_id_column)
        elif isinstance(column, _BucketizedColumn):
            found.append(column.source_column)
        elif isinstance(column, _CrossedColumn):
            found.extend(column.columns)
    return found
