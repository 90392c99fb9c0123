"""Metrics of heads.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/head.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.weights_broadcast_ops import broadcast_weights


def _of_class(values: Any, weights: Any, class_id: int | None) -> tuple[Any, Any]:
    """Values and weights, broadcast to them, of one class."""
    if weights is not None:
        weights = broadcast_weights(_floats(weights), values)
    if class_id is None:
        return values, weights
    return values[:, class_id], None if weights is None else weights[:, class_id]


def _floats(weights: Any) -> Any:
    return None if weights is None else tf.cast(weights, tf.float32)


def mean(values: Any, weights: Any = None, class_id: int | None = None) -> Any:
    """Weighted mean of predictions or labels, of one class if it is given."""
    return tf.metrics.mean(*_of_class(tf.cast(values, tf.float32), weights, class_id))


def share_of_class(values: Any, weights: Any, class_id: int) -> Any:
    """Weighted share of a class among predicted classes or labels."""
    is_class = tf.equal(tf.cast(class_id, tf.int32), tf.cast(values, tf.int32))
    return tf.metrics.mean(tf.where(is_class, tf.ones_like(values), tf.zeros_like(values)), weights=weights)


def auc(predictions: Any, labels: Any, weights: Any = None, class_id: int | None = None, curve: str = "ROC") -> Any:
    """Area under a curve."""
    labels = tf.cast(labels, tf.bool)
    predictions, weights = _of_class(tf.cast(predictions, tf.float32), weights, class_id)
    labels = labels if class_id is None else labels[:, class_id]
    return tf.metrics.auc(labels, predictions, weights, curve=curve)


def accuracy_at(predictions: Any, labels: Any, weights: Any, threshold: float) -> Any:
    """Accuracy of predictions that are at or above a threshold."""
    above = tf.cast(tf.greater_equal(predictions, threshold), tf.float32)
    return tf.metrics.accuracy(labels, above, weights)


def precision_at(predictions: Any, labels: Any, weights: Any, threshold: float) -> Any:
    """Precision of predictions that are at or above a threshold."""
    found = tf.metrics.precision_at_thresholds(labels, predictions, (threshold,), _floats(weights))
    return tuple(tf.squeeze(t) for t in found)


def recall_at(predictions: Any, labels: Any, weights: Any, threshold: float) -> Any:
    """Recall of predictions that are at or above a threshold."""
    found = tf.metrics.recall_at_thresholds(labels, predictions, (threshold,), _floats(weights))
    return tuple(tf.squeeze(t) for t in found)
