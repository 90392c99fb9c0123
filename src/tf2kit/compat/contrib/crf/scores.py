"""Scores and likelihoods of tag sequences.

Adapted from TensorFlow 1.15, contrib/crf/python/ops/crf.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.

Shapes: unary potentials ``[batch, time, num_tags]``, tags ``[batch, time]`` (int32 or int64), lengths ``[batch]``,
transitions ``[num_tags, num_tags]`` (from, to), results ``[batch]``.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .chain import ChainCell, by_length, first_step, later_steps, transitions_of


def crf_sequence_score(inputs: Any, tag_indices: Any, sequence_lengths: Any, transition_params: Any) -> Any:
    """Unnormalized score of each tag sequence; zero for an empty one of one step."""

    def single() -> Any:
        batch_size = tf.shape(inputs, out_type=tag_indices.dtype)[0]
        examples = tf.reshape(tf.range(batch_size, dtype=tag_indices.dtype), [-1, 1])
        scores = tf.gather_nd(tf.squeeze(inputs, [1]), tf.concat([examples, tag_indices], axis=1))
        return _zero_where_empty(scores, sequence_lengths)

    def several() -> Any:
        unary = crf_unary_score(tag_indices, sequence_lengths, inputs)
        return unary + crf_binary_score(tag_indices, sequence_lengths, transition_params)

    return by_length(inputs, single, several)


def crf_multitag_sequence_score(inputs: Any, tag_bitmap: Any, sequence_lengths: Any, transition_params: Any) -> Any:
    """Log of the summed scores of all sequences whose tags are set in ``tag_bitmap``, bool ``[batch, time, num_tags]``."""

    def filtered() -> Any:
        return tf.where(tag_bitmap, inputs, tf.fill(tf.shape(inputs), float("-inf")))

    return by_length(
        inputs,
        lambda: tf.reduce_logsumexp(filtered(), axis=[1, 2], keepdims=False),
        lambda: crf_log_norm(filtered(), sequence_lengths, transition_params),
    )


def crf_log_norm(inputs: Any, sequence_lengths: Any, transition_params: Any) -> Any:
    """Log of the summed scores of all sequences; zero for an empty one."""
    first = first_step(inputs)

    def single() -> Any:
        return _zero_where_empty(tf.reduce_logsumexp(first, [1]), sequence_lengths)

    def several() -> Any:
        _, alphas = tf.nn.dynamic_rnn(
            cell=CrfForwardRnnCell(transition_params),
            inputs=later_steps(inputs),
            sequence_length=transitions_of(sequence_lengths),
            initial_state=first,
            dtype=tf.float32,
        )
        return _zero_where_empty(tf.reduce_logsumexp(alphas, [1]), sequence_lengths)

    return by_length(inputs, single, several)


def crf_log_likelihood(
    inputs: Any, tag_indices: Any, sequence_lengths: Any, transition_params: Any = None
) -> tuple[Any, Any]:
    """Log likelihood of each tag sequence, and the transitions: a new variable ``transitions`` unless they are given."""
    num_tags = tf.dimension_value(inputs.shape[2])
    if transition_params is None:
        transition_params = tf.get_variable("transitions", [num_tags, num_tags])
    scores = crf_sequence_score(inputs, tag_indices, sequence_lengths, transition_params)
    return scores - crf_log_norm(inputs, sequence_lengths, transition_params), transition_params


def crf_unary_score(tag_indices: Any, sequence_lengths: Any, inputs: Any) -> Any:
    """Sum of the potentials of the tags."""
    batch_size, max_seq_len, num_tags = (tf.shape(inputs)[i] for i in range(3))
    offsets = tf.expand_dims(tf.range(batch_size) * max_seq_len * num_tags, 1)
    offsets += tf.expand_dims(tf.range(max_seq_len) * num_tags, 0)
    if tag_indices.dtype == tf.int64:
        offsets = tf.cast(offsets, tf.int64)
    flat = tf.gather(tf.reshape(inputs, [-1]), tf.reshape(offsets + tag_indices, [-1]))
    return tf.reduce_sum(tf.reshape(flat, [batch_size, max_seq_len]) * _mask(tag_indices, sequence_lengths), 1)


def crf_binary_score(tag_indices: Any, sequence_lengths: Any, transition_params: Any) -> Any:
    """Sum of the transitions between neighbours."""
    num_tags = transition_params.get_shape()[0]
    num_transitions = tf.shape(tag_indices)[1] - 1
    start = tf.slice(tag_indices, [0, 0], [-1, num_transitions])
    end = tf.slice(tag_indices, [0, 1], [-1, num_transitions])
    scores = tf.gather(tf.reshape(transition_params, [-1]), start * num_tags + end)
    # the first step has no transition into it
    return tf.reduce_sum(scores * tf.slice(_mask(tag_indices, sequence_lengths), [0, 1], [-1, -1]), 1)


class CrfForwardRnnCell(ChainCell):
    """The forward algorithm: log of the summed scores of all ways to each tag (http://www.cs.columbia.edu/~mcollins/fb.pdf)."""

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple[Any, Any]:  # noqa: ARG002
        """New alphas ``[batch, num_tags]``, as output and as state."""
        alphas = inputs + tf.reduce_logsumexp(self._transition_scores(state), [1])
        return alphas, alphas


def _mask(tag_indices: Any, sequence_lengths: Any) -> Any:
    return tf.sequence_mask(sequence_lengths, maxlen=tf.shape(tag_indices)[1], dtype=tf.float32)


def _zero_where_empty(values: Any, sequence_lengths: Any) -> Any:
    return tf.where(tf.less_equal(sequence_lengths, 0), tf.zeros_like(values), values)
