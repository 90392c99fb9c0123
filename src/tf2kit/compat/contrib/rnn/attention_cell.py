"""A cell that attends to its own last outputs.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest
from tf_keras.src.layers.rnn.legacy_cells import RNNCell

from .linear import Linear

__all__ = ["AttentionCellWrapper"]


class AttentionCellWrapper(RNNCell):
    """Attention over the last ``attn_length`` outputs of a cell (https://arxiv.org/abs/1409.0473).

    The state is the tuple (state of the cell, attention ``[batch, attn_size]``, outputs ``[batch, attn_size * attn_length]``), or one
    concatenated tensor without ``state_is_tuple``. ValueError for a length that is not positive or a state that does not fit the flag.
    """

    def __init__(
        self,
        cell: Any,
        attn_length: int,
        attn_size: int | None = None,
        attn_vec_size: int | None = None,
        input_size: int | None = None,
        state_is_tuple: bool = True,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        if nest.is_nested(cell.state_size) and not state_is_tuple:
            raise ValueError(
                f"Cell returns tuple of states, but the flag state_is_tuple is not set. State size is: {cell.state_size}"
            )
        if attn_length <= 0:
            raise ValueError(f"attn_length should be greater than zero, got {attn_length}")
        self._state_is_tuple = state_is_tuple
        self._cell = cell
        self._attn_size = attn_size or cell.output_size
        self._attn_vec_size = attn_vec_size or self._attn_size
        self._input_size = input_size
        self._attn_length = attn_length
        self._linears: dict[str, Linear] = {}

    @property
    def state_size(self) -> Any:
        """Sizes of the state, as nested as the state."""
        size = (self._cell.state_size, self._attn_size, self._attn_size * self._attn_length)
        return size if self._state_is_tuple else sum(size)

    @property
    def output_size(self) -> int:
        """Width of the output."""
        return int(self._attn_size)

    def call(self, inputs: Any, state: Any) -> Any:
        """Output ``[batch, attn_size]`` and new state."""
        state, attns, attn_states = state if self._state_is_tuple else self._split(state)
        attn_states = tf.reshape(attn_states, [-1, self._attn_length, self._attn_size])
        input_size = self._input_size or inputs.get_shape().as_list()[1]
        inputs = self._apply_linear("inputs", [inputs, attns], input_size)
        cell_output, new_state = self._cell(inputs, state)
        query = tf.concat(nest.flatten(new_state), 1) if self._state_is_tuple else new_state
        new_attns, new_attn_states = self._attention(query, attn_states)
        with tf.variable_scope("attn_output_projection"):
            output = self._apply_linear("output", [cell_output, new_attns], self._attn_size)
        new_attn_states = tf.concat([new_attn_states, tf.expand_dims(output, 1)], 1)
        new_attn_states = tf.reshape(new_attn_states, [-1, self._attn_length * self._attn_size])
        parts = (new_state, new_attns, new_attn_states)
        return output, parts if self._state_is_tuple else tf.concat(list(parts), 1)

    def _split(self, states: Any) -> tuple[Any, Any, Any]:
        first, second = self._cell.state_size, self._attn_size
        return (
            tf.slice(states, [0, 0], [-1, first]),
            tf.slice(states, [0, first], [-1, second]),
            tf.slice(states, [0, first + second], [-1, second * self._attn_length]),
        )

    def _apply_linear(self, key: str, args: Any, size: int) -> Any:
        if key not in self._linears:
            self._linears[key] = Linear(args, size, True)
        return self._linears[key](args)

    def _attention(self, query: Any, attn_states: Any) -> tuple[Any, Any]:
        with tf.variable_scope("attention"):
            k = tf.get_variable("attn_w", [1, 1, self._attn_size, self._attn_vec_size])
            v = tf.get_variable("attn_v", [self._attn_vec_size])
            hidden = tf.reshape(attn_states, [-1, self._attn_length, 1, self._attn_size])
            features = tf.nn.conv2d(hidden, k, [1, 1, 1, 1], "SAME")
            y = tf.reshape(self._apply_linear("query", query, self._attn_vec_size), [-1, 1, 1, self._attn_vec_size])
            a = tf.nn.softmax(tf.reduce_sum(v * tf.tanh(features + y), [2, 3]))
            d = tf.reduce_sum(tf.reshape(a, [-1, self._attn_length, 1, 1]) * hidden, [1, 2])
            return tf.reshape(d, [-1, self._attn_size]), tf.slice(attn_states, [0, 1, 0], [-1, -1, -1])
