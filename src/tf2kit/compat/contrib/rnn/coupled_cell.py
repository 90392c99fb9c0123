"""An LSTM cell whose input gate is one minus its forget gate.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import LSTMStateTuple, RNNCell

from .lstm_step import clip, layer_norm, sharded_variable
from .sizes import LSTMState, known_width

__all__ = ["CoupledInputForgetGateLSTMCell"]


class CoupledInputForgetGateLSTMCell(LSTMState, RNNCell):
    """LSTM with coupled gates (http://arxiv.org/abs/1503.04069); its output is ``[batch, num_proj or num_units]``.

    As on 1.15, ``initializer`` is not used, and layer normalization leaves the bias ``B`` out.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        initializer: Any = None,  # noqa: ARG002 (1.15 did not use it)
        num_proj: int | None = None,
        proj_clip: float | None = None,
        num_unit_shards: int = 1,
        num_proj_shards: int = 1,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        activation: Callable[[Any], Any] = tf.tanh,
        reuse: bool | None = None,
        layer_norm: bool = False,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._num_proj = num_proj
        self._proj_clip = proj_clip
        self._shards = (num_unit_shards, num_proj_shards)
        self._forget_bias = forget_bias
        self._state_is_tuple = state_is_tuple
        self._activation = activation
        self._layer_norm = layer_norm
        self._norms = (norm_gain, norm_shift)

    @property
    def state_size(self) -> Any:
        """Sizes of c and m, or their sum without ``state_is_tuple``."""
        sizes = super().state_size
        return sizes if self._state_is_tuple else sum(sizes)

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state; ValueError if the input's width is unknown."""
        c_prev, m_prev = state if self._state_is_tuple else tf.split(state, [self._num_units, self.output_size], 1)
        j, f, o = self._gates(inputs, m_prev)
        if self._use_peepholes:
            w_f, w_o = (
                tf.get_variable(n, shape=[self._num_units], dtype=inputs.dtype) for n in ("W_F_diag", "W_O_diag")
            )
            f = f + w_f * c_prev
        forget = tf.sigmoid(f + self._forget_bias)
        c = self._norm(forget * c_prev + (1 - forget) * self._activation(j), "state")
        m = tf.sigmoid(o + w_o * c if self._use_peepholes else o) * self._activation(c)
        if self._num_proj is not None:
            shape = [self._num_units, self._num_proj]
            m = clip(tf.matmul(m, sharded_variable("W_P", shape, inputs.dtype, self._shards[1])), self._proj_clip)
        return m, LSTMStateTuple(c, m) if self._state_is_tuple else tf.concat([c, m], 1)

    def _gates(self, inputs: Any, m_prev: Any) -> tuple[Any, ...]:
        """New input, forget and output gate, before their non-linearities."""
        size = 3 * self._num_units
        shape = [known_width(inputs.get_shape()) + self.output_size, size]
        weights = sharded_variable("W", shape, inputs.dtype, self._shards[0])
        bias = tf.get_variable("B", shape=[size], initializer=tf.zeros_initializer(), dtype=inputs.dtype)
        matrix = tf.matmul(tf.concat([inputs, m_prev], 1), weights)
        if not self._layer_norm:
            matrix = tf.nn.bias_add(matrix, bias)
        names = ("transform", "forget", "output")
        return tuple(self._norm(gate, name) for gate, name in zip(tf.split(matrix, 3, 1), names, strict=True))

    def _norm(self, inp: Any, scope: str) -> Any:
        return layer_norm(*self._norms, inp, scope) if self._layer_norm else inp
