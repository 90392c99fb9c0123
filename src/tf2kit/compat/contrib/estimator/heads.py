"""The heads of tf.contrib.estimator, for model functions of tf.estimator.

Adapted from TensorFlow 1.15's tensorflow_estimator, contrib/estimator/python/estimator/head.py, Copyright 2017 The TensorFlow
Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from ..._estimator import load

__all__ = [
    "binary_classification_head",
    "logistic_regression_head",
    "multi_class_head",
    "poisson_regression_head",
    "regression_head",
]

_heads = load("python.estimator.canned.head")
LossFn = Callable[..., Any]
MEAN = tf.losses.Reduction.SUM_OVER_BATCH_SIZE


def multi_class_head(
    n_classes: int,
    weight_column: Any = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = MEAN,
    loss_fn: LossFn | None = None,
    name: str | None = None,
) -> Any:
    """A head for one of more than two classes.

    Args:
      n_classes: number of classes.
      weight_column: name or numeric column of the weights in the features.
      label_vocabulary: labels that are not numbers.
      loss_reduction: one of tf.losses.Reduction.
      loss_fn: a function of labels and logits, and of features and loss_reduction if it has them.
      name: of the head.

    Raises:
      ValueError: an argument does not fit.
    """
    return _heads._multi_class_head_with_softmax_cross_entropy_loss(
        n_classes=n_classes,
        weight_column=weight_column,
        label_vocabulary=label_vocabulary,
        loss_reduction=loss_reduction,
        loss_fn=loss_fn,
        name=name,
    )


def binary_classification_head(
    weight_column: Any = None,
    thresholds: Sequence[float] | None = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = MEAN,
    loss_fn: LossFn | None = None,
    name: str | None = None,
) -> Any:
    """A head for two classes, with metrics at the thresholds; the other arguments are those of `multi_class_head`."""
    return _heads._binary_logistic_head_with_sigmoid_cross_entropy_loss(
        weight_column=weight_column,
        thresholds=thresholds,
        label_vocabulary=label_vocabulary,
        loss_reduction=loss_reduction,
        loss_fn=loss_fn,
        name=name,
    )


def regression_head(
    weight_column: Any = None,
    label_dimension: int = 1,
    loss_reduction: str = MEAN,
    loss_fn: LossFn | None = None,
    inverse_link_fn: Callable[[Any], Any] | None = None,
    name: str | None = None,
) -> Any:
    """A head for ``label_dimension`` numbers, which ``inverse_link_fn`` makes of logits; the others are as for `multi_class_head`."""
    return _heads._regression_head(
        weight_column=weight_column,
        label_dimension=label_dimension,
        loss_reduction=loss_reduction,
        loss_fn=loss_fn,
        inverse_link_fn=inverse_link_fn,
        name=name,
    )


def poisson_regression_head(
    weight_column: Any = None,
    label_dimension: int = 1,
    loss_reduction: str = MEAN,
    compute_full_loss: bool = True,
    name: str | None = None,
) -> Any:
    """A head for counts; predictions are exponentials of logits. ``compute_full_loss`` keeps the part that labels alone make."""

    def poisson_loss(labels: Any, logits: Any) -> Any:
        return tf.nn.log_poisson_loss(targets=labels, log_input=logits, compute_full_loss=compute_full_loss)

    return regression_head(weight_column, label_dimension, loss_reduction, poisson_loss, tf.exp, name)


def logistic_regression_head(weight_column: Any = None, loss_reduction: str = MEAN, name: str | None = None) -> Any:
    """A head for a number between 0 and 1, trained with the cross entropy."""

    def logistic_loss(labels: Any, logits: Any) -> Any:
        labels = _heads._assert_range(labels, n_classes=2, message="Labels must be in range [0, 1]")
        return tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)

    return regression_head(weight_column, 1, loss_reduction, logistic_loss, tf.sigmoid, name)
