"""An LSTM cell that moves over frequencies as well.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import RNNCell

from .lstm_step import Step, sharded_variable
from .sizes import known_width

__all__ = ["TimeFreqLSTMCell"]


class TimeFreqLSTMCell(RNNCell):
    """One LSTM applied to windows of ``feature_size`` inputs, ``frequency_skip`` apart; each window sees the output of the one before.

    The output is ``[batch, windows * num_units]`` and the state ``[batch, windows * 2 * num_units]``. ``output_size`` and
    ``state_size`` say what they are for one window, as on 1.15, and ``initializer`` is not used.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        cell_clip: float | None = None,
        initializer: Any = None,  # noqa: ARG002 (1.15 did not use it)
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: int | None = None,
        frequency_skip: int = 1,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._num_unit_shards = num_unit_shards
        self._feature_size = feature_size
        self._frequency_skip = frequency_skip
        self._step = Step(forget_bias, cell_clip=cell_clip)

    @property
    def output_size(self) -> int:
        """Width of one window's output."""
        return self._num_units

    @property
    def state_size(self) -> int:
        """Width of one window's state."""
        return 2 * self._num_units

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state; ValueError if the input's width is unknown."""
        windows = self._windows(inputs)
        units, dtype = self._num_units, inputs.dtype
        shape = [windows[0].get_shape().as_list()[1] + 2 * units, 4 * units]
        weights = sharded_variable("W", shape, dtype, self._num_unit_shards)
        bias = tf.get_variable("B", shape=[4 * units], initializer=tf.zeros_initializer(), dtype=dtype)
        peepholes = self._peepholes(dtype) if self._use_peepholes else None
        m_freq = tf.zeros([tf.dimension_value(inputs.shape[0]) or tf.shape(inputs)[0], units], dtype)
        outputs, states = [], []
        for k, window in enumerate(windows):
            c_prev = tf.slice(state, [0, 2 * k * units], [-1, units])
            m_prev = tf.slice(state, [0, (2 * k + 1) * units], [-1, units])
            matrix = tf.nn.bias_add(tf.matmul(tf.concat([window, m_prev, m_freq], 1), weights), bias)
            c, m_freq = self._step(tf.split(matrix, 4, 1), c_prev, peepholes)
            outputs.append(m_freq)
            states += [c, m_freq]
        return tf.concat(outputs, 1), tf.concat(states, 1)

    def _peepholes(self, dtype: Any) -> tuple[Any, Any, Any]:
        f, i, o = (tf.get_variable(f"W_{gate}_diag", shape=[self._num_units], dtype=dtype) for gate in ("F", "I", "O"))
        return i, f, o

    def _windows(self, inputs: Any) -> list[Any]:
        size, skip = self._feature_size, self._frequency_skip
        count = int((known_width(inputs.get_shape()) - size) / skip) + 1  # type: ignore[operator]
        return [tf.slice(inputs, [0, k * skip], [-1, size]) for k in range(count)]
