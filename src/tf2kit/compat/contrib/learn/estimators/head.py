"""The heads of the old estimators, by their functions.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/head.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from .heads import losses
from .heads.base import Head
from .heads.binary import BinaryLogisticHead, BinarySvmHead
from .heads.multi import LossOnlyHead, MultiHead, no_op_train_fn
from .heads.multi_class import MultiClassHead
from .heads.multi_label import MultiLabelHead
from .heads.regression import RegressionHead

__all__ = [
    "Head",
    "binary_svm_head",
    "loss_only_head",
    "multi_class_head",
    "multi_head",
    "multi_label_head",
    "no_op_train_fn",
    "poisson_regression_head",
    "regression_head",
]


def regression_head(
    label_name: str | None = None,
    weight_column_name: str | None = None,
    label_dimension: int = 1,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    link_fn: Callable[[Any], Any] | None = None,
) -> Head:
    """A head for numbers, trained with squared differences; ``link_fn`` makes scores of logits."""
    return RegressionHead(
        label_name=label_name,
        weight_column_name=weight_column_name,
        label_dimension=label_dimension,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
        loss_fn=losses.mean_squared,
        link_fn=link_fn or tf.identity,
    )


def poisson_regression_head(
    label_name: str | None = None,
    weight_column_name: str | None = None,
    label_dimension: int = 1,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
) -> Head:
    """A head for counts; scores are exponentials of logits."""
    return RegressionHead(
        label_name=label_name,
        weight_column_name=weight_column_name,
        label_dimension=label_dimension,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
        loss_fn=losses.poisson,
        link_fn=tf.exp,
    )


def multi_class_head(
    n_classes: int,
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    thresholds: Sequence[float] | None = None,
    metric_class_ids: Sequence[int] | None = None,
    loss_fn: Callable[..., Any] | None = None,
    label_keys: Sequence[Any] | None = None,
) -> Head:
    """A head for one of several classes.

    Args:
      n_classes: how many; two have one logit.
      label_name: key of the labels.
      weight_column_name: key of the weights in the features.
      enable_centered_bias: whether a bias of its own follows the mean of the labels.
      head_name: name of the head, which its metrics end with.
      thresholds: of metrics, for two classes.
      metric_class_ids: classes with metrics of their own, for more than two.
      loss_fn: a function of labels, logits and weights.
      label_keys: labels that are not numbers, for more than two.

    Raises:
      ValueError: a number or an argument does not fit.
    """
    if n_classes is None or n_classes < 2:
        raise ValueError(f"n_classes must be > 1 for classification: {n_classes}.")
    settings: dict[str, Any] = {
        "label_name": label_name,
        "weight_column_name": weight_column_name,
        "enable_centered_bias": enable_centered_bias,
        "head_name": head_name,
        "thresholds": thresholds,
        "loss_fn": losses.custom(loss_fn) if loss_fn else None,
    }
    if n_classes > 2:
        return MultiClassHead(n_classes, metric_class_ids=metric_class_ids, label_keys=label_keys, **settings)
    if metric_class_ids:
        raise ValueError("metric_class_ids invalid for n_classes==2.")
    if label_keys:
        raise ValueError("label_keys is not supported for n_classes=2.")
    return BinaryLogisticHead(**settings)


def binary_svm_head(
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    thresholds: Sequence[float] | None = None,
) -> Head:
    """A head for two classes, trained with the hinge loss."""
    return BinarySvmHead(label_name, weight_column_name, enable_centered_bias, head_name, thresholds)


def multi_label_head(
    n_classes: int,
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
    thresholds: Sequence[float] | None = None,
    metric_class_ids: Sequence[int] | None = None,
    loss_fn: Callable[..., Any] | None = None,
) -> Head:
    """A head for any number of ``n_classes`` classes; ValueError for less than two."""
    if n_classes < 2:
        raise ValueError("n_classes must be > 1 for classification.")
    return MultiLabelHead(
        n_classes,
        label_name,
        weight_column_name,
        enable_centered_bias,
        head_name,
        thresholds,
        metric_class_ids,
        losses.custom(loss_fn) if loss_fn else None,
    )


def loss_only_head(loss_fn: Callable[[], Any], head_name: str | None = None) -> Head:
    """A head that adds the loss, or the list of losses, of a function."""
    return LossOnlyHead(loss_fn, head_name=head_name)


def multi_head(heads: Sequence[Head], loss_weights: Sequence[float] | None = None) -> Head:
    """Several heads, which must have names; their losses are added up, weighted if there are weights. ValueError if sizes differ."""
    if loss_weights and len(loss_weights) != len(heads):
        raise ValueError("heads and loss_weights must have same size")

    def merged(values: list[Any]) -> Any:
        if loss_weights:
            values = [tf.multiply(value, weight) for value, weight in zip(values, loss_weights, strict=True)]
        return tf.add_n(values)

    return MultiHead(heads, loss_merger=merged)
