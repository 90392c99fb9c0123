"""The head of more than two classes.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/head.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import lookup_ops

from ..keys import MetricKey, PredictionKey, ProblemType
from . import losses, metrics
from .base import SingleHead, exported_classes


class MultiClassHead(SingleHead):
    """Predicts logits and probabilities ``[batch, n_classes]`` and classes ``[batch]``, which are numbers or ``label_keys``."""

    _scope_name = "multi_class_head"

    def __init__(
        self,
        n_classes: int,
        label_name: str | None = None,
        weight_column_name: str | None = None,
        enable_centered_bias: bool = False,
        head_name: str | None = None,
        loss_fn: losses.Loss | None = None,
        thresholds: Sequence[float] | None = None,
        metric_class_ids: Sequence[int] | None = None,
        label_keys: Sequence[Any] | None = None,
    ) -> None:
        super().__init__(ProblemType.CLASSIFICATION, n_classes, label_name, weight_column_name, head_name)
        if n_classes is None or n_classes <= 2:
            raise ValueError(f"n_classes must be > 2: {n_classes}.")
        self._thresholds = thresholds or (0.5,)
        self._ids_loss_fn = loss_fn or losses.softmax_cross_entropy
        self._loss_fn = self._loss_of_labels
        self._enable_centered_bias = enable_centered_bias
        self._metric_class_ids = checked_ids(metric_class_ids, n_classes)
        if label_keys and len(label_keys) != n_classes:
            raise ValueError("Length of label_keys must equal n_classes.")
        self._label_keys = label_keys

    def _transform_labels(self, labels: Any) -> dict[str, Any]:
        """Labels as they are, and their numbers."""
        tensor = super()._transform_labels(labels)
        ids = tensor
        if self._label_keys:
            ids = lookup_ops.index_table_from_tensor(self._label_keys, name="label_id_lookup").lookup(tensor)
        return {"labels": tensor, "label_ids": ids}

    def _loss_of_labels(self, labels: dict[str, Any], logits: Any, weights: Any = None) -> tuple[Any, Any]:
        return self._ids_loss_fn(labels["label_ids"], logits, weights=weights)

    def _predictions(self, logits: Any) -> dict[str, Any]:
        key = PredictionKey
        classes = tf.argmax(logits, 1, name=key.CLASSES)
        if self._label_keys:
            table = lookup_ops.index_to_string_table_from_tensor(self._label_keys, name="class_string_lookup")
            classes = table.lookup(classes)
        return {
            key.LOGITS: logits,
            key.PROBABILITIES: tf.nn.softmax(logits, name=key.PROBABILITIES),
            key.CLASSES: classes,
        }

    def _metrics(self, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        classes = predictions[PredictionKey.CLASSES]
        found = {MetricKey.ACCURACY: tf.metrics.accuracy(labels["labels"], classes, weights)}
        for i in () if self._label_keys else self._metric_class_ids:
            probabilities, logits = predictions[PredictionKey.PROBABILITIES], predictions[PredictionKey.LOGITS]
            found[MetricKey.CLASS_PREDICTION_MEAN % i] = metrics.share_of_class(classes, weights, i)
            found[MetricKey.CLASS_LABEL_MEAN % i] = metrics.share_of_class(labels["label_ids"], weights, i)
            found[MetricKey.CLASS_PROBABILITY_MEAN % i] = metrics.mean(probabilities, weights, i)
            found[MetricKey.CLASS_LOGITS_MEAN % i] = metrics.mean(logits, weights, i)
        return found

    def _exported(self, predictions: dict[str, Any]) -> dict[str, Any]:
        return exported_classes(predictions, self._label_keys)


def checked_ids(ids: Sequence[int] | None, n_classes: int) -> tuple[int, ...]:
    """Numbers of classes that have metrics of their own; ValueError for one that is no class."""
    for class_id in ids or ():
        if not 0 <= class_id < n_classes:
            raise ValueError(f"Class ID {class_id} not in [0, {n_classes}).")
    return tuple(ids or ())
