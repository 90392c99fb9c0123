"""One step of beam search.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/beam_search_decoder.py, Copyright 2017 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest

from .beam_scores import _get_scores, _mask_probs, get_attention_probs
from .beam_shapes import _maybe_tensor_gather_helper, _tensor_gather_helper


class BeamSearchDecoderState(NamedTuple):
    """State between steps, all ``[batch, beams, …]``; the last field is ``()`` without a coverage penalty."""

    cell_state: Any
    log_probs: Any
    finished: Any
    lengths: Any
    accumulated_attention_probs: Any


class BeamSearchDecoderOutput(NamedTuple):
    """Score, new id and continued beam of each beam, ``[batch, beams]``."""

    scores: Any
    predicted_ids: Any
    parent_ids: Any


class FinalBeamSearchDecoderOutput(NamedTuple):
    """Whole beams ``[batch, time, beams]``, the best first, and what the steps put out."""

    predicted_ids: Any
    beam_search_decoder_output: Any


def _beam_search_step(
    time: Any,  # noqa: ARG001 (as in 1.15, which did not use it either)
    logits: Any,
    next_cell_state: Any,
    beam_state: BeamSearchDecoderState,
    batch_size: Any,
    beam_width: int,
    end_token: Any,
    length_penalty_weight: Any,
    coverage_penalty_weight: Any,
) -> tuple[BeamSearchDecoderOutput, BeamSearchDecoderState]:
    """Choose the best continuations by their logits ``[batch, beams, symbols]``."""
    running = tf.logical_not(beam_state.finished)
    step_log_probs = _mask_probs(tf.nn.log_softmax(logits), end_token, beam_state.finished)
    total_probs = tf.expand_dims(beam_state.log_probs, 2) + step_log_probs
    vocab_size = tf.dimension_value(logits.shape[-1]) or tf.shape(logits)[-1]
    attention_probs = get_attention_probs(next_cell_state, coverage_penalty_weight)
    if attention_probs is not None:
        attention_probs *= tf.expand_dims(tf.cast(running, tf.float32), 2)
        attention_probs = beam_state.accumulated_attention_probs + attention_probs
    scores = _get_scores(
        log_probs=total_probs,
        sequence_lengths=_lengths(beam_state.lengths, running, end_token, vocab_size),
        length_penalty_weight=length_penalty_weight,
        coverage_penalty_weight=coverage_penalty_weight,
        finished=beam_state.finished,
        accumulated_attention_probs=attention_probs,
    )
    output, log_probs = _best(scores, total_probs, vocab_size, batch_size, beam_width)
    finished = _tensor_gather_helper(output.parent_ids, beam_state.finished, batch_size, beam_width, [-1])
    lengths = _tensor_gather_helper(output.parent_ids, beam_state.lengths, batch_size, beam_width, [-1])
    with_depth = [batch_size * beam_width, -1]
    cell_state, attention_probs = nest.map_structure(
        lambda t: _maybe_tensor_gather_helper(output.parent_ids, t, batch_size, beam_width, with_depth),
        (next_cell_state, () if attention_probs is None else attention_probs),
    )
    return output, BeamSearchDecoderState(
        cell_state=cell_state,
        log_probs=log_probs,
        finished=tf.logical_or(finished, tf.equal(output.predicted_ids, end_token), name="next_beam_finished"),
        lengths=lengths + tf.cast(tf.logical_not(finished), tf.int64),
        accumulated_attention_probs=attention_probs,
    )


def _lengths(lengths: Any, running: Any, end_token: Any, vocab_size: Any) -> Any:
    """Lengths ``[batch, beams, symbols]`` of all continuations: one more, but not for the end token or a finished beam."""
    one_more = tf.one_hot(
        indices=tf.fill(tf.shape(lengths), end_token),
        depth=vocab_size,
        on_value=tf.cast(0, tf.int64),
        off_value=tf.cast(1, tf.int64),
        dtype=tf.int64,
    )
    return one_more * tf.expand_dims(tf.cast(running, tf.int64), 2) + tf.expand_dims(lengths, 2)


def _best(
    scores: Any, total_probs: Any, vocab_size: Any, batch_size: Any, beam_width: int
) -> tuple[BeamSearchDecoderOutput, Any]:
    """The best continuations of all beams of a sequence together, and their log probabilities ``[batch, beams]``."""
    best_scores, chosen = tf.nn.top_k(tf.reshape(scores, [batch_size, -1]), k=beam_width)
    for t in (best_scores, chosen):
        t.set_shape([tf.get_static_value(batch_size), beam_width])
    log_probs = _tensor_gather_helper(
        chosen, total_probs, batch_size, beam_width * vocab_size, [-1], name="next_beam_probs"
    )
    output = BeamSearchDecoderOutput(
        scores=best_scores,
        predicted_ids=tf.mod(chosen, vocab_size, name="next_beam_word_ids"),
        parent_ids=tf.floordiv(chosen, vocab_size, name="next_beam_parent_ids"),
    )
    return output, log_probs
