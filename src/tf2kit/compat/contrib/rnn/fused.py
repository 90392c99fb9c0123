"""RNNs that run over the whole sequence in one call: the interface, a wrapper around any cell, and reversed time.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/fused_rnn_cell.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import abc
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["FusedRNNCell", "FusedRNNCellAdaptor", "TimeReversedFusedRNN"]


class FusedRNNCell(abc.ABC):
    """An RNN as one callable."""

    @abc.abstractmethod
    def __call__(
        self,
        inputs: Any,
        initial_state: Any = None,
        dtype: Any = None,
        sequence_length: Any = None,
        scope: Any = None,
    ) -> Any:
        """Run over inputs ``[time, batch, n]`` or a list of ``[batch, n]``.

        Args:
          inputs: the sequence.
          initial_state: as nested as the cell's state; zeros of ``dtype`` if it is None.
          dtype: of the first state and of the output.
          sequence_length: integers ``[batch]``; all of ``time`` if it is None.
          scope: for variables.

        Returns:
          Outputs, a tensor or a list as the inputs are, and the last state.
        """


class FusedRNNCellAdaptor(FusedRNNCell):
    """Runs a plain cell with ``static_rnn``, or with ``dynamic_rnn``."""

    def __init__(self, cell: Any, use_dynamic_rnn: bool = False) -> None:
        self._cell = cell
        self._use_dynamic_rnn = use_dynamic_rnn

    def __call__(
        self,
        inputs: Any,
        initial_state: Any = None,
        dtype: Any = None,
        sequence_length: Any = None,
        scope: Any = None,
    ) -> Any:
        """Outputs and last state, see `FusedRNNCell`."""
        is_list = isinstance(inputs, list)
        settings = {
            "sequence_length": sequence_length,
            "initial_state": initial_state,
            "dtype": dtype,
            "scope": scope,
        }
        if self._use_dynamic_rnn:
            inputs = tf.stack(inputs) if is_list else inputs
            outputs, state = tf.nn.dynamic_rnn(self._cell, inputs, time_major=True, **settings)
            return tf.unstack(outputs) if is_list else outputs, state
        outputs, state = tf.nn.static_rnn(self._cell, inputs if is_list else tf.unstack(inputs), **settings)
        return outputs if is_list else tf.stack(outputs), state


class TimeReversedFusedRNN(FusedRNNCell):
    """Runs a fused RNN backwards in time; outputs are in the order of the inputs."""

    def __init__(self, cell: Any) -> None:
        self._cell = cell

    def __call__(
        self,
        inputs: Any,
        initial_state: Any = None,
        dtype: Any = None,
        sequence_length: Any = None,
        scope: Any = None,
    ) -> Any:
        """Outputs and last state, see `FusedRNNCell`."""
        outputs, state = self._cell(
            _reverse(inputs, sequence_length),
            initial_state=initial_state,
            dtype=dtype,
            sequence_length=sequence_length,
            scope=scope,
        )
        return _reverse(outputs, sequence_length), state


def _reverse(sequence: Any, lengths: Any) -> Any:
    # 1.15 ignores lengths for lists
    if isinstance(sequence, list):
        return sequence[::-1]
    return tf.reverse(sequence, [0]) if lengths is None else tf.reverse_sequence(sequence, lengths, 0, 1)
