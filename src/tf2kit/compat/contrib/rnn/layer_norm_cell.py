"""An LSTM cell with layer normalization and recurrent dropout.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import LSTMStateTuple, RNNCell

from .lstm_step import layer_norm

__all__ = ["LayerNormBasicLSTMCell"]


class LayerNormBasicLSTMCell(RNNCell):
    """LSTM whose gates and state are normalized over the units; its output is ``[batch, num_units]``."""

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        input_size: int | None = None,  # noqa: ARG002 (deprecated in TensorFlow 1 already)
        activation: Callable[[Any], Any] = tf.tanh,
        layer_norm: bool = True,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
        dropout_keep_prob: Any = 1.0,
        dropout_prob_seed: int | None = None,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._activation = activation
        self._forget_bias = forget_bias
        self._keep_prob = dropout_keep_prob
        self._seed = dropout_prob_seed
        self._layer_norm = layer_norm
        self._norm_gain = norm_gain
        self._norm_shift = norm_shift
        self._reuse = reuse

    @property
    def state_size(self) -> Any:
        """Sizes of the state, as nested as the state."""
        return LSTMStateTuple(self._num_units, self._num_units)

    @property
    def output_size(self) -> int:
        """Width of the output."""
        return self._num_units

    def _norm(self, inp: Any, scope: str, dtype: Any) -> Any:
        if not self._layer_norm:
            return inp
        return layer_norm(self._norm_gain, self._norm_shift, inp, scope, dtype)

    def _linear(self, args: Any) -> Any:
        out_size = 4 * self._num_units
        out = tf.matmul(args, tf.get_variable("kernel", [args.get_shape()[-1], out_size], dtype=args.dtype))
        if not self._layer_norm:
            out = tf.nn.bias_add(out, tf.get_variable("bias", [out_size], dtype=args.dtype))
        return out

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state."""
        c, h = state
        args = tf.concat([inputs, h], 1)
        dtype = args.dtype
        gates = tf.split(value=self._linear(args), num_or_size_splits=4, axis=1)
        names = ("input", "transform", "forget", "output")
        i, j, f, o = (self._norm(gate, name, dtype) for gate, name in zip(gates, names, strict=True))
        g = self._activation(j)
        if not isinstance(self._keep_prob, float) or self._keep_prob < 1:
            g = tf.nn.dropout(g, keep_prob=self._keep_prob, seed=self._seed)
        new_c = self._norm(c * tf.sigmoid(f + self._forget_bias) + tf.sigmoid(i) * g, "state", dtype)
        new_h = self._activation(new_c) * tf.sigmoid(o)
        return new_h, LSTMStateTuple(new_c, new_h)
