"""Linear models of columns.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column_ops.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tf_slim.ops.variables import model_variable

from ..embedding_ops import safe_embedding_lookup_sparse
from .base import LinearLookup, reshape_to_rank
from .lookup import parts_of, restore
from .transforms import Transformer, check_feature_columns, in_order


def weighted_sum_from_feature_columns(
    columns_to_tensors: dict[Any, Any],
    feature_columns: Any,
    num_outputs: int,
    weight_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> tuple[Any, dict[Any, list[Any]], Any]:
    """A linear model: outputs ``[batch, num_outputs]``, the parts of each column's weights, and the bias.

    Raises:
      ValueError: two columns are the same, or a column is not for linear models.
    """
    columns_to_tensors = dict(columns_to_tensors)
    check_feature_columns(feature_columns)
    values = columns_to_tensors.values()
    with tf.variable_scope(scope, default_name="weighted_sum_from_feature_columns", values=values):
        outputs, weights = [], {}
        transformer = Transformer(columns_to_tensors)
        for column in in_order(feature_columns):
            tensor = transformer.transform(column)
            with tf.variable_scope(None, default_name=column.name, values=columns_to_tensors.values()):
                parts, output = _column_sum(column, tensor, num_outputs, trainable, weight_collections)
            outputs.append(tf.reshape(output, shape=(-1, num_outputs)))
            weights[column] = parts
            restore(column._checkpoint_path(), parts)
        bias = _bias(num_outputs, trainable, weight_collections)
        return tf.nn.bias_add(tf.add_n(outputs), bias), weights, bias


def _column_sum(column: Any, tensor: Any, num_outputs: int, trainable: bool, collections: Any) -> tuple[list[Any], Any]:
    try:
        lookup = column._wide_embedding_lookup_arguments(tensor)
    except NotImplementedError:
        dense = reshape_to_rank(column._to_dense_tensor(tensor), column.name, 2)
        weight = model_variable(
            name="weight",
            shape=[dense.get_shape().as_list()[1], num_outputs],
            initializer=tf.zeros_initializer(),
            trainable=trainable,
            collections=collections,
        )
        return [weight], tf.matmul(dense, weight, name="matmul")
    except ValueError as error:
        raise ValueError(f"Error creating weighted sum for column: {column.name}.\n{error}") from None
    return _look_up(lookup, num_outputs, trainable, collections, column.name + "_weights")


def _look_up(lookup: LinearLookup, num_outputs: int, trainable: bool, collections: Any, name: str) -> tuple[Any, Any]:
    parts = parts_of(
        model_variable(
            name="weights",
            shape=[lookup.vocab_size, num_outputs],
            dtype=tf.float32,
            initializer=lookup.initializer,
            trainable=trainable,
            collections=collections,
        )
    )
    output = safe_embedding_lookup_sparse(
        parts, lookup.input_tensor, sparse_weights=lookup.weight_tensor, combiner=lookup.combiner, name=name
    )
    return parts, output


def _bias(num_outputs: int, trainable: bool, collections: Any) -> Any:
    if collections:
        collections = list({*collections, tf.GraphKeys.GLOBAL_VARIABLES})
    return model_variable(
        "bias_weight",
        shape=[num_outputs],
        initializer=tf.zeros_initializer(),
        trainable=trainable,
        collections=collections,
    )


def joint_weighted_sum_from_feature_columns(
    columns_to_tensors: dict[Any, Any],
    feature_columns: Any,
    num_outputs: int,
    weight_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> tuple[Any, list[Any], Any]:
    """A linear model with one variable for all columns: outputs ``[batch, num_outputs]``, the parts of the weights, and the bias.

    Raises:
      NotImplementedError: a column is real-valued.
      AssertionError: a column has weights, or another combiner than "sum".
    """
    columns_to_tensors = dict(columns_to_tensors)
    check_feature_columns(feature_columns)
    values = columns_to_tensors.values()
    with tf.variable_scope(scope, default_name="joint_weighted_sum_from_feature_columns", values=values):
        transformer = Transformer(columns_to_tensors)
        lookups = []
        for column in in_order(feature_columns):
            tensor = transformer.transform(column)
            try:
                lookups.append(column._wide_embedding_lookup_arguments(tensor))
            except NotImplementedError:
                raise NotImplementedError(
                    "Real-valued columns are not supported. "
                    "Use weighted_sum_from_feature_columns instead, or bucketize these columns."
                ) from None
        with tf.variable_scope(None, default_name="linear_weights", values=columns_to_tensors.values()):
            parts, output = _look_up(_joined(lookups), num_outputs, trainable, weight_collections, "_weights")
        bias = _bias(num_outputs, trainable, weight_collections)
        return tf.nn.bias_add(output, bias), parts, bias


def _joined(lookups: list[LinearLookup]) -> LinearLookup:
    """The ids of all columns, one behind the other."""
    assert lookups, "At least one column must be in the model."
    instead = "Please use weighted_sum_from_feature_columns instead."
    size, tensors = 0, []
    for lookup in lookups:
        assert lookup.weight_tensor is None, f"Joint sums for weighted sparse columns are not supported. {instead}"
        assert lookup.combiner == "sum", f"Combiners other than sum are not supported for joint sums. {instead}"
        ids = lookup.input_tensor
        tensors.append(tf.SparseTensor(ids.indices, ids.values + size, ids.dense_shape))
        size += lookup.vocab_size
    return LinearLookup(tf.sparse.concat(1, tensors), None, size, tf.zeros_initializer(), "sum")
