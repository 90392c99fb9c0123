"""Cells with few parameters: SRU (https://arxiv.org/abs/1709.02755), MinimalRNN (1711.06788) and the chaos free network (1612.06212).

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src import activations, initializers
from tf_keras.src.engine.input_spec import InputSpec
from tf_keras.src.layers.rnn.legacy_cells import LayerRNNCell

from .sizes import HiddenState, known_width

__all__ = ["CFNCell", "MinimalRNNCell", "SRUCell"]


class SRUCell(HiddenState, LayerRNNCell):
    """Simple recurrent unit: its gates do not see the state; output and state are ``[batch, num_units]``."""

    def __init__(
        self,
        num_units: int,
        activation: Callable[[Any], Any] | None = None,
        reuse: bool | None = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(_reuse=reuse, name=name, **kwargs)
        self._num_units = num_units
        self._activation = activation or tf.tanh
        self.input_spec = InputSpec(ndim=2)

    def build(self, inputs_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is unknown."""
        self._kernel = self.add_weight("kernel", shape=[known_width(inputs_shape), 4 * self._num_units])
        self._bias = self.add_weight("bias", shape=[2 * self._num_units], initializer=tf.zeros_initializer)
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        x_bar, f, r, x_tx = tf.split(tf.matmul(inputs, self._kernel), 4, 1)
        f, r = tf.split(tf.sigmoid(tf.nn.bias_add(tf.concat([f, r], 1), self._bias)), 2, 1)
        c = f * state + (1.0 - f) * x_bar
        return r * self._activation(c) + (1.0 - r) * x_tx, c


class _KerasStyle(HiddenState, LayerRNNCell):
    """Activation and initializers by name."""

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "ones",
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, dtype=dtype, **kwargs)
        self.input_spec = InputSpec(ndim=2)
        self.units = self._num_units = units
        self.activation = activations.get(activation)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)

    def _kernel(self, name: str, shape: list[int]) -> Any:
        return self.add_weight(name=name, shape=shape, initializer=self.kernel_initializer)

    def _bias(self, size: int) -> Any:
        return self.add_weight(name="bias", shape=[size], initializer=self.bias_initializer)


class MinimalRNNCell(_KerasStyle):
    """One gate between the state and the embedded input; output and state are ``[batch, units]``."""

    def build(self, inputs_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is unknown."""
        self._width = known_width(inputs_shape)
        self.kernel = self._kernel("kernel", [self._width + 2 * self.units, self.units])
        self.bias = self._bias(self.units)
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        feed_weights, gate_weights = tf.split(self.kernel, [self._width, 2 * self.units], 0)
        feed = self.activation(tf.matmul(inputs, feed_weights))
        u = tf.sigmoid(tf.nn.bias_add(tf.matmul(tf.concat([feed, state], 1), gate_weights), self.bias))
        new_h = u * state + (1 - u) * feed
        return new_h, new_h


class CFNCell(_KerasStyle):
    """Two gates, no recurrent map of the state itself; output and state are ``[batch, units]``."""

    def build(self, inputs_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is unknown."""
        self.kernel = self._kernel("kernel", [known_width(inputs_shape), 3 * self.units])
        self.recurrent_kernel = self._kernel("recurrent_kernel", [self.units, 2 * self.units])
        self.bias = self._bias(2 * self.units)
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        v, w = tf.split(self.kernel, [2 * self.units, self.units], 1)
        gates = tf.nn.bias_add(tf.matmul(state, self.recurrent_kernel) + tf.matmul(inputs, v), self.bias)
        theta, eta = tf.split(tf.sigmoid(gates), 2, 1)
        new_h = theta * self.activation(state) + (1 - eta) * self.activation(tf.matmul(inputs, w))
        return new_h, new_h
