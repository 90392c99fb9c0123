"""What scores and decoding share: cells that hold the transitions, and the special case of sequences of one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.framework.smart_cond import smart_cond
from tf_keras.src.layers.rnn.legacy_cells import RNNCell


class ChainCell(RNNCell):
    """Steps along a chain, with a state ``[batch, num_tags]`` of one score per tag."""

    def __init__(self, transition_params: Any) -> None:
        super().__init__()
        self._transition_params = tf.expand_dims(transition_params, 0)
        self._num_tags = tf.dimension_value(transition_params.shape[0])

    @property
    def state_size(self) -> Any:
        """Number of tags."""
        return self._num_tags

    @property
    def output_size(self) -> Any:
        """Number of tags."""
        return self._num_tags

    def _transition_scores(self, state: Any) -> Any:
        """``[batch, from, to]``: the score of coming from a tag, in log space."""
        return tf.expand_dims(state, 2) + self._transition_params


def first_step(potentials: Any) -> Any:
    """``[batch, num_tags]`` of ``[batch, time, num_tags]``."""
    return tf.squeeze(tf.slice(potentials, [0, 0, 0], [-1, 1, -1]), [1])


def later_steps(potentials: Any) -> Any:
    """All but the first step."""
    return tf.slice(potentials, [0, 1, 0], [-1, -1, -1])


def transitions_of(sequence_lengths: Any) -> Any:
    """One less than the lengths, and never negative."""
    return tf.maximum(tf.constant(0, dtype=sequence_lengths.dtype), sequence_lengths - 1)


def by_length(potentials: Any, single: Callable[[], Any], several: Callable[[], Any]) -> Any:
    """``single()`` for sequences of one step; decided now when the length is known, else when the graph runs."""
    steps = tf.dimension_value(potentials.shape[1]) or tf.shape(potentials)[1]
    return smart_cond(tf.equal(steps, 1), single, several)
