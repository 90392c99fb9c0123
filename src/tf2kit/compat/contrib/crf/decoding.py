"""The tag sequence with the highest score.

Adapted from TensorFlow 1.15, contrib/crf/python/ops/crf.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import RNNCell

from .chain import ChainCell, by_length, first_step, later_steps, transitions_of


def viterbi_decode(score: Any, transition_params: Any) -> tuple[list[Any], Any]:
    """Best tags (a list) and their score, in NumPy, of unary potentials ``[time, num_tags]``."""
    trellis = np.zeros_like(score)
    backpointers = np.zeros_like(score, dtype=np.int32)
    trellis[0] = score[0]
    for t in range(1, score.shape[0]):
        v = np.expand_dims(trellis[t - 1], 1) + transition_params
        trellis[t] = score[t] + np.max(v, 0)
        backpointers[t] = np.argmax(v, 0)
    viterbi: list[Any] = [np.argmax(trellis[-1])]
    for bp in reversed(backpointers[1:]):
        viterbi.append(bp[viterbi[-1]])
    viterbi.reverse()
    return viterbi, np.max(trellis[-1])


class CrfDecodeForwardRnnCell(ChainCell):
    """The forward half of Viterbi: the best way to each tag."""

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple[Any, Any]:  # noqa: ARG002
        """Backpointers (int32) and new scores, both ``[batch, num_tags]``."""
        scores = self._transition_scores(state)
        new_state = inputs + tf.reduce_max(scores, [1])
        return tf.cast(tf.argmax(scores, 1), tf.int32), new_state


class CrfDecodeBackwardRnnCell(RNNCell):
    """The backward half of Viterbi: follows backpointers ``[batch, num_tags]`` from a tag ``[batch, 1]``."""

    def __init__(self, num_tags: Any) -> None:
        super().__init__()
        self._num_tags = num_tags

    @property
    def state_size(self) -> int:
        """One tag."""
        return 1

    @property
    def output_size(self) -> int:
        """One tag."""
        return 1

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple[Any, Any]:  # noqa: ARG002
        """The tag before, ``[batch, 1]``, as output and as state."""
        state = tf.squeeze(state, axis=[1])
        indices = tf.stack([tf.range(tf.shape(inputs)[0]), state], axis=1)
        tags = tf.expand_dims(tf.gather_nd(inputs, indices), axis=-1)
        return tags, tags


def crf_decode(potentials: Any, transition_params: Any, sequence_length: Any) -> tuple[Any, Any]:
    """Best tags (int32 ``[batch, time]``, zeros past the end) and their scores ``[batch]``."""

    def single() -> tuple[Any, Any]:
        squeezed = tf.squeeze(potentials, [1])
        tags = tf.expand_dims(tf.argmax(squeezed, axis=1), 1)
        return tf.cast(tags, tf.int32), tf.reduce_max(squeezed, axis=1)

    found: tuple[Any, Any] = by_length(
        potentials, single, lambda: _viterbi(potentials, transition_params, sequence_length)
    )
    return found


def _viterbi(potentials: Any, transition_params: Any, sequence_length: Any) -> tuple[Any, Any]:
    transitions = transitions_of(sequence_length)
    backpointers, last_score = tf.nn.dynamic_rnn(
        CrfDecodeForwardRnnCell(transition_params),
        inputs=later_steps(potentials),
        sequence_length=transitions,
        initial_state=first_step(potentials),
        time_major=False,
        dtype=tf.int32,
    )
    last_tag = tf.expand_dims(tf.cast(tf.argmax(last_score, axis=1), tf.int32), axis=-1)
    tags, _ = tf.nn.dynamic_rnn(
        CrfDecodeBackwardRnnCell(tf.dimension_value(potentials.shape[2])),
        inputs=tf.reverse_sequence(backpointers, transitions, seq_axis=1),
        sequence_length=transitions,
        initial_state=last_tag,
        time_major=False,
        dtype=tf.int32,
    )
    tags = tf.concat([last_tag, tf.squeeze(tags, axis=[2])], axis=1)
    return tf.reverse_sequence(tags, sequence_length, seq_axis=1), tf.reduce_max(last_score, axis=1)
