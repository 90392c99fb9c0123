"""An LSTM cell for events at any time: a rhythm opens each unit for a part of its period (https://arxiv.org/abs/1610.09513).

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import math
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import LSTMStateTuple, RNNCell

from .linear import Linear
from .sizes import LSTMState

__all__ = ["PhasedLSTMCell"]


class PhasedLSTMCell(LSTMState, RNNCell):
    """Its input is a pair (time ``[batch, 1]``, any float type; features ``[batch, n]``), its output ``[batch, num_units]``."""

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        leak: float = 0.001,
        ratio_on: float = 0.1,
        trainable_ratio_on: bool = True,
        period_init_min: float = 1.0,
        period_init_max: float = 1000.0,
        reuse: bool | None = None,
    ) -> None:
        # no autocast: time may be float64
        super().__init__(_reuse=reuse, autocast=False)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._leak = leak
        self._ratio_on = ratio_on
        self._trainable_ratio_on = trainable_ratio_on
        self._periods = (period_init_min, period_init_max)
        self._linears: dict[str, Linear] = {}

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        c_prev, h_prev = state
        time, x = inputs
        i, f = tf.split(tf.sigmoid(self._linear("mask_gates", [x, h_prev], c_prev, 2)), 2, 1)
        new_c = c_prev * f + i * tf.tanh(self._linear("new_input", [x, h_prev], None, 1))
        new_h = tf.tanh(new_c) * tf.sigmoid(self._linear("output_gate", [x, h_prev], new_c, 1))
        k = self._openness(time)
        new_c = k * new_c + (1 - k) * c_prev
        new_h = k * new_h + (1 - k) * h_prev
        return new_h, LSTMStateTuple(new_c, new_h)

    def _linear(self, scope: str, args: list[Any], peephole: Any, gates: int) -> Any:
        if self._use_peepholes and peephole is not None:
            args = [*args, peephole]
        with tf.variable_scope(scope):
            if scope not in self._linears:
                self._linears[scope] = Linear(args, gates * self._num_units, True)
            return self._linears[scope](args)

    def _openness(self, time: Any) -> Any:
        """How far each unit is open: up and down during ``ratio_on`` of its period, a leak in the rest."""
        shape = [self._num_units]
        period = tf.get_variable("period", shape, initializer=_random_exp_initializer(*self._periods))
        shift = tf.random_uniform_initializer(0.0, period.initial_value)
        phase = tf.get_variable("phase", shape, initializer=shift)
        constant = tf.constant_initializer(self._ratio_on)
        ratio_on = tf.get_variable("ratio_on", shape, initializer=constant, trainable=self._trainable_ratio_on)
        cycle = _cycle_ratio(time, phase, period)
        k_up = 2 * cycle / ratio_on
        k = tf.where(cycle < ratio_on, 2 - k_up, self._leak * cycle)
        return tf.where(cycle < 0.5 * ratio_on, k_up, k)


def _cycle_ratio(time: Any, phase: Any, period: Any) -> Any:
    """Where in its period each unit is, float32 in [0, 1)."""
    period = tf.cast(period, time.dtype)
    shifted = time - tf.cast(phase, time.dtype)
    # the gradient of the remainder is the one of its first argument
    remainder = tf.stop_gradient(tf.mod(shifted, period) - shifted) + shifted
    return tf.cast(remainder / period, tf.float32)


def _random_exp_initializer(minval: float, maxval: float) -> Any:
    def initializer(shape: Any, dtype: Any = tf.float32, partition_info: Any = None) -> Any:  # noqa: ARG001
        return tf.exp(tf.random_uniform(shape, math.log(minval), math.log(maxval), dtype))

    return initializer
