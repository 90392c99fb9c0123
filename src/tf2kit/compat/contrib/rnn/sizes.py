"""What cells of tf.contrib.rnn say about their state and output, for those that share it."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import LSTMStateTuple

__all__ = ["HiddenState", "LSTMState", "known_width"]


class HiddenState:
    """For a cell whose state and output are ``[batch, num_units]``."""

    _num_units: int

    @property
    def state_size(self) -> int:
        """Width of the state."""
        return self._num_units

    @property
    def output_size(self) -> int:
        """Width of the output."""
        return self._num_units


class LSTMState:
    """For a cell with state (c, m): c has ``num_units``, m and the output have ``num_proj`` if there is a projection."""

    _num_units: int
    _num_proj: int | None = None

    @property
    def state_size(self) -> Any:
        """Sizes of c and m."""
        return LSTMStateTuple(self._num_units, self.output_size)

    @property
    def output_size(self) -> int:
        """Width of the output."""
        return self._num_proj or self._num_units


def known_width(shape: Any) -> int:
    """The second size of a 2-D shape; ValueError if it is unknown."""
    width = tf.dimension_value(tf.TensorShape(shape).with_rank(2)[1])
    if width is None:
        raise ValueError(f"Could not infer input size from the shape of the inputs, {shape}.")
    return int(width)
