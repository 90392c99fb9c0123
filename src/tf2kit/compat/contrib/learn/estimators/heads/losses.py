"""Losses of heads: each returns what is minimized and what is reported, both scalars.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/head.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.weights_broadcast_ops import broadcast_weights
from tensorflow.python.util import tf_decorator, tf_inspect

Loss = Callable[..., tuple[Any, Any]]


def weighted(losses: Any, weights: Any) -> tuple[Any, Any]:
    """The mean of (weighted) losses, and their sum divided by that of the weights."""
    with tf.name_scope("loss", values=(losses, weights)) as scope:
        if weights is None:
            loss = tf.reduce_mean(losses, name=scope)
            return loss, loss
        weights = broadcast_weights(weights, losses)
        products = tf.multiply(losses, weights, name="weighted_loss")
        total = tf.cast(tf.reduce_sum(weights), tf.float32)
        return (
            tf.reduce_mean(products, name=scope),
            tf.div(tf.reduce_sum(products), total, name="weighted_average_loss"),
        )


def _as_columns(labels: Any, logits: Any) -> tuple[Any, Any]:
    labels, logits = (
        tf.expand_dims(t, axis=1) if len(t.get_shape()) == 1 else t
        for t in (tf.convert_to_tensor(labels), tf.convert_to_tensor(logits))
    )
    logits.get_shape().assert_is_compatible_with(labels.get_shape())
    return labels, logits


def mean_squared(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Squared differences."""
    with tf.name_scope(None, "mean_squared_loss", (logits, labels)) as name:
        labels, logits = _as_columns(labels, logits)
        return weighted(tf.math.squared_difference(logits, tf.cast(labels, tf.float32), name=name), weights)


def poisson(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Minus the log of Poisson probabilities."""
    with tf.name_scope(None, "_poisson_loss", (logits, labels)) as name:
        labels, logits = _as_columns(labels, logits)
        return weighted(tf.nn.log_poisson_loss(labels, logits, compute_full_loss=True, name=name), weights)


def log_loss_with_two_classes(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Cross entropies of one logit."""
    with tf.name_scope(None, "log_loss_with_two_classes", (logits, labels)) as name:
        labels = tf.cast(labels, tf.float32)
        if len(labels.get_shape()) == 1:
            labels = tf.expand_dims(labels, axis=1)
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=tf.convert_to_tensor(logits), name=name)
        return weighted(losses, weights)


def softmax_cross_entropy(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Cross entropies of a logit for each class; ValueError unless labels are integers."""
    with tf.name_scope(None, "softmax_cross_entropy_loss", (logits, labels)) as name:
        labels = tf.convert_to_tensor(labels)
        if not labels.dtype.is_integer:
            raise ValueError(f"Labels dtype should be integer Instead got {labels.dtype}.")
        is_column = len(labels.get_shape()) == 2
        if is_column:
            labels = tf.squeeze(labels, axis=(1,))
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=name)
        return weighted(tf.expand_dims(losses, axis=1) if is_column else losses, weights)


def sigmoid_cross_entropy(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Cross entropies of independent classes."""
    with tf.name_scope(None, "sigmoid_cross_entropy_loss", (logits, labels)) as name:
        labels = tf.cast(labels, tf.float32)
        return weighted(tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name=name), weights)


def hinge(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
    """Hinge losses of one logit."""
    with tf.name_scope(None, "hinge_loss", (logits, labels)) as name:
        text = "labels shape should be either [batch_size, 1] or [batch_size]"
        with tf.control_dependencies([tf.debugging.Assert(tf.less_equal(tf.rank(labels), 2), (text,))]):
            labels = tf.reshape(labels, shape=(-1, 1))
        reduction = tf.losses.Reduction.NONE
        return weighted(tf.losses.hinge_loss(labels, logits, scope=name, reduction=reduction), weights)


def custom(loss_fn: Callable[..., Any]) -> Loss:
    """A function of labels, logits and weights that returns one loss; ValueError if it has not these arguments."""
    for name in ("labels", "logits", "weights"):
        if name not in _argument_names(loss_fn):
            raise ValueError(f"Argument {name} not found in loss_fn.")

    def wrapped(labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
        loss = loss_fn(labels, logits) if weights is None else loss_fn(labels, logits, weights)
        return loss, loss

    return wrapped


def _argument_names(function: Any) -> list[str]:
    _, function = tf_decorator.unwrap(function)
    if hasattr(function, "__code__"):
        return list(tf_inspect.getfullargspec(function).args)
    return _argument_names(function.func if hasattr(function, "func") else function.__call__)
