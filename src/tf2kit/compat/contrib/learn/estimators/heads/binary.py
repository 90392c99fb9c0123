"""The heads of two classes: logistic, and of support vector machines.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/head.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from ..keys import MetricKey, PredictionKey, ProblemType
from . import losses, metrics
from .base import SingleHead, exported_classes


class _BinaryHead(SingleHead):
    """One logit for two classes."""

    def __init__(
        self,
        label_name: str | None = None,
        weight_column_name: str | None = None,
        enable_centered_bias: bool = False,
        head_name: str | None = None,
        loss_fn: losses.Loss | None = None,
        thresholds: Sequence[float] | None = None,
    ) -> None:
        super().__init__(ProblemType.LOGISTIC_REGRESSION, 1, label_name, weight_column_name, head_name)
        self._thresholds = thresholds or (0.5,)
        self._loss_fn = loss_fn or losses.log_loss_with_two_classes
        self._enable_centered_bias = enable_centered_bias


class BinaryLogisticHead(_BinaryHead):
    """Predicts the logit, its sigmoid, probabilities ``[batch, 2]`` and classes ``[batch]``."""

    _scope_name = "binary_logistic_head"

    def _predictions(self, logits: Any) -> dict[str, Any]:
        both = _two_logits(logits)
        key = PredictionKey
        return {
            key.LOGITS: logits,
            key.LOGISTIC: tf.sigmoid(logits, name=key.LOGISTIC),
            key.PROBABILITIES: tf.nn.softmax(both, name=key.PROBABILITIES),
            key.CLASSES: tf.argmax(both, 1, name=key.CLASSES),
        }

    def _metrics(self, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        logistic = predictions[PredictionKey.LOGISTIC]
        found = {
            MetricKey.ACCURACY: tf.metrics.accuracy(labels, predictions[PredictionKey.CLASSES], weights),
            MetricKey.PREDICTION_MEAN: metrics.mean(logistic, weights),
            MetricKey.LABEL_MEAN: metrics.mean(labels, weights),
            MetricKey.ACCURACY_BASELINE: metrics.mean(labels, weights),
            MetricKey.AUC: metrics.auc(logistic, labels, weights),
            MetricKey.AUC_PR: metrics.auc(logistic, labels, weights, curve="PR"),
        }
        for threshold in self._thresholds:
            found[MetricKey.ACCURACY_MEAN % threshold] = metrics.accuracy_at(logistic, labels, weights, threshold)
            found[MetricKey.PRECISION_MEAN % threshold] = metrics.precision_at(logistic, labels, weights, threshold)
            found[MetricKey.RECALL_MEAN % threshold] = metrics.recall_at(logistic, labels, weights, threshold)
        return found

    def _exported(self, predictions: dict[str, Any]) -> dict[str, Any]:
        return exported_classes(predictions)


class BinarySvmHead(_BinaryHead):
    """Predicts the logit and classes ``[batch]``; trained with the hinge loss."""

    _scope_name = "binary_svm_head"

    def __init__(
        self,
        label_name: str | None,
        weight_column_name: str | None,
        enable_centered_bias: bool,
        head_name: str | None,
        thresholds: Sequence[float] | None,
    ) -> None:
        super().__init__(label_name, weight_column_name, enable_centered_bias, head_name, losses.hinge, thresholds)

    def _predictions(self, logits: Any) -> dict[str, Any]:
        classes = tf.argmax(_two_logits(logits), 1, name=PredictionKey.CLASSES)
        return {PredictionKey.LOGITS: logits, PredictionKey.CLASSES: classes}

    def _metrics(self, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        return {MetricKey.ACCURACY: tf.metrics.accuracy(labels, predictions[PredictionKey.CLASSES], weights)}


def _two_logits(logits: Any) -> Any:
    return tf.concat((tf.zeros_like(logits), logits), 1)
