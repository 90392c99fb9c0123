"""Scores of beams: penalties for their length and for memory that they did not attend to.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/beam_search_decoder.py, Copyright 2017 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .attention_state import AttentionWrapperState


def _get_scores(
    log_probs: Any,
    sequence_lengths: Any,
    length_penalty_weight: Any,
    coverage_penalty_weight: Any,
    finished: Any,
    accumulated_attention_probs: Any,
) -> Any:
    """Scores ``[batch, beams, symbols]`` of log probabilities of the same shape.

    Args:
      log_probs: ``[batch, beams, symbols]``.
      sequence_lengths: of the continuations, like ``log_probs``.
      length_penalty_weight: see `_length_penalty`.
      coverage_penalty_weight: of the penalty for memory without attention; 0 for none.
      finished: bool ``[batch, beams]``: where the coverage counts.
      accumulated_attention_probs: ``[batch, beams, time]``, or None without a coverage penalty.

    Raises:
      ValueError: a coverage penalty without attention, or one that is not a scalar.
    """
    length_penalty = _length_penalty(sequence_lengths=sequence_lengths, penalty_factor=length_penalty_weight)
    scores = log_probs / tf.cast(length_penalty, dtype=log_probs.dtype)
    weight = tf.convert_to_tensor(coverage_penalty_weight, name="coverage_penalty_weight")
    if weight.shape.ndims != 0:
        raise ValueError(f"coverage_penalty_weight should be a scalar, but saw shape: {weight.shape}")
    if tf.get_static_value(weight) == 0.0:
        return scores
    if accumulated_attention_probs is None:
        raise ValueError("accumulated_attention_probs can be None only if coverage penalty is disabled.")
    # zero is memory past its length
    masked = tf.equal(accumulated_attention_probs, 0.0)
    probs = tf.where(masked, tf.ones_like(accumulated_attention_probs), accumulated_attention_probs)
    coverage = tf.reduce_sum(tf.log(tf.minimum(probs, 1.0)), 2)
    return scores + tf.expand_dims(coverage * tf.cast(finished, tf.float32) * weight, 2)


def _length_penalty(sequence_lengths: Any, penalty_factor: Any) -> Any:
    """``((5 + length) / 6) ** factor`` (https://arxiv.org/abs/1609.08144), or 1.0 for the factor 0."""
    penalty_factor = tf.convert_to_tensor(penalty_factor, name="penalty_factor")
    penalty_factor.set_shape(())
    if tf.get_static_value(penalty_factor) == 0:
        return 1.0
    return (5.0 + tf.cast(sequence_lengths, tf.float32)) ** penalty_factor / (5.0 + 1.0) ** penalty_factor


def _mask_probs(probs: Any, eos_token: Any, finished: Any) -> Any:
    """Log probabilities ``[batch, beams, symbols]``, where finished beams (bool ``[batch, beams]``) have all on the end token."""
    vocab_size = tf.shape(probs)[2]
    row = tf.one_hot(
        eos_token,
        vocab_size,
        dtype=probs.dtype,
        on_value=tf.convert_to_tensor(0.0, dtype=probs.dtype),
        off_value=probs.dtype.min,
    )
    finished_probs = tf.tile(tf.reshape(row, [1, 1, -1]), tf.concat([tf.shape(finished), [1]], 0))
    finished_mask = tf.tile(tf.expand_dims(finished, 2), [1, 1, vocab_size])
    return tf.where(finished_mask, finished_probs, probs)


def get_attention_probs(next_cell_state: Any, coverage_penalty_weight: Any) -> Any:
    """Alignments ``[batch, beams, time]`` of a state, averaged over its wrappers; None without a coverage penalty.

    Raises:
      ValueError: no part of the state is that of an attention wrapper.
    """
    if coverage_penalty_weight == 0.0:
        return None
    if isinstance(next_cell_state, AttentionWrapperState) or not isinstance(next_cell_state, tuple):
        next_cell_state = (next_cell_state,)
    probs = [attention_probs_from_attn_state(s) for s in next_cell_state if isinstance(s, AttentionWrapperState)]
    if not probs:
        raise ValueError("coverage_penalty_weight must be 0.0 if no cell is attentional.")
    return _mean(probs)


def attention_probs_from_attn_state(attention_state: AttentionWrapperState) -> Any:
    """Alignments ``[batch, beams, time]`` of one wrapper's state, averaged over its mechanisms."""
    probs = attention_state.alignments
    return _mean(probs) if isinstance(probs, tuple) else probs


def _mean(probs: Any) -> Any:
    if len(probs) == 1:
        return probs[0]
    return tf.reduce_mean(tf.concat([tf.expand_dims(prob, -1) for prob in probs], -1), -1)
