"""LSTM cells whose maps are convolutions (https://arxiv.org/abs/1506.04214).

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cells import LSTMStateTuple, RNNCell

from .lstm_step import Step

__all__ = ["Conv1DLSTMCell", "Conv2DLSTMCell", "Conv3DLSTMCell", "ConvLSTMCell"]


class ConvLSTMCell(RNNCell):
    """States and output are ``[batch, *input_shape[:-1], output_channels]``; ``skip_connection`` adds the input's channels to the output.

    Args:
      conv_ndims: 1, 2 or 3.
      input_shape: of one example, channels last.
      output_channels: of the states.
      kernel_shape: of the filters, ``conv_ndims`` numbers.
      use_bias: whether there are ``biases``.
      skip_connection: whether the output has the input's channels too.
      forget_bias: added to the forget gate.
      initializers: not used, as on 1.15.
      name: of the cell.

    Raises:
      ValueError: ``input_shape`` does not have ``conv_ndims + 1`` numbers.
    """

    def __init__(
        self,
        conv_ndims: int,
        input_shape: list[int],
        output_channels: int,
        kernel_shape: Any,
        use_bias: bool = True,
        skip_connection: bool = False,
        forget_bias: float = 1.0,
        initializers: Any = None,  # noqa: ARG002 (1.15 did not use it)
        name: str = "conv_lstm_cell",
    ) -> None:
        super().__init__(name=name)
        if conv_ndims != len(input_shape) - 1:
            raise ValueError(f"Invalid input_shape {input_shape} for conv_ndims={conv_ndims}.")
        self._conv_ndims = conv_ndims
        self._kernel_shape = list(kernel_shape)
        self._output_channels = output_channels
        self._use_bias = use_bias
        self._skip_connection = skip_connection
        self._step = Step(forget_bias)
        inner = list(input_shape[:-1])
        state = tf.TensorShape([*inner, output_channels])
        self._state_size = LSTMStateTuple(state, state)
        self._output_size = tf.TensorShape([*inner, output_channels + (input_shape[-1] if skip_connection else 0)])

    @property
    def output_size(self) -> Any:
        """Shape of one output."""
        return self._output_size

    @property
    def state_size(self) -> Any:
        """Shapes of one example's states."""
        return self._state_size

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state (the second state is the output, skip connection included, as on 1.15)."""
        cell, hidden = state
        i, j, f, o = tf.split(self._convolve(tf.concat([inputs, hidden], -1)), 4, axis=self._conv_ndims + 1)
        new_cell, output = self._step((i, j, f, o), cell)
        if self._skip_connection:
            output = tf.concat([output, inputs], axis=-1)
        return output, LSTMStateTuple(new_cell, output)

    def _convolve(self, both: Any) -> Any:
        features = 4 * self._output_channels
        shape = [*self._kernel_shape, both.get_shape().as_list()[-1], features]
        kernel = tf.get_variable("kernel", shape, dtype=both.dtype)
        result = tf.nn.convolution(both, kernel, padding="SAME")
        if not self._use_bias:
            return result
        zeros = tf.constant_initializer(0.0, dtype=both.dtype)
        return result + tf.get_variable("biases", [features], dtype=both.dtype, initializer=zeros)


class Conv1DLSTMCell(ConvLSTMCell):
    """`ConvLSTMCell` over one dimension."""

    def __init__(self, name: str = "conv_1d_lstm_cell", **kwargs: Any) -> None:
        super().__init__(conv_ndims=1, name=name, **kwargs)


class Conv2DLSTMCell(ConvLSTMCell):
    """`ConvLSTMCell` over two dimensions."""

    def __init__(self, name: str = "conv_2d_lstm_cell", **kwargs: Any) -> None:
        super().__init__(conv_ndims=2, name=name, **kwargs)


class Conv3DLSTMCell(ConvLSTMCell):
    """`ConvLSTMCell` over three dimensions."""

    def __init__(self, name: str = "conv_3d_lstm_cell", **kwargs: Any) -> None:
        super().__init__(conv_ndims=3, name=name, **kwargs)
