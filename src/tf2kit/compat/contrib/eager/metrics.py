"""Metrics with state: ``tfe.metrics``.

Adapted from TensorFlow 1.15, contrib/eager/python/metrics_impl.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import re
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.eager import context
from tensorflow.python.framework.smart_cond import smart_cond
from tensorflow.python.ops import summary_ops_v2
from tensorflow.python.trackable.base import Trackable

__all__ = ["Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "Mean", "Metric", "SparseAccuracy"]
_NOT_IN_SCOPES = re.compile("[^A-Za-z0-9.]")


class Metric(Trackable):
    """A metric: ``build`` makes variables, ``call`` updates them, ``result`` computes the value.

    In a graph the variables are local ones, or global ones with ``use_global_variables``.
    """

    def __init__(self, name: str | None = None, use_global_variables: bool = False) -> None:
        self._built = False
        self._vars: list[Any] = []
        self._initial_values: dict[Any, Any] = {}
        self._use_global_variables = use_global_variables
        name = name or type(self).__name__
        scope_name = _NOT_IN_SCOPES.sub("_", name)
        with tf.variable_scope(scope_name, use_resource=True, reuse=False) as scope:
            # with the number that the scope was given, if the name was taken
            self._name = name + scope.name[scope.name.rfind(scope_name) + len(scope_name) :]
            self._scope = scope
        if tf.executing_eagerly():
            self._construction_scope = context.eager_mode
        else:
            self._construction_scope = tf.get_default_graph().as_default
            # a function, so that the updates run when its result does
            self.call = tf.function(self.call, autograph=False)  # type: ignore[method-assign]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Update the state with values; returns what `call` returns."""
        if not self._built:
            with tf.variable_scope(self._scope), self._construction_scope():
                self.build(*args, **kwargs)
            self._built = True
        return self.call(*args, **kwargs)

    @property
    def name(self) -> str:
        """The metric's name."""
        return str(self._name)

    @property
    def variables(self) -> list[Any]:
        """The metric's variables."""
        return self._vars

    def init_variables(self) -> Any:
        """Start anew: at once in eager code, else the operation for it."""
        if not tf.executing_eagerly():
            return tf.group([v.initializer for v in self._vars])
        for v in self._vars:
            v.assign(self._initial_values[v.ref()])
        return None

    def build(self, *args: Any, **kwargs: Any) -> None:
        """Make variables with `add_variable`; for subclasses."""
        raise NotImplementedError("Metrics must define a build() member function")

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Update the variables; for subclasses."""
        raise NotImplementedError("Metrics must define a call() member function")

    def result(self) -> Any:
        """The value so far; for subclasses."""
        raise NotImplementedError("Metrics must define a result() member function")

    def value(self) -> Any:
        """In eager code the function `result`, else its value."""
        return self.result if tf.executing_eagerly() else self.result()

    def aggregate(self, metrics: Any) -> None:
        """Add the state of others of the same class; TypeError or ValueError if they do not fit."""
        for other in metrics:
            if type(self) is not type(other):
                raise TypeError(f"All metrics must be the same type, '{type(self)}' != '{type(other)}'.")
        for i, own in enumerate(self._vars):
            if any(other._vars[i].name != own.name for other in metrics):
                raise ValueError("All metrics must have variables in the same order.")
            own.assign_add(tf.add_n([other._vars[i] for other in metrics]))

    def add_variable(self, name: str, shape: Any = None, dtype: Any = None, initializer: Any = None) -> Any:
        """A variable of the metric; RuntimeError after `build`."""
        if self._built:
            raise RuntimeError("Can't call add_variable() except in build().")
        keys = tf.GraphKeys
        kind = keys.GLOBAL_VARIABLES if self._use_global_variables else keys.LOCAL_VARIABLES
        variable = self._add_variable_with_custom_getter(
            name=name,
            shape=shape,
            dtype=dtype,
            initializer=initializer,
            trainable=False,
            collections=None if tf.executing_eagerly() else [kind, keys.METRIC_VARIABLES],
            use_resource=True,
            getter=tf.get_variable,
            overwrite=True,
        )
        self._vars.append(variable)
        if tf.executing_eagerly():
            self._initial_values[variable.ref()] = variable.value()
        return variable


class Mean(Metric):
    """The (weighted) mean of values."""

    def __init__(self, name: str | None = None, dtype: Any = tf.float64, use_global_variables: bool = False) -> None:
        super().__init__(name=name, use_global_variables=use_global_variables)
        self.dtype = dtype

    def build(self, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        """Make the sums of values and of weights."""
        self.numer = self.add_variable("numer", shape=(), dtype=self.dtype, initializer=tf.zeros_initializer)
        self.denom = self.add_variable("denom", shape=(), dtype=self.dtype, initializer=tf.zeros_initializer)

    def call(self, values: Any, weights: Any = None) -> Any:
        """Add values; returns their sum, or the weighted values and the weights."""
        if weights is None:
            self.denom.assign_add(tf.cast(tf.size(values), self.dtype))
            values = tf.reduce_sum(values)
            self.numer.assign_add(tf.cast(values, self.dtype))
            return values
        weights = tf.cast(weights, self.dtype)
        self.denom.assign_add(tf.reduce_sum(weights))
        values = tf.cast(values, self.dtype) * weights
        self.numer.assign_add(tf.reduce_sum(values))
        return values, weights

    def result(self, write_summary: Any = True) -> Any:
        """The mean so far; also a scalar summary of ``tf.contrib.summary`` unless ``write_summary`` is false."""
        mean = self.numer / self.denom

        def write() -> Any:
            summary_ops_v2.scalar(name=self.name, tensor=mean)
            return mean

        smart_cond(tf.convert_to_tensor(write_summary), write, lambda: mean, name="")
        return mean


class _MeanOfMatches(Mean):
    """The mean of whether labels and predictions match, in subclasses that say what that means."""

    def __init__(self, name: str | None = None, dtype: Any = tf.float64) -> None:
        super().__init__(name=name, dtype=dtype)

    def _compared(self, labels: Any, predictions: Any) -> tuple[Any, Any]:
        return labels, predictions

    def _shapes(self, labels: Any, predictions: Any) -> tuple[Any, Any, str]:
        return tf.shape(labels), tf.shape(predictions), "Shapes of labels and predictions are unequal"

    def call(self, labels: Any, predictions: Any, weights: Any = None) -> Any:  # type: ignore[override]
        """Add examples; returns what was compared, and the weights if there are some.

        Raises:
          tf.errors.InvalidArgumentError: their shapes do not fit.
        """
        expected, found, message = self._shapes(labels, predictions)
        tf.assert_equal(expected, found, message=message)
        labels, predictions = self._compared(labels, predictions)
        super().call(tf.cast(tf.equal(labels, predictions), self.dtype), weights=weights)
        return (labels, predictions) if weights is None else (labels, predictions, weights)


class Accuracy(_MeanOfMatches):
    """How often labels and predictions are equal; both have the same shape."""


class CategoricalAccuracy(_MeanOfMatches):
    """How often the largest score is at the label; labels (one-hot) and scores are ``[…, classes]``."""

    def _compared(self, labels: Any, predictions: Any) -> tuple[Any, Any]:
        return tf.argmax(labels, axis=-1), tf.argmax(predictions, axis=-1)


class BinaryAccuracy(_MeanOfMatches):
    """How often a prediction is above ``threshold`` where the label is true, and not where it is false."""

    def __init__(self, threshold: float, name: str | None = None, dtype: Any = tf.float64) -> None:
        super().__init__(name=name, dtype=dtype)
        self.threshold = threshold

    def _compared(self, labels: Any, predictions: Any) -> tuple[Any, Any]:
        return tf.cast(labels, tf.bool), tf.convert_to_tensor(predictions) > self.threshold


class SparseAccuracy(_MeanOfMatches):
    """How often the largest score is at the label; labels are ``[batch]``, scores ``[batch, classes]``."""

    def _shapes(self, labels: Any, predictions: Any) -> tuple[Any, Any, str]:
        return tf.shape(labels), tf.shape(predictions)[0], "First axis of labels and predictions is unequal"

    def _compared(self, labels: Any, predictions: Any) -> tuple[Any, Any]:
        return tf.cast(labels, tf.int64), tf.argmax(predictions, axis=-1)
