"""LSTM cells over time and frequency, with separate weights for both, in one and in both directions of frequency.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import RNNCell

from .grid_weights import BlockWeights
from .sizes import known_width

__all__ = ["BidirectionalGridLSTMCell", "GridLSTMCell"]


def _state_names(blocks: list[int], prefix: str = "state") -> list[str]:
    return [
        f"{prefix}_f{f:02d}_b{b:02d}_{part}" for b, count in enumerate(blocks) for f in range(count) for part in "cm"
    ]


def _state_type(name: str, fields: list[str]) -> Any:
    return collections.namedtuple(name, fields)


class GridLSTMCell(RNNCell):
    """Grid LSTM (https://arxiv.org/abs/1507.01526 and the paper of Sainath and Li, INTERSPEECH 2016).

    The input is cut into windows of ``feature_size``, ``frequency_skip`` apart; ``num_frequency_blocks`` says how many windows
    each block has, and the index lists where blocks start and end. Output ``[batch, 2 * windows * num_units]``; the state is a
    named tuple with fields such as ``state_f00_b00_c``, or one tensor without ``state_is_tuple``. ``initializer`` is not used,
    as on 1.15.

    Raises:
      ValueError: no ``num_frequency_blocks``, or blocks that do not fit the input.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        share_time_frequency_weights: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,  # noqa: ARG002 (1.15 did not use it)
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: int | None = None,
        frequency_skip: int | None = None,
        num_frequency_blocks: list[int] | None = None,
        start_freqindex_list: list[int] | None = None,
        end_freqindex_list: list[int] | None = None,
        couple_input_forget_gates: bool = False,
        state_is_tuple: bool = True,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        if num_frequency_blocks is None:
            raise ValueError("Must specify num_frequency_blocks")
        self._num_units = num_units
        self._weights = BlockWeights(
            num_units,
            use_peepholes,
            share_time_frequency_weights,
            cell_clip,
            num_unit_shards,
            forget_bias,
            couple_input_forget_gates,
        )
        self._feature_size: Any = feature_size
        self._frequency_skip: Any = frequency_skip
        self._starts = start_freqindex_list
        self._ends = end_freqindex_list
        self._blocks = [int(count) for count in num_frequency_blocks]
        self._state_tuple_type: Any = None
        if state_is_tuple:
            self._state_tuple_type = _state_type("GridLSTMStateTuple", _state_names(self._blocks))

    @property
    def output_size(self) -> int:
        """Width of the output."""
        return self._num_units * sum(self._blocks) * 2

    @property
    def state_size(self) -> Any:
        """Sizes of the state, as nested as the state."""
        if self._state_tuple_type is None:
            return self._num_units * sum(self._blocks) * 2
        return self._state_tuple_type(*[self._num_units] * len(self._state_tuple_type._fields))

    @property
    def state_tuple_type(self) -> Any:
        """The class of the state, or None without ``state_is_tuple``."""
        return self._state_tuple_type

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        outputs, states = self._run(self._windows(inputs), state, inputs, "state")
        new_state = self._state_tuple_type(*states) if self._state_tuple_type else tf.concat(states, 1)
        return tf.concat(outputs, 1), new_state

    def _run(self, blocks: Iterable[list[Any]], state: Any, inputs: Any, prefix: str) -> tuple[list[Any], list[Any]]:
        """Outputs and states of all windows of all blocks."""
        batch = tf.dimension_value(inputs.shape[0]) or tf.shape(inputs)[0]
        outputs: list[Any] = []
        states: list[Any] = []
        for block, windows in enumerate(blocks):
            step = self._weights.make(block, tf.dimension_value(windows[0].shape[1]), windows[0].dtype)
            c_freq = m_freq = tf.zeros([batch, self._num_units], windows[0].dtype)
            for index, window in enumerate(windows):
                c_time, m_time = self._previous(state, f"{prefix}_f{index:02d}_b{block:02d}", index)
                c_time, m_time, c_freq, m_freq = step(window, c_time, m_time, c_freq, m_freq)
                outputs += [m_time, m_freq]
                states += [c_time, m_time]
        return outputs, states

    def _previous(self, state: Any, name: str, index: int) -> tuple[Any, Any]:
        if self._state_tuple_type is not None:
            return getattr(state, name + "_c"), getattr(state, name + "_m")
        # on 1.15 too, all blocks read the same columns
        units = self._num_units
        return (
            tf.slice(state, [0, 2 * index * units], [-1, units]),
            tf.slice(state, [0, (2 * index + 1) * units], [-1, units]),
        )

    def _windows(self, inputs: Any, offset: int = 0) -> list[list[Any]]:
        """The windows of each block, read ``offset`` columns to the right; zeros beyond the ends."""
        width = known_width(inputs.get_shape())
        if offset:
            inputs = tf.pad(inputs, [[0, 0], [max(-offset, 0), max(offset, 0)]])
            offset = max(offset, 0)
        return [
            [
                tf.slice(inputs, [0, start + offset + k * self._frequency_skip], [-1, self._feature_size])
                for k in range(n)
            ]
            for start, n in zip(*self._layout(width), strict=True)
        ]

    def _layout(self, width: int) -> tuple[list[int], list[int]]:
        """Where each block starts, and how many windows it has."""
        starts, ends = self._starts, self._ends
        if not starts or ends is None:
            if len(self._blocks) != 1:
                raise ValueError(f"Length of num_frequency_blocks is not 1, but instead is {len(self._blocks)}")
            starts, ends = [0], [width]
        if len(starts) != len(ends):
            raise ValueError(f"Length of start and end freqindex_list does not match {len(starts)} {len(ends)}")
        if len(self._blocks) != len(starts):
            raise ValueError(
                f"Length of num_frequency_blocks is not equal to start_freqindex_list {len(self._blocks)} {len(starts)}"
            )
        for start, end, wanted in zip(starts, ends, self._blocks, strict=True):
            count = int((end - start - self._feature_size) / self._frequency_skip) + 1
            if count != wanted:
                raise ValueError(
                    f"Invalid num_frequency_blocks, requires {wanted} but gets {count}, "
                    "please check the input size and filter config are correct."
                )
        return starts, self._blocks


class BidirectionalGridLSTMCell(GridLSTMCell):
    """Two grid LSTMs that read the windows from both ends, with variables in ``fwd`` and ``bwd``.

    ``backward_slice_offset`` shifts what the second one reads.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        share_time_frequency_weights: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: int | None = None,
        frequency_skip: int | None = None,
        num_frequency_blocks: list[int] | None = None,
        start_freqindex_list: list[int] | None = None,
        end_freqindex_list: list[int] | None = None,
        couple_input_forget_gates: bool = False,
        backward_slice_offset: int = 0,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(
            num_units,
            use_peepholes,
            share_time_frequency_weights,
            cell_clip,
            initializer,
            num_unit_shards,
            forget_bias,
            feature_size,
            frequency_skip,
            num_frequency_blocks,
            start_freqindex_list,
            end_freqindex_list,
            couple_input_forget_gates,
            reuse=reuse,
        )
        self._backward_slice_offset = int(backward_slice_offset)
        names = [name for prefix in ("fwd_state", "bwd_state") for name in _state_names(self._blocks, prefix)]
        self._state_tuple_type = _state_type("BidirectionalGridLSTMStateTuple", names)

    @property
    def output_size(self) -> int:
        """Width of the output."""
        return 2 * super().output_size

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        with tf.variable_scope("fwd"):
            outputs, states = self._run(self._windows(inputs), state, inputs, "fwd_state")
        with tf.variable_scope("bwd"):
            backward = (windows[::-1] for windows in self._windows(inputs, self._backward_slice_offset))
            outputs_bw, states_bw = self._run(backward, state, inputs, "bwd_state")
        return tf.concat(outputs + outputs_bw, 1), self._state_tuple_type(*states, *states_bw)
