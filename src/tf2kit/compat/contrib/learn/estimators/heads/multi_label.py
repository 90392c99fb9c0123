"""The head of classes that do not exclude each other.

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
from .multi_class import checked_ids


class MultiLabelHead(SingleHead):
    """Predicts logits, probabilities and classes (0 or 1), each ``[batch, n_classes]``; labels are such classes or sparse ids."""

    _scope_name = "multi_label_head"

    def __init__(
        self,
        n_classes: int,
        label_name: str | None,
        weight_column_name: str | None,
        enable_centered_bias: bool,
        head_name: str | None,
        thresholds: Sequence[float] | None,
        metric_class_ids: Sequence[int] | None = None,
        loss_fn: losses.Loss | None = None,
    ) -> None:
        super().__init__(ProblemType.CLASSIFICATION, n_classes, label_name, weight_column_name, head_name)
        self._thresholds = thresholds or (0.5,)
        self._loss_fn = loss_fn or losses.sigmoid_cross_entropy
        self._enable_centered_bias = enable_centered_bias
        self._metric_class_ids = checked_ids(metric_class_ids, n_classes)

    def _transform_labels(self, labels: Any) -> Any:
        tensor = self._labels_tensor(labels)
        if isinstance(tensor, tf.SparseTensor):
            return tf.cast(tf.sparse.to_indicator(tensor, self.logits_dimension), tf.int64)
        return tensor

    def _predictions(self, logits: Any) -> dict[str, Any]:
        key = PredictionKey
        return {
            key.LOGITS: logits,
            key.PROBABILITIES: tf.sigmoid(logits, name=key.PROBABILITIES),
            key.CLASSES: tf.cast(tf.greater(logits, 0), tf.int64, name=key.CLASSES),
        }

    def _metrics(self, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        classes, probabilities = predictions[PredictionKey.CLASSES], predictions[PredictionKey.PROBABILITIES]
        found = {
            MetricKey.ACCURACY: tf.metrics.accuracy(labels, classes, weights),
            MetricKey.AUC: metrics.auc(probabilities, labels, weights),
            MetricKey.AUC_PR: metrics.auc(probabilities, labels, weights, curve="PR"),
        }
        for i in self._metric_class_ids:
            found[MetricKey.CLASS_PREDICTION_MEAN % i] = metrics.mean(classes, weights, i)
            found[MetricKey.CLASS_LABEL_MEAN % i] = metrics.mean(labels, weights, i)
            found[MetricKey.CLASS_PROBABILITY_MEAN % i] = metrics.mean(probabilities, weights, i)
            found[MetricKey.CLASS_LOGITS_MEAN % i] = metrics.mean(predictions[PredictionKey.LOGITS], weights, i)
            found[MetricKey.CLASS_AUC % i] = metrics.auc(probabilities, labels, weights, i)
            found[MetricKey.CLASS_AUC_PR % i] = metrics.auc(probabilities, labels, weights, i, curve="PR")
        return found

    def _exported(self, predictions: dict[str, Any]) -> dict[str, Any]:
        return exported_classes(predictions)
