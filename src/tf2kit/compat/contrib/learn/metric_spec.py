"""A metric and what it is applied to.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/metric_spec.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import tf_inspect

__all__ = ["MetricSpec"]

Metric = Callable[..., Any]
_LABELS = ("labels", "label", "targets", "target")
_PREDICTIONS = ("predictions", "prediction", "logits", "logit")
_WEIGHTS = ("weights", "weight")


class MetricSpec:
    """Which predictions, labels and weights a metric function is given.

    Args:
      metric_fn: a function of predictions, labels and weights, under any of their usual names, which returns (value, update operation).
      prediction_key: key of the prediction, if predictions are a dictionary of more than one.
      label_key: key of the label, if labels are a dictionary of more than one.
      weight_key: key of the weights in the features.

    Raises:
      ValueError: a key is given for an argument that the function does not have, or two of its arguments mean the same.
    """

    def __init__(
        self,
        metric_fn: Metric,
        prediction_key: Any = None,
        label_key: Any = None,
        weight_key: Any = None,
    ) -> None:
        self._metric_fn_name = _fn_name(metric_fn)
        self._metric_fn = _adapt(metric_fn, self._metric_fn_name, label_key is not None, weight_key is not None)
        self._prediction_key = prediction_key
        self._label_key = label_key
        self._weight_key = weight_key

    @property
    def prediction_key(self) -> Any:
        """Key of the prediction."""
        return self._prediction_key

    @property
    def label_key(self) -> Any:
        """Key of the label."""
        return self._label_key

    @property
    def weight_key(self) -> Any:
        """Key of the weights."""
        return self._weight_key

    @property
    def metric_fn(self) -> Metric:
        """The metric as a function of ``labels``, ``predictions`` and ``weights`` by these names."""
        return self._metric_fn

    def __str__(self) -> str:
        return (
            f"MetricSpec(metric_fn={self._metric_fn_name}, prediction_key={self.prediction_key}, "
            f"label_key={self.label_key}, weight_key={self.weight_key})"
        )

    def create_metric_ops(self, inputs: Any, labels: Any, predictions: Any) -> Any:
        """What the metric function returns; ValueError or KeyError where the keys do not fit."""
        prediction = _chosen("prediction", predictions, self.prediction_key)
        label = _chosen("label", labels, self.label_key)
        weights = inputs[self.weight_key] if self.weight_key else None
        try:
            return self.metric_fn(labels=label, predictions=prediction, weights=weights)
        except Exception as error:
            tf.logging.error(f"Could not create metric ops for {self}, {error}.")
            raise


def _chosen(name: str, values: Any, key: Any) -> Any:
    if key:
        if not isinstance(values, dict):
            raise ValueError(
                f"MetricSpec with {name}_key specified requires {name}s dict, got {values}.\n"
                f"You must not provide a {name}_key if you only have a single Tensor as {name}s."
            )
        if key not in values:
            raise KeyError(f"Key '{key}' missing from {values.keys()}.")
        return values[key]
    if not isinstance(values, dict):
        return values
    if len(values) != 1:
        raise ValueError(
            f"MetricSpec without specified {name}_key requires {name}s tensor or single element dict, got {values}"
        )
    return next(iter(values.values()))


def _args(fn: Any) -> tuple[str, ...]:
    """Names of arguments that are still open, of functions and partial functions."""
    if hasattr(fn, "func") and hasattr(fn, "keywords"):
        return tuple(arg for arg in _args(fn.func) if arg not in fn.keywords)
    return tuple(tf_inspect.getfullargspec(fn).args)


def _fn_name(fn: Any) -> str:
    return str(getattr(fn, "__name__", None) or getattr(getattr(fn, "func", None), "__name__", fn))


def _matching(fn_name: str, args: Sequence[str], candidates: Sequence[str], required: bool = False) -> str | None:
    """The argument that has one of the candidates' names; the first candidate is the proper name."""
    found = [name for name in candidates if name in args]
    if len(found) > 1:
        raise ValueError(f"Ambiguous arguments {found}, must provide only one of {candidates}.")
    if not found:
        if required:
            raise ValueError(f"{candidates} missing from {fn_name}({args}).")
        return None
    if found[0] != candidates[0]:
        tf.logging.warning("Canonical arg %s missing from %s(%s), using %s.", candidates[0], fn_name, args, found[0])
    return found[0]


def _adapt(metric_fn: Metric, name: str, needs_labels: bool, needs_weights: bool) -> Metric:
    """A function of labels, predictions and weights by name; arguments without one of the usual names are given by position."""
    args = _args(metric_fn)
    labels_arg = _matching(name, args, _LABELS, needs_labels)
    predictions_arg = _matching(name, args, _PREDICTIONS)
    weights_arg = _matching(name, args, _WEIGHTS, needs_weights)

    def adapted(_sentinel: Any = None, labels: Any = None, predictions: Any = None, weights: Any = None) -> Any:
        if _sentinel is not None:
            raise ValueError("`metric_fn` requires named args: `labels`, `predictions`, and optionally `weights`.")
        named = {} if weights is None else {str(weights_arg): weights}
        if predictions_arg:
            named[predictions_arg] = predictions
            if labels_arg:
                named[labels_arg] = labels
            return metric_fn(**named)
        if not labels_arg:
            return metric_fn(predictions, **named)
        if labels_arg == args[0]:
            return metric_fn(labels, predictions, **named)
        return metric_fn(predictions, **{labels_arg: labels}, **named)

    return adapted
