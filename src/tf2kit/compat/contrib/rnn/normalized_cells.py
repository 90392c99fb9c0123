"""LSTM cells with peepholes and projection whose gates or whose weights are normalized.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import LSTMStateTuple, RNNCell

from .linear import Linear
from .lstm_step import Step, clip, layer_norm
from .sizes import LSTMState, known_width

__all__ = ["LayerNormLSTMCell", "WeightNormLSTMCell"]
Activation = Callable[[Any], Any] | None


class _NormalizedLSTMCell(LSTMState, RNNCell):
    """What both have: variables in `_inner_scope`, gates by `_linear`."""

    _inner_scope: Any = None

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool,
        cell_clip: float | None,
        initializer: Any,
        num_proj: int | None,
        proj_clip: float | None,
        forget_bias: float,
        activation: Activation,
        reuse: bool | None,
        norm: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._initializer = initializer
        self._num_proj = num_proj
        self._proj_clip = proj_clip
        self._step = Step(forget_bias, activation or tf.tanh, cell_clip, norm)

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state; ValueError if the input's width is unknown."""
        c_prev, m_prev = state
        known_width(inputs.get_shape())
        with tf.variable_scope(self._inner_scope or tf.get_variable_scope(), initializer=self._initializer):
            gates = self._normalized_gates(tf.split(self._linear([inputs, m_prev], 4 * self._num_units, True), 4, 1))
            c, m = self._step(gates, c_prev, self._peepholes(inputs.dtype) if self._use_peepholes else None)
            if self._num_proj is not None:
                with tf.variable_scope("projection"):
                    m = clip(self._linear([m], self._num_proj, False), self._proj_clip)
        return m, LSTMStateTuple(c, m)

    def _peepholes(self, dtype: Any) -> tuple[Any, Any, Any]:
        f, i, o = (tf.get_variable(f"w_{g}_diag", shape=[self._num_units], dtype=dtype) for g in "fio")
        return i, f, o

    def _normalized_gates(self, gates: list[Any]) -> list[Any]:
        return gates

    def _linear(self, args: list[Any], size: int, bias: bool) -> Any:
        return Linear(args, size, bias)(args)


class LayerNormLSTMCell(_NormalizedLSTMCell):
    """LSTM with optional layer normalization of gates and state (https://arxiv.org/abs/1607.06450).

    The output is ``[batch, num_proj or num_units]``. With normalization, ``bias`` is made but not added, as on 1.15.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_proj: int | None = None,
        proj_clip: float | None = None,
        forget_bias: float = 1.0,
        activation: Activation = None,
        layer_norm: bool = False,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
        reuse: bool | None = None,
    ) -> None:
        self._norms = (norm_gain, norm_shift)
        self._layer_norm = layer_norm
        super().__init__(
            num_units,
            use_peepholes,
            cell_clip,
            initializer,
            num_proj,
            proj_clip,
            forget_bias,
            activation,
            reuse,
            norm=(lambda c: self._norm(c, "state")) if layer_norm else None,
        )

    def _norm(self, inp: Any, scope: str) -> Any:
        return layer_norm(*self._norms, inp, scope)

    def _normalized_gates(self, gates: list[Any]) -> list[Any]:
        if not self._layer_norm:
            return gates
        names = ("input", "transform", "forget", "output")
        return [self._norm(gate, name) for gate, name in zip(gates, names, strict=True)]

    def _linear(self, args: list[Any], size: int, bias: bool) -> Any:
        linear = Linear(args, size, bias)
        return linear.product(args) if self._layer_norm else linear(args)


class WeightNormLSTMCell(_NormalizedLSTMCell):
    """LSTM with normalized weights (https://arxiv.org/abs/1602.07868); its output is ``[batch, num_proj or num_units]``.

    The variables are in ``wn_lstm_cell/wn_lstm_cell``: on 1.15 the name of the inner scope became the layer's own as well.
    """

    _inner_scope = "wn_lstm_cell"

    def __init__(
        self,
        num_units: int,
        norm: bool = True,
        use_peepholes: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,
        num_proj: int | None = None,
        proj_clip: float | None = None,
        forget_bias: float = 1,
        activation: Activation = None,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(
            num_units, use_peepholes, cell_clip, initializer, num_proj, proj_clip, forget_bias, activation, reuse
        )
        self._norm = norm
        self._scope = self._inner_scope

    def _linear(self, args: list[Any], size: int, bias: bool) -> Any:
        return Linear(args, size, bias, transform=self._normalize if self._norm else None)(args)

    @staticmethod
    def _normalize(weights: Any, widths: list[int]) -> Any:
        """Unit columns times a variable ``norm_i``, for the rows of each argument."""
        parts = []
        # outside of a while loop if the cell is in one
        with tf.control_dependencies(None):
            start = 0
            for i, width in enumerate(widths):
                rows = weights[start : start + width, :]
                gain = tf.get_variable(f"norm_{i}", [weights.get_shape().as_list()[1]], dtype=weights.dtype)
                parts.append(tf.nn.l2_normalize(rows, axis=0) * gain)
                start += width
            return tf.concat(parts, axis=0)
