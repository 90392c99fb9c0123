"""Cells of tf.contrib.rnn that map what goes into or comes out of another cell.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/core_rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.legacy_cell_wrappers import assert_like_rnncell
from tf_keras.src.layers.rnn.legacy_cells import RNNCell

from .linear import Linear, _linear

_Linear = Linear
__all__ = ["EmbeddingWrapper", "InputProjectionWrapper", "OutputProjectionWrapper", "_Linear", "_linear"]
Activation = Callable[[Any], Any] | None


class CellWrapper(RNNCell):
    """A cell with the state and the output size of another one."""

    def __init__(self, cell: Any, reuse: bool | None = None) -> None:
        super().__init__(_reuse=reuse)
        assert_like_rnncell("cell", cell)
        self._cell = cell

    @property
    def state_size(self) -> Any:
        """Sizes of the state, as nested as the state."""
        return self._cell.state_size

    @property
    def output_size(self) -> Any:
        """Width of the output."""
        return self._cell.output_size

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """The state of zeros."""
        with tf.name_scope(type(self).__name__ + "ZeroState", values=[batch_size]):
            return self._cell.zero_state(batch_size, dtype)


class EmbeddingWrapper(CellWrapper):
    """Looks ids ``[batch]`` or ``[batch, 1]`` up in a variable ``embedding`` and gives the rows to the cell."""

    def __init__(
        self, cell: Any, embedding_classes: int, embedding_size: int, initializer: Any = None, reuse: bool | None = None
    ) -> None:
        super().__init__(cell, reuse)
        if embedding_classes <= 0 or embedding_size <= 0:
            raise ValueError(
                f"Both embedding_classes and embedding_size must be > 0: {embedding_classes}, {embedding_size}."
            )
        self._embedding_classes = embedding_classes
        self._embedding_size = embedding_size
        self._initializer = initializer

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and state of the cell."""
        with tf.device("/cpu:0"):
            limit = math.sqrt(3)
            uniform = tf.random_uniform_initializer(-limit, limit)
            initializer = self._initializer or tf.get_variable_scope().initializer or uniform
            dtype = state[0].dtype if isinstance(state, tuple) else state.dtype
            shape = [self._embedding_classes, self._embedding_size]
            embedding = tf.get_variable("embedding", shape, initializer=initializer, dtype=dtype)
            return self._cell(tf.nn.embedding_lookup(embedding, tf.reshape(inputs, [-1])), state)


class InputProjectionWrapper(CellWrapper):
    """Projects inputs ``[batch, n]`` to ``num_proj`` before the cell."""

    def __init__(
        self,
        cell: Any,
        num_proj: int,
        activation: Activation = None,
        input_size: int | None = None,  # noqa: ARG002 (deprecated in TensorFlow 1 already)
        reuse: bool | None = None,
    ) -> None:
        super().__init__(cell, reuse)
        self._num_proj = num_proj
        self._activation = activation
        self._linear: Linear | None = None

    def call(self, inputs: Any, state: Any) -> Any:
        """Output and state of the cell."""
        if self._linear is None:
            self._linear = Linear(inputs, self._num_proj, True)
        projected = self._linear(inputs)
        return self._cell(self._activation(projected) if self._activation else projected, state)


class OutputProjectionWrapper(CellWrapper):
    """Projects the cell's output to ``[batch, output_size]``; ValueError if that is not positive."""

    def __init__(self, cell: Any, output_size: int, activation: Activation = None, reuse: bool | None = None) -> None:
        super().__init__(cell, reuse)
        if output_size < 1:
            raise ValueError(f"Parameter output_size must be > 0: {output_size}.")
        self._output_size = output_size
        self._activation = activation
        self._linear: Linear | None = None

    @property
    def output_size(self) -> int:
        """Width of the output."""
        return self._output_size

    def call(self, inputs: Any, state: Any) -> Any:
        """Projected output, and the state of the cell."""
        output, new_state = self._cell(inputs, state)
        if self._linear is None:
            self._linear = Linear(output, self._output_size, True)
        projected = self._linear(output)
        return (self._activation(projected) if self._activation else projected), new_state
