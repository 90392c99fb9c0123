"""The old estimator of logistic regression.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/logistic_regressor.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from .estimator import Estimator
from .keys import MetricKey, ProblemType
from .model_fn import ModeKeys, ModelFnOps


def LogisticRegressor(  # noqa: N802 (its old name)
    model_fn: Callable[..., Any],
    thresholds: Sequence[float] | None = None,
    model_dir: str | None = None,
    config: Any = None,
    feature_engineering_fn: Any = None,
) -> Estimator:
    """An Estimator with the metrics of probabilities, of a function (features, labels, mode) -> (probabilities, loss, train operation)."""

    def with_metrics(features: Any, labels: Any, mode: str, params: dict[str, Any]) -> ModelFnOps:
        predictions, loss, train_op = model_fn(features, labels, mode)
        metrics = None
        if mode == ModeKeys.EVAL:
            metrics = _metrics(labels, predictions, params.get("thresholds") or [0.5])
        return ModelFnOps(
            mode=mode,
            predictions=predictions,
            loss=loss,
            train_op=train_op,
            eval_metric_ops=metrics,
            output_alternatives={"head": (ProblemType.LOGISTIC_REGRESSION, {"predictions": predictions})},
        )

    return Estimator(
        model_fn=with_metrics,
        model_dir=model_dir,
        config=config,
        params={"thresholds": thresholds},
        feature_engineering_fn=feature_engineering_fn,
    )


def _metrics(labels: Any, predictions: Any, thresholds: Sequence[float]) -> dict[str, Any]:
    if isinstance(labels, dict) and len(labels) == 1:
        labels = next(iter(labels.values()))
    found = {
        MetricKey.PREDICTION_MEAN: tf.metrics.mean(predictions),
        MetricKey.LABEL_MEAN: tf.metrics.mean(labels),
        MetricKey.ACCURACY_BASELINE: tf.metrics.mean(labels),
        MetricKey.AUC: tf.metrics.auc(labels, predictions),
    }
    for threshold in thresholds:
        name = f"predictions_at_threshold_{threshold:f}"
        above = tf.cast(tf.greater_equal(predictions, threshold), tf.float32, name=name)
        found[MetricKey.ACCURACY_MEAN % threshold] = tf.metrics.accuracy(labels, above)
        found[MetricKey.PRECISION_MEAN % threshold] = tf.metrics.precision(labels, above)
        found[MetricKey.RECALL_MEAN % threshold] = tf.metrics.recall(labels, above)
    return found
