"""Cells whose units see only their own last output (https://arxiv.org/abs/1803.04831).

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.engine.input_spec import InputSpec
from tf_keras.src.layers.rnn.legacy_cells import LayerRNNCell, LSTMStateTuple

from .lstm_step import Step
from .sizes import HiddenState, LSTMState, known_width

__all__ = ["IndRNNCell", "IndyGRUCell", "IndyLSTMCell"]
Activation = Callable[[Any], Any] | None


class _Independent(LayerRNNCell):
    """An input kernel, one recurrent weight a unit and a bias, for one or more gates."""

    _num_units: int

    def __init__(
        self,
        num_units: int,
        activation: Activation = None,
        reuse: bool | None = None,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self.input_spec = InputSpec(ndim=2)
        self._num_units = num_units
        self._activation = activation or tf.tanh
        self._kernel_initializer = kernel_initializer
        self._bias_initializer = bias_initializer

    def _weights(
        self, inputs_shape: Any, gates: int, kernel: str = "kernel_w", recurrent: str = "kernel_u", bias: str = "bias"
    ) -> tuple[Any, Any, Any]:
        """Make the variables of ``gates`` gates."""
        width = gates * self._num_units
        shape = [known_width(inputs_shape), width]
        uniform = tf.random_uniform_initializer(minval=-1, maxval=1, dtype=self.dtype)
        start = self._bias_initializer
        if start is None:
            start = tf.constant_initializer(float(bias.startswith("gates")), dtype=self.dtype)
        return (
            self.add_weight(kernel, shape=shape, initializer=self._kernel_initializer),
            self.add_weight(recurrent, shape=[1, width], initializer=uniform),
            self.add_weight(bias, shape=[width], initializer=start),
        )

    @staticmethod
    def _gates(weights: tuple[Any, Any, Any], inputs: Any, h: Any, gates: int) -> Any:
        kernel, recurrent, bias = weights
        return tf.nn.bias_add(tf.matmul(inputs, kernel) + tf.tile(h, [1, gates]) * recurrent, bias)


class IndRNNCell(HiddenState, _Independent):
    """Basic RNN cell with independent units; output and state are ``[batch, num_units]``."""

    def __init__(
        self,
        num_units: int,
        activation: Activation = None,
        reuse: bool | None = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_units, activation, reuse, name=name, dtype=dtype)

    def build(self, inputs_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is unknown."""
        self._all = self._weights(inputs_shape, 1)
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        output = self._activation(self._gates(self._all, inputs, state, 1))
        return output, output


class IndyGRUCell(HiddenState, _Independent):
    """GRU cell with independent units; output and state are ``[batch, num_units]``."""

    def build(self, inputs_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is unknown."""
        self._gate = self._weights(inputs_shape, 2, "gates/kernel_w", "gates/kernel_u", "gates/bias")
        # the kernel's name is without _w on 1.15 too
        self._candidate = self._weights(inputs_shape, 1, "candidate/kernel", "candidate/kernel_u", "candidate/bias")
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        r, u = tf.split(tf.sigmoid(self._gates(self._gate, inputs, state, 2)), 2, 1)
        candidate = self._activation(self._gates(self._candidate, inputs, r * state, 1))
        new_h = u * state + (1 - u) * candidate
        return new_h, new_h


class IndyLSTMCell(LSTMState, _Independent):
    """LSTM cell with independent units; the output is ``[batch, num_units]``."""

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        activation: Activation = None,
        reuse: bool | None = None,
        kernel_initializer: Any = None,
        bias_initializer: Any = None,
        name: str | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_units, activation, reuse, kernel_initializer, bias_initializer, name, dtype)
        self._step = Step(forget_bias, self._activation)

    def build(self, inputs_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is unknown."""
        self._all = self._weights(inputs_shape, 4)
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        c_prev, h_prev = state
        c, h = self._step(tf.split(self._gates(self._all, inputs, h_prev, 4), 4, 1), c_prev)
        return h, LSTMStateTuple(c, h)
