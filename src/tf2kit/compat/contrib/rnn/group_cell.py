"""An LSTM cell in independent groups (https://arxiv.org/abs/1703.10722).

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import LSTMStateTuple, RNNCell

from .linear import Linear
from .sizes import LSTMState, known_width

__all__ = ["GLSTMCell"]


class GLSTMCell(LSTMState, RNNCell):
    """Input and state are cut into ``number_of_groups`` parts with maps of their own; output ``[batch, num_proj or num_units]``.

    Raises:
      ValueError: units, projection or inputs cannot be divided by the number of groups.
    """

    def __init__(
        self,
        num_units: int,
        initializer: Any = None,
        num_proj: int | None = None,
        number_of_groups: int = 1,
        forget_bias: float = 1.0,
        activation: Callable[[Any], Any] = tf.tanh,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        for name, size in (("num_units", num_units), ("num_proj", num_proj or 0)):
            if size % number_of_groups:
                raise ValueError(f"{name} must be divisible by number_of_groups")
        self._num_units = num_units
        self._initializer = initializer
        self._num_proj = num_proj
        self._forget_bias = forget_bias
        self._activation = activation
        self._groups = number_of_groups
        self._linears: dict[str, Linear] = {}

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        c_prev, m_prev = state
        width = known_width(inputs.shape)
        if width % self._groups:
            raise ValueError(f"input size ({width}) must be divisible by number_of_groups ({self._groups})")
        with tf.variable_scope(tf.get_variable_scope(), initializer=self._initializer):
            i, j, f, o = self._gates(inputs, m_prev)
        c = tf.sigmoid(f + self._forget_bias) * c_prev + tf.sigmoid(i) * tf.tanh(j)
        m = tf.sigmoid(o) * self._activation(c)
        if self._num_proj is not None:
            m = self._linear("projection", m, self._num_proj)
        return m, LSTMStateTuple(c, m)

    def _gates(self, inputs: Any, m_prev: Any) -> list[Any]:
        parts = []
        for k, (x, m) in enumerate(
            zip(tf.split(inputs, self._groups, 1), tf.split(m_prev, self._groups, 1), strict=True)
        ):
            linear = self._linear(f"group{k}", tf.concat([x, m], 1), 4 * self._num_units // self._groups)
            parts.append(tf.split(linear, 4, 1))
        zeros = tf.constant_initializer(0.0, dtype=inputs.dtype)
        gates = []
        for name, gate in zip("ijfo", zip(*parts, strict=True), strict=True):
            bias = tf.get_variable(f"bias_{name}", [self._num_units], dtype=inputs.dtype, initializer=zeros)
            gates.append(tf.nn.bias_add(tf.concat(gate, 1), bias))
        return gates

    def _linear(self, scope: str, args: Any, size: int) -> Any:
        with tf.variable_scope(scope):
            if scope not in self._linears:
                self._linears[scope] = Linear(args, size, False)
            return self._linears[scope](args)
