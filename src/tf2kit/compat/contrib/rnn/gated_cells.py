"""Small cells with an update gate: UGRNN and intersection RNN (https://arxiv.org/abs/1611.09913).

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import RNNCell

from .linear import Linear
from .sizes import HiddenState, known_width

__all__ = ["IntersectionRNNCell", "UGRNNCell"]


class UGRNNCell(HiddenState, RNNCell):
    """Update-gate RNN; its output is its state, ``[batch, num_units]``."""

    def __init__(
        self,
        num_units: int,
        initializer: Any = None,
        forget_bias: float = 1.0,
        activation: Callable[[Any], Any] = tf.tanh,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._initializer = initializer
        self._forget_bias = forget_bias
        self._activation = activation
        self._linear: Linear | None = None

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state; ValueError if the input's width is unknown."""
        known_width(inputs.get_shape())
        with tf.variable_scope(tf.get_variable_scope(), initializer=self._initializer):
            both = tf.concat([inputs, state], 1)
            if self._linear is None:
                self._linear = Linear(both, 2 * self._num_units, True)
            g, c = tf.split(self._linear(both), 2, 1)
        gate = tf.sigmoid(g + self._forget_bias)
        new_state = gate * state + (1.0 - gate) * self._activation(c)
        return new_state, new_state


class IntersectionRNNCell(HiddenState, RNNCell):
    """Gates over time and over depth: the output mixes the input with new values, so both have ``num_units``.

    Inputs of another width need ``num_in_proj``; ValueError without.
    """

    def __init__(
        self,
        num_units: int,
        num_in_proj: int | None = None,
        initializer: Any = None,
        forget_bias: float = 1.0,
        y_activation: Callable[[Any], Any] = tf.nn.relu,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._initializer = initializer
        self._forget_bias = forget_bias
        self._num_input_proj = num_in_proj
        self._y_activation = y_activation
        self._projection: Linear | None = None
        self._linear: Linear | None = None

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        width = known_width(inputs.get_shape())
        with tf.variable_scope(tf.get_variable_scope(), initializer=self._initializer):
            if width != self._num_units:
                inputs = self._project(inputs)
            both = tf.concat([inputs, state], 1)
            if self._linear is None:
                self._linear = Linear(both, 4 * self._num_units, True)
            gh, h, gy, y = tf.split(self._linear(both), 4, 1)
        gh, gy = tf.sigmoid(gh + self._forget_bias), tf.sigmoid(gy + self._forget_bias)
        new_state = gh * state + (1.0 - gh) * tf.tanh(h)
        return gy * inputs + (1.0 - gy) * self._y_activation(y), new_state

    def _project(self, inputs: Any) -> Any:
        if not self._num_input_proj:
            raise ValueError(
                "Must have input size == output size for Intersection RNN. "
                "To fix, num_in_proj should be set to num_units at cell init."
            )
        with tf.variable_scope("in_projection"):
            if self._projection is None:
                self._projection = Linear(inputs, self._num_units, True)
            return self._projection(inputs)
