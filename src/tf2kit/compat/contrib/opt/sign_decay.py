"""How the influence of signs fades, for ``sign_decay_fn`` of `AddSignOptimizer` and `PowerSignOptimizer`.

Adapted from TensorFlow 1.15, contrib/opt/python/training/sign_decay.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["get_cosine_decay_fn", "get_linear_decay_fn", "get_restart_decay_fn"]
DecayFn = Callable[[Any], Any]


def _step(global_step: Any, decay_steps: int, kind: str) -> Any:
    if global_step is None:
        raise ValueError(f"global_step is required for {kind}_decay.")
    return tf.minimum(global_step, decay_steps)


def get_linear_decay_fn(decay_steps: int) -> DecayFn:
    """From 1 to 0 in ``decay_steps``; the function needs the global step, ValueError for None."""

    def linear_decay_fn(global_step: Any) -> Any:
        step = _step(global_step, decay_steps, "linear")
        remaining = tf.cast(decay_steps, tf.int32) - tf.cast(step, tf.int32)
        return tf.maximum(0.0, tf.cast(remaining, tf.float32) / tf.cast(decay_steps, tf.float32))

    return linear_decay_fn


def get_cosine_decay_fn(decay_steps: int, num_periods: float = 0.5, zero_after: float | None = None) -> DecayFn:
    """``num_periods`` of a cosine between 1 and 0 in ``decay_steps``; 0 after ``zero_after`` periods."""

    def cosine_decay_fn(global_step: Any) -> Any:
        step = _step(global_step, decay_steps, "cosine")
        fraction = 2.0 * num_periods * tf.cast(step, tf.float32) / tf.cast(decay_steps, tf.float32)
        decayed = 0.5 * (1.0 + tf.cos(tf.constant(math.pi) * fraction))
        if zero_after is not None:
            decayed = tf.where(tf.greater_equal(fraction, 2 * zero_after), 0.0, decayed)
        return decayed

    return cosine_decay_fn


def get_restart_decay_fn(decay_steps: int, num_periods: int = 1, zero_after: float | None = None) -> DecayFn:
    """Half a cosine from 1 to 0, ``num_periods`` times in ``decay_steps``; 0 after ``zero_after`` of them."""

    def restart_decay_fn(global_step: Any) -> Any:
        step = _step(global_step, decay_steps, "cosine")
        steps = tf.cast(decay_steps, tf.float32)
        fraction = tf.mod(num_periods * tf.cast(step, tf.float32), decay_steps) / steps
        decayed = 0.5 * (1.0 + tf.cos(tf.constant(math.pi) * fraction))
        if zero_after is not None:
            periods = tf.cast(num_periods * step, tf.float32) / steps
            decayed = tf.where(tf.greater_equal(periods, zero_after), 0.0, decayed)
        return decayed

    return restart_decay_fn
