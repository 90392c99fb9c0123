"""What the old canned estimators share: networks and linear models of columns, optimizers, and their ways to predict.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/dnn.py, linear.py and dnn_linear_combined.py, Copyright 2016
The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tf_slim import layers as slim_layers

from ...layers.columns.base import _FeatureColumn
from ...layers.columns.deep import input_from_feature_columns
from ...layers.columns.embedding import _EmbeddingColumn
from ...layers.columns.linear import joint_weighted_sum_from_feature_columns, weighted_sum_from_feature_columns
from .model_fn import ModeKeys

LARGE_SLICE = 64 << 20
LINEAR_LEARNING_RATE = 0.2
_ACTIVATIONS = {"relu": tf.nn.relu, "tanh": tf.nn.tanh, "sigmoid": tf.nn.sigmoid}


class Network(NamedTuple):
    """Shape and settings of a network, and how its layers are summarized: "_" or "/" in front of a summary's name."""

    hidden_units: Sequence[int]
    activation_fn: Any
    dropout: float | None
    separator: str


def feature_dict(features: Any) -> dict[Any, Any]:
    """Features by name; a single tensor is called ""."""
    return features if isinstance(features, dict) else {"": features}


def activation(function: Any) -> Any:
    """An activation by its name, or as it is; ValueError for another name."""
    if not isinstance(function, str):
        return function
    if function not in _ACTIVATIONS:
        raise ValueError(f"Activation name should be one of [{', '.join(_ACTIVATIONS)}], you provided {function}.")
    return _ACTIVATIONS[function]


def made(optimizer: Any) -> Any:
    """An optimizer, or what a function returns."""
    return optimizer() if callable(optimizer) else optimizer


def linear_learning_rate(columns: Sequence[Any]) -> float:
    """The default of linear models: less for more columns."""
    return min(LINEAR_LEARNING_RATE, 1.0 / math.sqrt(len(columns)))


def partitioner(config: Any, least: int = 256 << 10) -> Any:
    """Large variables in parts, one for each parameter server."""
    replicas = config.num_ps_replicas if config else 0
    return tf.min_max_variable_partitioner(max_partitions=replicas, min_slice_size=least)


def summarize(value: Any, tag: str, separator: str) -> None:
    """Summaries of a layer's output."""
    tf.summary.scalar(f"{tag}{separator}fraction_of_zero_values", tf.nn.zero_fraction(value))
    tf.summary.histogram(f"{tag}{separator}activation", value)


def network_logits(
    features: dict[Any, Any], columns: Sequence[Any], network: Network, outputs: int, mode: str, input_parts: Any
) -> tuple[Any, str]:
    """Logits ``[batch, outputs]`` of a network, and the scope of its input, which has a partitioner of its own.

    Variables are in the collection "dnn"; the caller has entered the scope "dnn".
    """
    collections = ["dnn"]
    values = tuple(features.values())
    with tf.variable_scope("input_from_feature_columns", values=values, partitioner=input_parts) as input_scope:
        if all(isinstance(column, _FeatureColumn) for column in columns):
            net = input_from_feature_columns(features, columns, weight_collections=collections, scope=input_scope)
        else:
            net = tf.feature_column.input_layer(features, columns, weight_collections=collections)
    for i, units in enumerate(network.hidden_units):
        with tf.variable_scope(f"hiddenlayer_{i}", values=(net,)) as layer_scope:
            net = slim_layers.fully_connected(
                net, units, activation_fn=network.activation_fn, variables_collections=collections, scope=layer_scope
            )
            if network.dropout is not None and mode == ModeKeys.TRAIN:
                net = slim_layers.dropout(net, keep_prob=1.0 - network.dropout)
        summarize(net, layer_scope.name, network.separator)
    with tf.variable_scope("logits", values=(net,)) as logits_scope:
        logits = slim_layers.fully_connected(
            net, outputs, activation_fn=None, variables_collections=collections, scope=logits_scope
        )
    summarize(logits, logits_scope.name, network.separator)
    return logits, str(input_scope.name)


def linear_logits(features: dict[Any, Any], columns: Sequence[Any], outputs: int, joint: bool, scope: Any) -> Any:
    """Logits ``[batch, outputs]`` of a linear model in ``scope``; its variables are in the collection "linear"."""
    collections = ["linear"]
    if not all(isinstance(column, _FeatureColumn) for column in columns):
        return tf.feature_column.linear_model(
            features=features, feature_columns=columns, units=outputs, weight_collections=collections
        )
    model = joint_weighted_sum_from_feature_columns if joint else weighted_sum_from_feature_columns
    return model(features, columns, outputs, weight_collections=collections, scope=scope)[0]


def embedding_multipliers(multipliers: dict[Any, float] | None, input_scope: str) -> dict[Any, float] | None:
    """Factors of learning rates by variable, of those by embedding column; ValueError for another column."""
    if not multipliers:
        return None
    found = {}
    for column, factor in multipliers.items():
        if not isinstance(column, _EmbeddingColumn):
            raise ValueError(
                f"learning rate multipler can only be defined for embedding columns. It is defined for {column}"
            )
        variables = tf.get_collection("dnn", input_scope + "/" + column.name)
        if not variables:
            raise ValueError(f"Couldn't find a variable for column {column}")
        found.update(dict.fromkeys(variables, factor))
    return found
