"""Batches in which each row comes as often as a Poisson variable of its rate says.

Adapted from TensorFlow 1.15, contrib/training/python/training/resample.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.training.moving_averages import assign_moving_average

__all__ = ["resample_at_rate", "weighted_resample"]


def resample_at_rate(
    inputs: Any, rates: Any, scope: str | None = None, seed: int | None = None, back_prop: bool = False
) -> list[Any]:
    """Repeat or drop rows at random.

    Args:
      inputs: list of tensors ``[rows, …]``.
      rates: ``[rows]``, how often each row comes on average.
      scope: of the operations.
      seed: of the random numbers.
      back_prop: whether gradients may flow through the choice.

    Returns:
      List of tensors ``[new rows, …]``, with the same rows of all inputs.
    """
    with tf.name_scope(scope, default_name="resample_at_rate", values=[*inputs, rates]):
        rates = tf.convert_to_tensor(rates, name="rates")
        counts = tf.cast(tf.random_poisson(rates, (), rates.dtype, seed=seed), tf.int32)
        rows = tf.repeat(tf.range(tf.shape(counts)[0]), counts)
        if not back_prop:
            rows = tf.stop_gradient(rows)
        return [tf.gather(x, rows) for x in inputs]


def weighted_resample(
    inputs: list[Any],
    weights: Any,
    overall_rate: Any,
    scope: str | None = None,
    mean_decay: float = 0.999,
    seed: int | None = None,
) -> tuple[list[Any], Any]:
    """Sample rows in proportion to weights, ``overall_rate`` rows for each row that comes in.

    A moving average of the weights is in a local variable ``estimated_mean``.

    Args:
      inputs: list of tensors ``[rows, …]``.
      weights: ``[rows]``.
      overall_rate: rows out for each row in, on average.
      scope: of operations and variables.
      mean_decay: of the moving average.
      seed: of the random numbers.

    Returns:
      List of tensors ``[new rows, …]``, and the rate of each new row.
    """
    with tf.name_scope(scope, "weighted_resample", inputs) as opscope:
        with tf.variable_scope(scope, "estimate_mean", inputs):
            estimate = tf.get_local_variable(
                "estimated_mean", initializer=tf.cast(0, weights.dtype), dtype=weights.dtype
            )
            mean = assign_moving_average(estimate, tf.reduce_mean(weights), mean_decay)
        rates = weights * overall_rate / mean
        rates, *rows = resample_at_rate([rates, *inputs], rates, scope=opscope, seed=seed, back_prop=False)
        return rows, rates
