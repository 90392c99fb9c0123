"""tf.contrib.sparsemax: a softmax with zeros (https://arxiv.org/abs/1602.02068), and its loss.

Adapted from TensorFlow 1.15, contrib/sparsemax/python/ops, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .._paths import attributes


def sparsemax(logits: Any, name: str | None = None) -> Any:
    """Probabilities for logits ``[n, classes]``, many of them zero; NaN in rows without a solution."""
    with tf.name_scope(name, "sparsemax", [logits]):
        z = tf.convert_to_tensor(logits, name="logits")
        count, dims = tf.shape(z)[0], tf.shape(z)[1]
        ordered, _ = tf.nn.top_k(z, k=dims)
        sums = tf.cumsum(ordered, axis=1)
        k = tf.range(1, tf.cast(dims, z.dtype) + 1, dtype=z.dtype)
        support = tf.reduce_sum(tf.cast(1 + k * ordered > sums, tf.int32), axis=1)
        # the support is empty for infinities; gather anything then, it becomes NaN below
        last = tf.stack([tf.range(0, count), tf.maximum(support, 1) - 1], axis=1)
        threshold = (tf.gather_nd(sums, last) - 1) / tf.cast(support, z.dtype)
        p = tf.maximum(tf.cast(0, z.dtype), z - threshold[:, tf.newaxis])
        invalid = tf.equal(support, 0) | tf.is_nan(sums[:, -1])
        return tf.where(invalid, tf.fill([count, dims], tf.cast(float("nan"), z.dtype)), p)


def sparsemax_loss(logits: Any, sparsemax: Any, labels: Any, name: str | None = None) -> Any:
    """Loss ``[n]`` of logits, their `sparsemax` and labels, all ``[n, classes]``."""
    with tf.name_scope(name, "sparsemax_loss", [logits, sparsemax, labels]):
        z = tf.convert_to_tensor(logits, name="logits")
        p = tf.convert_to_tensor(sparsemax, name="sparsemax")
        q = tf.convert_to_tensor(labels, name="labels")
        # where instead of products: 0 times minus infinity is no cost here
        support = tf.where((p > 0) | tf.is_nan(p), p * (z - 0.5 * p), tf.zeros_like(p))
        wanted = tf.where(tf.equal(q, 0) & tf.is_inf(z), tf.zeros_like(z), q * (0.5 * q - z))
        return tf.reduce_sum(support + wanted, axis=1)


__getattr__ = attributes(__name__)
