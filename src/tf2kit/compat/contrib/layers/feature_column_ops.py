"""Inputs of networks and linear models, made of tf.contrib.layers' feature columns."""

from .columns.deep import input_from_feature_columns, sequence_input_from_feature_columns
from .columns.linear import joint_weighted_sum_from_feature_columns, weighted_sum_from_feature_columns
from .columns.transforms import (
    check_feature_columns,
    infer_real_valued_columns,
    parse_feature_columns_from_examples,
    parse_feature_columns_from_sequence_examples,
    transform_features,
)

__all__ = [
    "check_feature_columns",
    "infer_real_valued_columns",
    "input_from_feature_columns",
    "joint_weighted_sum_from_feature_columns",
    "parse_feature_columns_from_examples",
    "parse_feature_columns_from_sequence_examples",
    "sequence_input_from_feature_columns",
    "transform_features",
    "weighted_sum_from_feature_columns",
]
