"""Features transformed by columns, parsed for columns, and columns inferred from features.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column_ops.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import tensorflow.compat.v1 as tf

from .real_valued import real_valued_column
from .specs import _create_sequence_feature_spec_for_parsing, create_feature_spec_for_parsing


class Transformer:
    """Transforms each column once."""

    def __init__(self, columns_to_tensors: dict[Any, Any]) -> None:
        self._columns_to_tensors = columns_to_tensors

    def transform(self, feature_column: Any) -> Any:
        """The column's tensor, which is added to the dictionary; ValueError if the column does not do that."""
        if feature_column not in self._columns_to_tensors:
            feature_column.insert_transformed_feature(self._columns_to_tensors)
        if feature_column not in self._columns_to_tensors:
            raise ValueError(f"Column {feature_column.name} is not supported.")
        return self._columns_to_tensors[feature_column]


def in_order(feature_columns: Iterable[Any]) -> list[Any]:
    """The columns sorted by their keys: variables are made in this order."""
    return sorted(set(feature_columns), key=lambda column: column.key)


def check_feature_columns(feature_columns: Any) -> None:
    """ValueError for a dictionary, or two columns with the same key."""
    if isinstance(feature_columns, dict):
        raise ValueError("Expected feature_columns to be iterable, found dict.")
    seen = set()
    for column in feature_columns:
        if column.key in seen:
            raise ValueError(
                f"Duplicate feature column key found for column: {column.name}. "
                "This usually means that the column is almost identical to another column, and one must be discarded."
            )
        seen.add(column.key)


def transform_features(features: dict[Any, Any], feature_columns: Any) -> dict[Any, Any]:
    """What each column makes of the features, by column."""
    check_feature_columns(feature_columns)
    transformer = Transformer(dict(features))
    return {column: transformer.transform(column) for column in in_order(feature_columns)}


def parse_feature_columns_from_examples(
    serialized: Any, feature_columns: Any, name: str | None = None, example_names: Any = None
) -> dict[Any, Any]:
    """Features by name and by column, of serialized Examples ``[batch]``."""
    check_feature_columns(feature_columns)
    tensors: dict[Any, Any] = tf.parse_example(
        serialized=serialized,
        features=create_feature_spec_for_parsing(feature_columns),
        name=name,
        example_names=example_names,
    )
    transformer = Transformer(tensors)
    for column in in_order(feature_columns):
        transformer.transform(column)
    return tensors


def parse_feature_columns_from_sequence_examples(
    serialized: Any,
    context_feature_columns: Any,
    sequence_feature_columns: Any,
    name: str | None = None,
    example_name: Any = None,
) -> Any:
    """Context features and sequence features by name, of one serialized SequenceExample; ValueError for a batch of them."""
    try:
        serialized = tf.reshape(serialized, [])
    except ValueError as error:
        raise ValueError(
            "serialized must contain as single sequence example. "
            f"Batching must be done after parsing for sequence examples. Error: {error}"
        ) from None
    context, sequence = context_feature_columns or [], sequence_feature_columns or []
    check_feature_columns(context)
    check_feature_columns(sequence)
    return tf.parse_single_sequence_example(
        serialized,
        create_feature_spec_for_parsing(context),
        _create_sequence_feature_spec_for_parsing(sequence),
        example_name,
        name,
    )


def infer_real_valued_columns(features: Any) -> list[Any]:
    """A real-valued column for each feature of a dictionary, or one called "" for a tensor; ValueError for what is not dense numbers."""
    if not isinstance(features, dict):
        return [_infer("", features)]
    return [_infer(name, tensor) for name, tensor in features.items()]


def _infer(name: str, tensor: Any) -> Any:
    if isinstance(tensor, tf.SparseTensor):
        raise ValueError(
            f"SparseTensor is not supported for auto detection. Please define corresponding FeatureColumn for tensor {name} {tensor}."
        )
    if not (tensor.dtype.is_integer or tensor.dtype.is_floating):
        raise ValueError(
            "Non integer or non floating types are not supported for auto detection. "
            f"Please define corresponding FeatureColumn for tensor {name} {tensor}."
        )
    return real_valued_column(name, dimension=math.prod(tensor.get_shape().as_list()[1:]), dtype=tensor.dtype)
