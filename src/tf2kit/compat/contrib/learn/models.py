"""tf.contrib.learn.models: linear and logistic regression as functions of features and labels.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/models.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .._paths import attributes
from .ops import mean_squared_error_regressor, softmax_classifier

__all__ = [
    "linear_regression",
    "linear_regression_zero_init",
    "logistic_regression",
    "logistic_regression_zero_init",
]


def linear_regression_zero_init(x: Any, y: Any) -> tuple[Any, Any]:
    """`linear_regression` that starts with zeros."""
    return linear_regression(x, y, init_mean=0.0, init_stddev=0.0)


def logistic_regression_zero_init(x: Any, y: Any) -> tuple[Any, Any]:
    """`logistic_regression` that starts with zeros."""
    return logistic_regression(x, y, init_mean=0.0, init_stddev=0.0)


def linear_regression(x: Any, y: Any, init_mean: float | None = None, init_stddev: float = 1.0) -> tuple[Any, Any]:
    """Predictions and mean squared error; variables are in the scope "linear_regression", normal if ``init_mean`` is given."""
    with tf.variable_scope("linear_regression"):
        width = 1 if len(y.get_shape()) == 1 else y.get_shape().as_list()[1]
        weights, bias = _variables(x, y, width, init_mean, init_stddev)
        return mean_squared_error_regressor(x, y, weights, bias)


def logistic_regression(
    x: Any, y: Any, class_weight: Any = None, init_mean: float | None = None, init_stddev: float = 1.0
) -> tuple[Any, Any]:
    """Probabilities and cross entropy with one-hot labels; variables are in the scope "logistic_regression".

    ``class_weight`` is by default the tensor of this name, if the graph has one.
    """
    with tf.variable_scope("logistic_regression"):
        weights, bias = _variables(x, y, y.get_shape().as_list()[-1], init_mean, init_stddev)
        if class_weight is None:
            try:
                class_weight = tf.get_default_graph().get_tensor_by_name("class_weight:0")
            except KeyError:
                class_weight = None
        return softmax_classifier(x, y, weights, bias, class_weight=class_weight)


def _variables(x: Any, y: Any, width: int, init_mean: float | None, init_stddev: float) -> tuple[Any, Any]:
    scope = tf.get_variable_scope().name
    tf.summary.histogram(f"{scope}.x", x)
    tf.summary.histogram(f"{scope}.y", y)
    dtype = x.dtype.base_dtype
    initializer = None
    if init_mean is not None:
        initializer = tf.random_normal_initializer(init_mean, init_stddev, dtype=dtype)
    shape = [x.get_shape().as_list()[1], width]
    weights = tf.get_variable("weights", shape, dtype=dtype, initializer=initializer)
    bias = tf.get_variable("bias", [width], dtype=dtype, initializer=initializer)
    tf.summary.histogram(f"{scope}.weights", weights)
    tf.summary.histogram(f"{scope}.bias", bias)
    return weights, bias


__getattr__ = attributes(__name__)
