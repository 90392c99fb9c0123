"""Operations of an estimator's metrics, and their values as summaries.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/estimator.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
from google.protobuf.message import DecodeError

from ..metric_spec import MetricSpec


def make_metrics_ops(metrics: dict[Any, Any] | None, features: Any, labels: Any, predictions: Any) -> dict[str, Any]:
    """What each metric returns. A metric is a `MetricSpec`, or a function of predictions and labels.

    The name of a function is a text, or (name, key of the prediction) if predictions are a dictionary.

    Raises:
      ValueError: a name does not fit the predictions.
    """
    single_label = next(iter(labels.values())) if isinstance(labels, dict) and len(labels) == 1 else labels
    result = {}
    for name, metric in sorted((metrics or {}).items()):
        if isinstance(metric, MetricSpec):
            result[name] = metric.create_metric_ops(features, labels, predictions)
        elif not isinstance(name, tuple):
            if isinstance(predictions, dict):
                raise ValueError(
                    "Metrics passed provide only name, no prediction, but predictions are dict. "
                    f"Metrics: {metrics}, Labels: {single_label}."
                )
            result[name] = metric(predictions, single_label)
        else:
            if len(name) != 2:
                raise ValueError(f"Invalid metric for {name}. It returned a tuple with len {len(name)}, expected 2.")
            if not isinstance(predictions, dict):
                raise ValueError(
                    "Metrics passed provide (name, prediction), but predictions are not dict. "
                    f"Metrics: {metrics}, Predictions: {predictions}."
                )
            label = labels[name[1]] if isinstance(labels, dict) and name[1] in labels else single_label
            result[name[0]] = metric(predictions[name[1]], label)
    return result


def split_metric_ops(metric_ops: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """One operation that updates all metrics (None without any), and their values by name."""
    updates, values = [], {}
    for name, ops in metric_ops.items():
        values[name] = ops
        if isinstance(ops, (list, tuple)):
            if len(ops) == 2:
                values[name] = ops[0]
                updates.append(ops[1])
            else:
                tf.logging.warning(f"Ignoring metric {name}. It returned a list|tuple with len {len(ops)}, expected 2")
    return (tf.group(*updates) if updates else None), values


def write_summary(folder: str, values: dict[str, Any], step: int) -> None:
    """Write values of metrics as a summary of ``step``: numbers, arrays, and serialized summaries."""
    shown = [f"{k} = {v}" if _is_number(v) else f"Type of {k} = {type(v)}" for k, v in sorted(values.items())]
    tf.logging.info("Saving dict for global step %d: %s", step, ", ".join(shown))
    summary = tf.Summary()
    for key, value in values.items():
        if value is not None and key != "global_step":
            _add(summary, key, value)
    writer = tf.summary.FileWriterCache.get(folder)
    writer.add_summary(summary, step)
    writer.flush()


def _is_number(value: Any) -> bool:
    return isinstance(value, (float, np.float32, int, np.int32, np.int64))


def _add(summary: tf.Summary, key: str, value: Any) -> None:
    if _is_number(value):
        summary.value.add(tag=key, simple_value=float(value))
    elif isinstance(value, bytes):
        try:
            inner = tf.Summary.FromString(value)
        except DecodeError:
            tf.logging.warn("Skipping summary for %s, cannot parse string to Summary.", key)
            return
        for part in inner.value:
            part.tag = key
        summary.value.extend(inner.value)
    elif isinstance(value, np.ndarray):
        summary.value.add(tag=key, node_name=key, tensor=tf.make_tensor_proto(value))
    else:
        tf.logging.warn("Skipping summary for %s, must be a number, an array or a serialized string of Summary.", key)
