"""Dropout that keeps mean and variance, and a soft linear rectifier.

Adapted from TensorFlow 1.15, contrib/nn/python/ops/{alpha_dropout,scaled_softplus}.py, Copyright 2017 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import numbers
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["alpha_dropout", "scaled_softplus"]
# what SELU goes to for large negative inputs
_SATURATION = -1.7580993408473766


def alpha_dropout(
    x: Any, keep_prob: Any, noise_shape: Any = None, seed: int | None = None, name: str | None = None
) -> Any:
    """Dropout for SELU networks (https://arxiv.org/abs/1706.02515): dropped values become its saturation; mean and variance stay.

    ``noise_shape`` may have ones, for dimensions that are dropped together. ValueError for a probability out of (0, 1].
    """
    with tf.name_scope(name, "alpha_dropout", [x]):
        x = tf.convert_to_tensor(x, name="x")
        if isinstance(keep_prob, numbers.Real) and not 0 < float(keep_prob) <= 1.0:
            raise ValueError(
                f"keep_prob must be a scalar tensor or a float in the range (0, 1], got {float(keep_prob):g}"
            )
        keep_prob = tf.convert_to_tensor(keep_prob, dtype=x.dtype, name="keep_prob")
        keep_prob.get_shape().assert_has_rank(0)
        if tf.get_static_value(keep_prob) == 1:
            return x
        noise = tf.random_uniform(tf.shape(x) if noise_shape is None else noise_shape, seed=seed, dtype=x.dtype)
        kept = tf.cast(tf.greater_equal(noise, 1 - keep_prob), x.dtype)
        x = x * kept + _SATURATION * (1 - kept)
        a = (keep_prob + keep_prob * (1 - keep_prob) * _SATURATION**2) ** -0.5
        return a * x - a * _SATURATION * (1 - keep_prob)


def scaled_softplus(x: Any, alpha: Any, clip: Any = None, name: str | None = None) -> Any:
    """``alpha * softplus(x / alpha)``, at most ``clip``: close to a rectifier for small ``alpha``, which broadcasts to ``x``.

    The gradients for ``alpha`` and ``clip`` are there too, and stay finite.
    """
    inputs = [x, alpha] if clip is None else [x, alpha, clip]
    with tf.name_scope(name, "scaled_softplus", inputs):
        x = tf.convert_to_tensor(x, name="x")
        alpha = tf.convert_to_tensor(alpha, dtype=x.dtype, name="alpha")
        if clip is None:
            return tf.custom_gradient(_softplus)(x, alpha)
        return tf.custom_gradient(_softplus)(x, alpha, tf.convert_to_tensor(clip, dtype=x.dtype, name="clip"))


def _softplus(x: Any, alpha: Any, clip: Any = None) -> Any:
    y = alpha * tf.nn.softplus(x / alpha)
    if clip is not None:
        y = tf.minimum(y, clip)

    def gradient(g: Any) -> list[Any]:
        more = []
        if clip is not None:
            unclipped = tf.cast(y < clip, g.dtype)
            more = [_summed_like(g * (1.0 - unclipped), clip)]
            g = g * unclipped
        ratio = y / alpha
        decay = tf.exp(-ratio)
        dy_dx = 1.0 - decay
        # without the small number, log(0) for very negative inputs
        dy_dalpha = ratio * decay - dy_dx * tf.log(dy_dx + 1e-8)
        return [_summed_like(g * dy_dx, x), _summed_like(g * dy_dalpha, alpha), *more]

    return y, gradient


def _summed_like(g: Any, t: Any) -> Any:
    """A gradient summed over the dimensions in which ``t`` was broadcast."""
    shape = tf.shape(t)
    dims, _ = tf.raw_ops.BroadcastGradientArgs(s0=shape, s1=tf.shape(g))
    return tf.reshape(tf.reduce_sum(g, dims), shape)
