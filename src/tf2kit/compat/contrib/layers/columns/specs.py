"""How to parse the features of columns from Examples.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .base import _FeatureColumn

Spec = dict[str, Any]


def create_feature_spec_for_parsing(feature_columns: Any) -> Spec:
    """What tf.parse_example needs for an iterable, or a dictionary's values, of columns; TypeError for anything else."""
    columns = feature_columns.values() if isinstance(feature_columns, dict) else feature_columns
    spec: Spec = {}
    for column in columns:
        if not isinstance(column, _FeatureColumn):
            raise TypeError(
                f"feature_columns should only contain instances of _FeatureColumn. Given column is {column}"
            )
        spec.update(column.config)
    return spec


def _create_sequence_feature_spec_for_parsing(
    sequence_feature_columns: Any, allow_missing_by_default: bool = False
) -> Spec:
    """The same for the features of a SequenceExample; a default value only means that a feature may be missing."""
    spec: Spec = {}
    for key, feature in create_feature_spec_for_parsing(sequence_feature_columns).items():
        if isinstance(feature, tf.VarLenFeature):
            spec[key] = feature
        else:
            spec[key] = tf.FixedLenSequenceFeature(
                shape=feature.shape,
                dtype=feature.dtype,
                allow_missing=allow_missing_by_default or feature.default_value is not None,
            )
    return spec


def make_place_holder_tensors_for_base_features(feature_columns: Any) -> dict[str, Any]:
    """A placeholder for each feature, sparse where it is a list."""
    placeholders = {}
    for name, feature in create_feature_spec_for_parsing(feature_columns).items():
        title = f"Placeholder_{name}"
        if isinstance(feature, tf.VarLenFeature):
            placeholders[name] = tf.sparse_placeholder(feature.dtype, name=title)
        else:
            placeholders[name] = tf.placeholder(feature.dtype, (None, feature.shape[0]), name=title)
    return placeholders
