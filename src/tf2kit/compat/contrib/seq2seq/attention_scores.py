"""Scores and distributions of attention, as functions.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/attention_wrapper.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

__all__ = [
    "_bahdanau_score",
    "_luong_score",
    "_monotonic_probability_fn",
    "hardmax",
    "monotonic_attention",
    "safe_cumprod",
]


def _luong_score(query: Any, keys: Any, scale: Any) -> Any:
    """Products of a query ``[batch, units]`` and keys ``[batch, time, units]``, times ``scale`` unless that is None.

    ValueError if their depths differ (https://arxiv.org/abs/1508.04025).
    """
    depth, key_units = query.get_shape()[-1], keys.get_shape()[-1]
    if depth != key_units:
        raise ValueError(
            "Incompatible or unknown inner dimensions between query and keys.  "
            f"Query ({query}) has units: {depth}.  Keys ({keys}) have units: {key_units}.  "
            f"Perhaps you need to set num_units to the keys' dimension ({key_units})?"
        )
    score = tf.squeeze(tf.matmul(tf.expand_dims(query, 1), keys, transpose_b=True), [1])
    return score if scale is None else scale * score


def _bahdanau_score(
    processed_query: Any, keys: Any, attention_v: Any, attention_g: Any = None, attention_b: Any = None
) -> Any:
    """A layer's scores ``[batch, time]`` of a query ``[batch, units]`` and keys ``[batch, time, units]``.

    With ``attention_g`` and ``attention_b`` its weights are normalized (https://arxiv.org/abs/1409.0473, https://arxiv.org/abs/1602.07868).
    """
    query = tf.expand_dims(processed_query, 1)
    if attention_g is None or attention_b is None:
        return tf.reduce_sum(attention_v * tf.tanh(keys + query), [2])
    normed_v = attention_g * attention_v * tf.math.rsqrt(tf.reduce_sum(tf.square(attention_v)))
    return tf.reduce_sum(normed_v * tf.tanh(keys + query + attention_b), [2])


def hardmax(logits: Any, name: str | None = None) -> Any:
    """One-hot vectors at the largest logits."""
    with tf.name_scope(name, "Hardmax", [logits]):
        logits = tf.convert_to_tensor(logits, name="logits")
        depth = tf.dimension_value(logits.get_shape()[-1])
        return tf.one_hot(tf.argmax(logits, -1), tf.shape(logits)[-1] if depth is None else depth, dtype=logits.dtype)


def safe_cumprod(x: Any, *args: Any, **kwargs: Any) -> Any:
    """``tf.cumprod`` for values in (0, 1], as a sum of logarithms: no underflow, and gradients where it is zero."""
    with tf.name_scope(None, "SafeCumprod", [x]):
        x = tf.convert_to_tensor(x, name="x")
        tiny = np.finfo(x.dtype.as_numpy_dtype).tiny
        return tf.exp(tf.cumsum(tf.log(tf.clip_by_value(x, tiny, 1)), *args, **kwargs))


def monotonic_attention(p_choose_i: Any, previous_attention: Any, mode: str) -> Any:
    """Attention that never goes back (https://arxiv.org/abs/1704.00784).

    Args:
      p_choose_i: ``[batch, time]``, the probability of stopping at each place.
      previous_attention: ``[batch, time]``, what this function gave at the step before; ``[1, 0, …]`` at the first.
      mode: ``recursive`` is exact and slow; ``parallel`` is faster and wrong for long inputs or probabilities near 0 and 1;
        ``hard`` is for probabilities that are 0 or 1.

    Raises:
      ValueError: another mode.
    """
    p_choose_i = tf.convert_to_tensor(p_choose_i, name="p_choose_i")
    previous_attention = tf.convert_to_tensor(previous_attention, name="previous_attention")
    if mode == "recursive":
        return p_choose_i * _reached(p_choose_i, previous_attention)
    if mode == "parallel":
        passed = safe_cumprod(1 - p_choose_i, axis=1, exclusive=True)
        # clipped, because it divides
        return p_choose_i * passed * tf.cumsum(previous_attention / tf.clip_by_value(passed, 1e-10, 1.0), axis=1)
    if mode == "hard":
        # nothing before the last place, and nothing after the first one chosen
        p_choose_i *= tf.cumsum(previous_attention, axis=1)
        return p_choose_i * tf.cumprod(1 - p_choose_i, axis=1, exclusive=True)
    raise ValueError("mode must be 'recursive', 'parallel', or 'hard'.")


def _reached(p_choose_i: Any, previous_attention: Any) -> Any:
    """``q[i] = (1 - p[i - 1]) * q[i - 1] + previous[i]``, the probability of getting to each place."""
    batch_size = tf.dimension_value(p_choose_i.shape[0]) or tf.shape(p_choose_i)[0]
    passed = tf.concat([tf.ones((batch_size, 1)), 1 - p_choose_i[:, :-1]], 1)
    return tf.transpose(
        tf.scan(
            # the reshape keeps the static shape between steps
            lambda q, step: tf.reshape(step[0] * q + step[1], (batch_size,)),
            [tf.transpose(passed), tf.transpose(previous_attention)],
            tf.zeros((batch_size,)),
        )
    )


def _monotonic_probability_fn(
    score: Any, previous_alignments: Any, sigmoid_noise: float, mode: str, seed: int | None = None
) -> Any:
    """`monotonic_attention` of scores ``[batch, time]``.

    Args:
      score: ``[batch, time]``.
      previous_alignments: ``[batch, time]``, what this function gave at the step before.
      sigmoid_noise: deviation of noise that is added to scores; more of it teaches the model to decide.
      mode: see `monotonic_attention`; ``hard`` stops where a score is positive.
      seed: of the noise.
    """
    if sigmoid_noise > 0:
        noise = tf.random.normal(tf.shape(score), dtype=score.dtype, seed=seed)
        score += sigmoid_noise * noise
    p_choose_i = tf.cast(score > 0, score.dtype) if mode == "hard" else tf.sigmoid(score)
    return monotonic_attention(p_choose_i, previous_alignments, mode)
