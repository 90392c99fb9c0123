"""Wrappers of tf.contrib.rnn around any cell: highway connections and XLA.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.framework import op_def_registry
from tensorflow.python.util import nest

from .projections import CellWrapper

__all__ = ["CompiledWrapper", "HighwayWrapper"]


class HighwayWrapper(CellWrapper):
    """Mixes the cell's output with its input (https://arxiv.org/abs/1505.00387); both have the same shape.

    Variables ``carry_w`` and ``carry_b`` (and ``transform_…`` if the gates are not coupled) are made in the caller's scope.
    """

    def __init__(self, cell: Any, couple_carry_transform_gates: bool = True, carry_bias_init: float = 1.0) -> None:
        super().__init__(cell)
        self._couple = couple_carry_transform_gates
        self._carry_bias_init = carry_bias_init

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> Any:
        """Mixed output, and the state of the cell.

        Raises:
          TypeError: input and output have another structure.
          ValueError: they have another shape.
        """
        outputs, new_state = self._cell(inputs, state, scope=scope)
        nest.assert_same_structure(inputs, outputs)
        nest.map_structure(lambda i, o: i.get_shape().assert_is_compatible_with(o.get_shape()), inputs, outputs)
        return nest.map_structure(self._highway, inputs, outputs), new_state

    def _highway(self, inp: Any, out: Any) -> Any:
        carry = self._gate(inp, "carry", self._carry_bias_init)
        transform = 1 - carry if self._couple else self._gate(inp, "transform", -self._carry_bias_init)
        return inp * carry + out * transform

    def _gate(self, inp: Any, name: str, start: float) -> Any:
        size = tf.dimension_value(inp.get_shape().with_rank(2)[1])
        weights = tf.get_variable(f"{name}_w", [size, size])
        bias = tf.get_variable(f"{name}_b", [size], initializer=tf.constant_initializer(start))
        return tf.sigmoid(tf.nn.xw_plus_b(inp, weights, bias))


class CompiledWrapper(CellWrapper):
    """Lets XLA compile the cell; ``compile_stateful`` asks for operations such as random numbers too."""

    def __init__(self, cell: Any, compile_stateful: bool = False) -> None:
        super().__init__(cell)
        self._compile_stateful = compile_stateful

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> Any:
        """Output and state of the cell."""
        with tf.xla.experimental.jit_scope(compile_ops=self._compile_stateful or _has_no_state):
            return self._cell(inputs, state, scope=scope)


def _has_no_state(node_def: Any) -> bool:
    return not op_def_registry.get(node_def.op).is_stateful
