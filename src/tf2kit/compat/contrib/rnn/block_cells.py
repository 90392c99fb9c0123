"""Cells whose step, or whose run over a whole sequence, is one operation of TensorFlow.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/{lstm_ops,gru_ops}.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import abc
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.engine.input_spec import InputSpec
from tf_keras.src.layers.rnn.legacy_cells import LayerRNNCell, LSTMStateTuple
from tf_keras.src.legacy_tf_layers import base

from . import block_gradients  # noqa: F401 (registers them)
from .sizes import HiddenState, LSTMState

__all__ = ["GRUBlockCell", "GRUBlockCellV2", "LSTMBlockCell", "LSTMBlockFusedCell", "LSTMBlockWrapper"]


class _BlockLSTM:
    """Variables and arguments of both LSTM operations."""

    _num_units: int
    _use_peephole: bool
    add_weight: Any

    def _set(self, num_units: int, forget_bias: float, cell_clip: float | None, use_peephole: bool) -> None:
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._cell_clip = -1 if cell_clip is None else cell_clip
        self._use_peephole = use_peephole

    def _make(self, width: int | None, inputs_shape: Any) -> None:
        if not width:
            raise ValueError(f"Expecting the last size of inputs_shape to be set: {inputs_shape}")
        units = self._num_units
        self._kernel = self.add_weight("kernel", shape=[width + units, units * 4])
        zeros = tf.constant_initializer(0.0)
        self._bias = self.add_weight("bias", shape=[units * 4], initializer=zeros)
        names = [f"w_{gate}_diag" for gate in "ifo"] if self._use_peephole else []
        self._diagonals = [self.add_weight(name, shape=[units]) for name in names]

    def _arguments(self, dtype: Any) -> dict[str, Any]:
        wci, wcf, wco = self._diagonals or [tf.zeros([self._num_units], dtype=dtype)] * 3
        return {
            "w": self._kernel,
            "wci": wci,
            "wcf": wcf,
            "wco": wco,
            "b": self._bias,
            "forget_bias": self._forget_bias,
            "cell_clip": self._cell_clip,
            "use_peephole": self._use_peephole,
        }


class LSTMBlockCell(LSTMState, _BlockLSTM, LayerRNNCell):
    """LSTM (http://arxiv.org/abs/1409.2329) with one operation a step; variables as in ``LSTMCell``, output ``[batch, num_units]``."""

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        cell_clip: float | None = None,
        use_peephole: bool = False,
        dtype: Any = None,
        reuse: bool | None = None,
        name: str = "lstm_cell",
    ) -> None:
        super().__init__(_reuse=reuse, dtype=dtype, name=name)
        self._set(num_units, forget_bias, cell_clip, use_peephole)
        self.input_spec = InputSpec(ndim=2)

    def build(self, inputs_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is unknown."""
        self._make(tf.dimension_value(inputs_shape[1]), inputs_shape)
        self.built = True

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and new state; ValueError for a state that is not a pair."""
        if len(state) != 2:
            raise ValueError("Expecting state to be a tuple with length 2.")
        c_prev, h_prev = state
        step = tf.raw_ops.LSTMBlockCell(x=inputs, cs_prev=c_prev, h_prev=h_prev, **self._arguments(self.dtype))
        return step.h, LSTMStateTuple(step.cs, step.h)


class LSTMBlockWrapper(base.Layer, abc.ABC):
    """Base of LSTMs that run over a sequence at once: subclasses have ``num_units`` and ``_call_cell``."""

    @property
    @abc.abstractmethod
    def num_units(self) -> int:
        """Width of the output."""

    @abc.abstractmethod
    def _call_cell(
        self, inputs: Any, initial_cell_state: Any, initial_output: Any, dtype: Any, sequence_length: Any
    ) -> tuple[Any, Any]:
        """States and outputs ``[time, batch, num_units]``."""

    def call(self, inputs: Any, initial_state: Any = None, dtype: Any = None, sequence_length: Any = None) -> Any:
        """Run over inputs ``[time, batch, n]`` or a list of ``[batch, n]``.

        Returns:
          Outputs (zeros after the end of a sequence), a tensor or a list as the inputs are, and the last state.

        Raises:
          ValueError: neither ``initial_state`` nor ``dtype``, a state that is not a pair, or an unknown width.
        """
        is_list = isinstance(inputs, list)
        inputs = tf.stack(inputs) if is_list else inputs
        shape = inputs.get_shape().with_rank(3)
        if not shape[2]:
            raise ValueError(f"Expecting inputs_shape[2] to be set: {shape}")
        batch_size = tf.dimension_value(shape[1]) or tf.shape(inputs)[1]
        c, h, dtype = self._start(initial_state, batch_size, dtype)
        if sequence_length is not None:
            sequence_length = tf.convert_to_tensor(sequence_length)
        states, outputs = self._call_cell(inputs, c, h, dtype, sequence_length)
        if sequence_length is None:
            last = LSTMStateTuple(states[-1], outputs[-1])
        else:
            time = tf.dimension_value(shape[0]) or tf.shape(inputs)[0]
            outputs *= tf.expand_dims(tf.transpose(tf.sequence_mask(sequence_length, time, dtype=dtype)), -1)
            ends = tf.stack([sequence_length, tf.range(tf.cast(batch_size, sequence_length.dtype))], axis=1)
            pairs = ((c, states), (h, outputs))
            last = LSTMStateTuple(*(tf.gather_nd(tf.concat([first[None], all_], 0), ends) for first, all_ in pairs))
        return tf.unstack(outputs) if is_list else outputs, last

    def _start(self, initial_state: Any, batch_size: Any, dtype: Any) -> tuple[Any, Any, Any]:
        if initial_state is None:
            if dtype is None:
                raise ValueError("Either initial_state or dtype needs to be specified")
            zeros = tf.zeros(tf.stack([batch_size, self.num_units]), dtype=dtype)
            return zeros, zeros, dtype
        if len(initial_state) != 2:
            raise ValueError("Expecting initial_state to be a tuple with length 2 or None")
        return *initial_state, dtype or initial_state[0].dtype


class LSTMBlockFusedCell(_BlockLSTM, LSTMBlockWrapper):
    """LSTM (http://arxiv.org/abs/1409.2329) over a sequence in one operation; outputs ``[time, batch, num_units]``."""

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        cell_clip: float | None = None,
        use_peephole: bool = False,
        reuse: bool | None = None,
        dtype: Any = None,
        name: str = "lstm_fused_cell",
    ) -> None:
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self._set(num_units, forget_bias, cell_clip, use_peephole)
        self.input_spec = InputSpec(ndim=3)

    @property
    def num_units(self) -> int:
        """Width of the output."""
        return self._num_units

    def build(self, input_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is unknown."""
        self._make(tf.dimension_value(input_shape[2]), input_shape)
        self.built = True

    def _call_cell(
        self, inputs: Any, initial_cell_state: Any, initial_output: Any, dtype: Any, sequence_length: Any
    ) -> tuple[Any, Any]:
        steps = tf.shape(inputs)[0] if sequence_length is None else tf.reduce_max(sequence_length)
        run = tf.raw_ops.BlockLSTM(
            seq_len_max=tf.cast(steps, tf.int64),
            x=inputs,
            cs_prev=initial_cell_state,
            h_prev=initial_output,
            **self._arguments(dtype),
        )
        return run.cs, run.h


class GRUBlockCell(HiddenState, LayerRNNCell):
    """GRU (http://arxiv.org/abs/1406.1078) with one operation a step; output and state are ``[batch, num_units]``.

    Raises:
      ValueError: not exactly one of ``num_units`` and its old name ``cell_size``.
    """

    _names = ("w_ru", "b_ru", "w_c", "b_c")

    def __init__(
        self,
        num_units: int | None = None,
        cell_size: int | None = None,
        reuse: bool | None = None,
        name: str = "gru_cell",
    ) -> None:
        super().__init__(_reuse=reuse, name=name)
        if (cell_size is None) == (num_units is None):
            raise ValueError("Exactly one of num_units or cell_size must be provided.")
        self._num_units: Any = cell_size if num_units is None else num_units
        self.input_spec = InputSpec(ndim=2)

    def build(self, input_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is unknown."""
        width, units = tf.dimension_value(input_shape[1]), self._num_units
        if width is None:
            raise ValueError("Expecting input_size to be set.")
        self._weights = [
            self.add_weight(self._names[0], shape=[width + units, units * 2]),
            self.add_weight(self._names[1], shape=[units * 2], initializer=tf.constant_initializer(1.0)),
            self.add_weight(self._names[2], shape=[width + units, units]),
            self.add_weight(self._names[3], shape=[units], initializer=tf.constant_initializer(0.0)),
        ]
        self.built = True

    def call(self, inputs: Any, h_prev: Any) -> Any:
        """Output and new state; ValueError for a state of another width."""
        size = tf.dimension_value(h_prev.get_shape().with_rank(2)[1])
        if size != self._num_units:
            raise ValueError(f"Shape of h_prev[1] incorrect: cell_size {self._num_units} vs {size}")
        w_ru, b_ru, w_c, b_c = self._weights
        h = tf.raw_ops.GRUBlockCell(x=inputs, h_prev=h_prev, w_ru=w_ru, w_c=w_c, b_ru=b_ru, b_c=b_c).h
        return h, h


class GRUBlockCellV2(GRUBlockCell):
    """`GRUBlockCell` with the variable names of ``GRUCell``."""

    _names = ("gates/kernel", "gates/bias", "candidate/kernel", "candidate/bias")
