"""The neural Turing machine as a cell (https://arxiv.org/abs/1410.5401, https://arxiv.org/abs/1807.08518).

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import collections
import math
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src import initializers
from tf_keras.src.layers.rnn.legacy_cell_wrappers import assert_like_rnncell
from tf_keras.src.layers.rnn.legacy_cells import LayerRNNCell

from .sizes import known_width

__all__ = ["NTMCell", "NTMControllerState"]
NTMControllerState = collections.namedtuple(
    "NTMControllerState", ("controller_state", "read_vector_list", "w_list", "M", "time")
)


class NTMCell(LayerRNNCell):
    """A controller cell with heads on a memory of ``memory_size`` rows of ``memory_vector_dim``.

    The output is ``[batch, output_dim]`` (the input's width without ``output_dim``); the state is an `NTMControllerState`.
    """

    def __init__(
        self,
        controller: Any,
        memory_size: int,
        memory_vector_dim: int,
        read_head_num: int,
        write_head_num: int,
        shift_range: int = 1,
        output_dim: int | None = None,
        clip_value: float = 20,
        dtype: Any = tf.float32,
        name: str | None = None,
    ) -> None:
        super().__init__(dtype=dtype, name=name)
        assert_like_rnncell("NTM RNN controller cell", controller)
        self.controller = controller
        self.memory_size = memory_size
        self.memory_vector_dim = memory_vector_dim
        self.read_head_num = read_head_num
        self.write_head_num = write_head_num
        self.clip_value = clip_value
        self.output_dim = output_dim
        self.shift_range = shift_range
        self.num_parameters_per_head = memory_vector_dim + 2 * shift_range + 4
        self.num_heads = read_head_num + write_head_num
        self.total_parameter_num = (
            self.num_parameters_per_head * self.num_heads + memory_vector_dim * 2 * write_head_num
        )

    @property
    def state_size(self) -> NTMControllerState:
        """Sizes of the state, as nested as the state."""
        return NTMControllerState(
            controller_state=self.controller.state_size,
            read_vector_list=[self.memory_vector_dim] * self.read_head_num,
            w_list=[self.memory_size] * self.num_heads,
            M=tf.TensorShape([self.memory_size * self.memory_vector_dim]),
            time=tf.TensorShape([]),
        )

    @property
    def output_size(self) -> Any:
        """Width of the output; None before the cell is built if it is the input's."""
        return self.output_dim

    def zero_state(self, batch_size: Any, dtype: Any) -> NTMControllerState:
        """The state before the first step."""
        return NTMControllerState(
            controller_state=self.controller.zero_state(batch_size, dtype),
            read_vector_list=[tf.zeros([batch_size, self.memory_vector_dim]) for _ in range(self.read_head_num)],
            w_list=[tf.zeros([batch_size, self.memory_size]) for _ in range(self.num_heads)],
            M=tf.zeros([batch_size, self.memory_size, self.memory_vector_dim]),
            time=0,
        )

    def build(self, inputs_shape: Any) -> None:
        """Make the variables; ValueError if the input's width is needed and unknown."""
        if self.output_dim is None:
            self.output_dim = known_width(inputs_shape)
        read = self.controller.output_size + self.memory_vector_dim * self.read_head_num
        self._params = self._dense("parameters", self.controller.output_size, self.total_parameter_num)
        self._output = self._dense("output", read, self.output_dim)
        self._first_reads = [
            self._row(f"initial_read_vector_{i}", self.memory_vector_dim) for i in range(self.read_head_num)
        ]
        self._first_weights = [
            self._row(f"initial_address_weights_{i}", self.memory_size) for i in range(self.num_heads)
        ]
        self._memory = self.add_weight(
            "memory",
            shape=[self.memory_size, self.memory_vector_dim],
            initializer=tf.constant_initializer(1e-6, dtype=self.dtype),
        )
        self.built = True

    def _dense(self, name: str, size: int, outputs: int) -> tuple[Any, Any]:
        normal = tf.truncated_normal_initializer(stddev=1.0 / math.sqrt(size), dtype=tf.float32)
        zeros = tf.constant_initializer(0.0, dtype=self.dtype)
        return (
            self.add_weight(f"{name}_kernel", shape=[size, outputs], initializer=normal),
            self.add_weight(f"{name}_bias", shape=[outputs], initializer=zeros),
        )

    def _row(self, name: str, size: int) -> Any:
        return self.add_weight(name, shape=[1, size], initializer=initializers.get("glorot_uniform"))

    def _apply(self, weights: tuple[Any, Any], value: Any) -> Any:
        return tf.clip_by_value(
            tf.nn.bias_add(tf.matmul(value, weights[0]), weights[1]), -self.clip_value, self.clip_value
        )

    def call(self, x: Any, prev_state: NTMControllerState) -> Any:
        """Output and new state."""
        reads, weights, memory = self._previous(x, prev_state)
        controller_output, controller_state = self.controller(tf.concat([x, *reads], 1), prev_state.controller_state)
        parameters = self._apply(self._params, controller_output)
        heads, changes = tf.split(
            parameters,
            [self.num_parameters_per_head * self.num_heads, self.memory_vector_dim * 2 * self.write_head_num],
            1,
        )
        w_list = [
            self._address(head, memory, w) for head, w in zip(tf.split(heads, self.num_heads, 1), weights, strict=True)
        ]
        read_list = [tf.reduce_sum(tf.expand_dims(w, 2) * memory, 1) for w in w_list[: self.read_head_num]]
        output = self._apply(self._output, tf.concat([controller_output, *read_list], 1))
        state = NTMControllerState(
            controller_state=controller_state,
            read_vector_list=read_list,
            w_list=w_list,
            M=self._write(memory, w_list[self.read_head_num :], changes),
            time=prev_state.time + 1,
        )
        return output, state

    def _previous(self, x: Any, state: NTMControllerState) -> tuple[list[Any], list[Any], Any]:
        """What was read, the address weights and the memory: trained values at the first step."""
        batch = tf.dimension_value(x.shape[0]) or tf.shape(x)[0]

        def first() -> list[Any]:
            reads = [tf.tile(tf.tanh(row), [batch, 1]) for row in self._first_reads]
            weights = [tf.tile(tf.nn.softmax(row), [batch, 1]) for row in self._first_weights]
            return [*reads, *weights, tf.tile(tf.expand_dims(self._memory, 0), [batch, 1, 1])]

        def later() -> list[Any]:
            return [tf.identity(t) for t in (*state.read_vector_list, *state.w_list, state.M)]

        *vectors, memory = tf.cond(tf.equal(state.time, 0), first, later)
        return vectors[: self.read_head_num], vectors[self.read_head_num :], memory

    def _write(self, memory: Any, weights: list[Any], changes: Any) -> Any:
        """The memory after all writing heads, which erase and add."""
        parts = tf.split(changes, 2 * self.write_head_num, 1)
        for w, erase, add in zip(weights, parts[::2], parts[1::2], strict=True):
            column = tf.expand_dims(w, 2)
            kept = tf.ones_like(memory) - tf.matmul(column, tf.expand_dims(tf.sigmoid(erase), 1))
            memory = memory * kept + tf.matmul(column, tf.expand_dims(tf.tanh(add), 1))
        return memory

    def _address(self, head: Any, memory: Any, before: Any) -> Any:
        """A head's weights over the rows: by content, mixed with the last ones, shifted and sharpened."""
        dim = self.memory_vector_dim
        k = tf.expand_dims(tf.tanh(head[:, :dim]), 2)
        beta, gate = tf.nn.softplus(head[:, dim : dim + 1]), tf.sigmoid(head[:, dim + 1 : dim + 2])
        shift = tf.nn.softmax(head[:, dim + 2 : dim + 2 + 2 * self.shift_range + 1])
        gamma = tf.nn.softplus(head[:, -1:]) + 1
        norms = tf.norm(memory, axis=2, keepdims=True) * tf.norm(k, axis=1, keepdims=True)
        similarity = tf.squeeze(tf.matmul(memory, k) / (norms + 1e-8), 2)
        content = tf.exp(beta * similarity)
        content = content / tf.reduce_sum(content, axis=1, keepdims=True)
        sharp = tf.pow(self._shift(gate * content + (1 - gate) * before, shift), gamma)
        return sharp / tf.reduce_sum(sharp, axis=1, keepdims=True)

    def _shift(self, weights: Any, shift: Any) -> Any:
        """Circular convolution of weights ``[batch, memory_size]`` with shift probabilities."""
        size, reach = self.memory_size, self.shift_range
        zeros = tf.zeros_like(weights)[:, : size - (2 * reach + 1)]
        around = tf.concat([shift[:, : reach + 1], zeros, shift[:, -reach:]], 1)
        twice = tf.concat([tf.reverse(around, [1])] * 2, 1)
        matrix = tf.stack([twice[:, size - i - 1 : 2 * size - i - 1] for i in range(size)], 1)
        return tf.reduce_sum(tf.expand_dims(weights, 1) * matrix, 2)
