"""Metrics of the head for classes that do not exclude each other.

Adapted from TensorFlow 1.15's tensorflow_estimator, contrib/estimator/python/estimator/head.py, Copyright 2017 The TensorFlow
Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from ..._estimator import load

_heads = load("python.estimator.canned.head")
_keys = load("python.estimator.canned.metric_keys").MetricKeys


def trained(loss: Any, optimizer: Any, train_op_fn: Callable[[Any], Any] | None) -> Any:
    """One step of training by an optimizer or a function; ValueError unless exactly one is given."""
    if optimizer is not None:
        if train_op_fn is not None:
            raise ValueError("train_op_fn and optimizer cannot both be set.")
        return optimizer.minimize(loss, global_step=tf.train.get_global_step())
    if train_op_fn is None:
        raise ValueError("train_op_fn and optimizer cannot both be None.")
    return train_op_fn(loss)


def label_metrics(
    key: Callable[[str], str],
    thresholds: Sequence[float],
    class_ids: Sequence[int],
    vocabulary: Sequence[str] | None,
) -> Callable[..., dict[str, Any]]:
    """A function that makes all metrics; ``key`` puts the head's name behind theirs."""

    def metrics(labels: Any, probabilities: Any, weights: Any, losses: Any, extra: Any) -> dict[str, Any]:
        with tf.name_scope(None, "metrics"):
            found = {
                key(_keys.LOSS_MEAN): tf.metrics.mean(values=losses, weights=weights, name=_keys.LOSS_MEAN),
                key(_keys.AUC): tf.metrics.auc(labels, probabilities, weights, name=_keys.AUC),
                key(_keys.AUC_PR): tf.metrics.auc(labels, probabilities, weights, curve="PR", name=_keys.AUC_PR),
            }
            if extra is not None:
                name = _keys.LOSS_REGULARIZATION
                found[key(name)] = tf.metrics.mean(values=extra, name=name)
            for threshold in thresholds:
                for name, metric in (
                    (_keys.ACCURACY_AT_THRESHOLD, _heads._accuracy_at_threshold),
                    (_keys.PRECISION_AT_THRESHOLD, _heads._precision_at_threshold),
                    (_keys.RECALL_AT_THRESHOLD, _heads._recall_at_threshold),
                ):
                    full = name % threshold
                    found[key(full)] = metric(labels, probabilities, weights, threshold, name=full)
            for class_id in class_ids:
                of_class = _class_metrics(class_id, vocabulary, labels, probabilities, weights)
                found.update({key(name): metric for name, metric in of_class.items()})
        return found

    return metrics


def _class_metrics(
    class_id: int, vocabulary: Sequence[str] | None, labels: Any, probabilities: Any, weights: Any
) -> dict[str, Any]:
    batch_rank = tf.rank(probabilities) - 1
    begin = tf.concat([tf.zeros([batch_rank], dtype=tf.int32), [class_id]], axis=0)
    size = tf.concat([-1 * tf.ones([batch_rank], dtype=tf.int32), [1]], axis=0)
    probabilities, labels = (tf.slice(t, begin=begin, size=size) for t in (probabilities, labels))
    if vocabulary is None:
        names = _keys.PROBABILITY_MEAN_AT_CLASS, _keys.AUC_AT_CLASS, _keys.AUC_PR_AT_CLASS
        mean, auc, auc_pr = (name % class_id for name in names)
    else:
        names = _keys.PROBABILITY_MEAN_AT_NAME, _keys.AUC_AT_NAME, _keys.AUC_PR_AT_NAME
        mean, auc, auc_pr = (name % vocabulary[class_id] for name in names)
    return {
        mean: _heads._predictions_mean(predictions=probabilities, weights=weights, name=mean),
        auc: _heads._auc(labels=labels, predictions=probabilities, weights=weights, name=auc),
        auc_pr: _heads._auc(labels=labels, predictions=probabilities, weights=weights, curve="PR", name=auc_pr),
    }
