"""Samples from distributions, drawn as 1.15 drew them, so that seeds give the same ones.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/helper.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["_call_sampler", "bernoulli_sample", "categorical_sample"]


def _call_sampler(sample_n_fn: Callable[[Any], Any], sample_shape: Any, name: str | None = None) -> Any:
    """``sample_n_fn(n)`` gives ``[n, …]``: as many as ``sample_shape`` (a number or a list) has, in that shape."""
    with tf.name_scope(name, "call_sampler", values=[sample_shape]):
        shape = tf.reshape(tf.convert_to_tensor(sample_shape, dtype=tf.int32, name="sample_shape"), [-1])
        samples = sample_n_fn(tf.reduce_prod(shape))
        return tf.reshape(samples, tf.concat([shape, tf.shape(samples)[1:]], 0))


def bernoulli_sample(
    probs: Any = None, logits: Any = None, dtype: Any = tf.int32, sample_shape: Any = (), seed: int | None = None
) -> Any:
    """Ones with probabilities ``probs``, or sigmoid of ``logits``: ``sample_shape`` times their shape."""
    probs = tf.sigmoid(logits, name="probs") if probs is None else tf.convert_to_tensor(probs, name="probs")

    def sample_n(n: Any) -> Any:
        shape = tf.concat([[n], tf.shape(probs)], 0)
        return tf.cast(tf.less(tf.random.uniform(shape, seed=seed, dtype=probs.dtype), probs), dtype)

    return _call_sampler(sample_n, sample_shape)


def categorical_sample(logits: Any, dtype: Any = tf.int32, sample_shape: Any = (), seed: int | None = None) -> Any:
    """Ids drawn from ``logits`` ``[…, symbols]``: ``sample_shape`` times their shape without the symbols."""
    logits = tf.convert_to_tensor(logits, name="logits")

    def sample_n(n: Any) -> Any:
        flat = logits if logits.shape.ndims == 2 else tf.reshape(logits, [-1, tf.shape(logits)[-1]])
        # the kind of integer decides which random numbers are drawn
        kind = tf.int64 if logits.dtype.size > 4 else tf.int32
        draws = tf.transpose(tf.random.categorical(flat, n, seed=seed, dtype=kind))
        return tf.cast(tf.reshape(draws, tf.concat([[n], tf.shape(logits)[:-1]], 0)), dtype)

    return _call_sampler(sample_n, sample_shape)
