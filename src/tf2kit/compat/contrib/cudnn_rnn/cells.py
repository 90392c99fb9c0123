"""Cells with the maths and the variables of cuDNN's RNNs.

Adapted from TensorFlow 1.15, contrib/cudnn_rnn/python/ops/cudnn_rnn_ops.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import GRUCell

from ..rnn.block_cells import LSTMBlockCell
from ..rnn.sizes import known_width

__all__ = ["CudnnCompatibleGRUCell", "CudnnCompatibleLSTMCell"]


class CudnnCompatibleLSTMCell(LSTMBlockCell):
    """LSTM as cuDNN computes it: no bias for the forget gate, no peepholes, no clipping; output ``[batch, num_units]``."""

    def __init__(self, num_units: int, reuse: bool | None = None) -> None:
        super().__init__(num_units, forget_bias=0, reuse=reuse, name="cudnn_compatible_lstm_cell")


class CudnnCompatibleGRUCell(GRUCell):
    """GRU as cuDNN computes it: the reset gate comes after the map of the state; output ``[batch, num_units]``."""

    def __init__(self, num_units: int, reuse: bool | None = None, kernel_initializer: Any = None) -> None:
        super().__init__(num_units, activation=None, reuse=reuse, kernel_initializer=kernel_initializer)

    def build(self, inputs_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is unknown."""
        width, units = known_width(inputs_shape), self._num_units
        self._gate_kernel = self._kernel("gates", width + units, 2 * units)
        self._gate_bias = self._bias("gates", 2 * units, 1.0)
        self._candidate_input_kernel = self._kernel("candidate/input_projection", width, units)
        self._candidate_hidden_kernel = self._kernel("candidate/hidden_projection", units, units)
        self._candidate_input_bias = self._bias("candidate/input_projection", units, 0.0)
        self._candidate_hidden_bias = self._bias("candidate/hidden_projection", units, 0.0)
        self.built = True

    def _kernel(self, scope: str, rows: int, columns: int) -> Any:
        return self.add_weight(f"{scope}/kernel", shape=[rows, columns], initializer=self._kernel_initializer)

    def _bias(self, scope: str, size: int, start: float) -> Any:
        initializer = tf.constant_initializer(start, dtype=self.dtype)
        return self.add_weight(f"{scope}/bias", shape=[size], initializer=self._bias_initializer or initializer)

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        gates = tf.nn.bias_add(tf.matmul(tf.concat([inputs, state], 1), self._gate_kernel), self._gate_bias)
        r, u = tf.split(tf.sigmoid(gates), 2, 1)
        hidden = tf.nn.bias_add(tf.matmul(state, self._candidate_hidden_kernel), self._candidate_hidden_bias)
        given = tf.nn.bias_add(tf.matmul(inputs, self._candidate_input_kernel), self._candidate_input_bias)
        candidate = self._activation(given + r * hidden)
        new_h = (1 - u) * candidate + u * state
        return new_h, new_h
