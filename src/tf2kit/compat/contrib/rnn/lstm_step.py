"""The step that the LSTM variants of tf.contrib.rnn share, and the variables that they make in the current scope.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import tensorflow.compat.v1 as tf
from tf_slim.layers import layers

from ... import _tf_slim

__all__ = ["Step", "clip", "layer_norm", "sharded_variable"]
_tf_slim.repair()
_CONCATENATED = "concatenated_variables"


@dataclass(frozen=True)
class Step:
    """How a cell goes from its gates to (c, m)."""

    forget_bias: float = 1.0
    activation: Callable[[Any], Any] = tf.tanh
    cell_clip: float | None = None
    norm: Callable[[Any], Any] | None = None

    def __call__(self, gates: Any, c_prev: Any, peepholes: tuple[Any, Any, Any] | None = None) -> tuple[Any, Any]:
        """New (c, m) from the gates (i, j, f, o) and, if any, the diagonals (input, forget, output)."""
        i, j, f, o = gates
        f = f + self.forget_bias
        if peepholes:
            i, f = i + peepholes[0] * c_prev, f + peepholes[1] * c_prev
        c = tf.sigmoid(f) * c_prev + tf.sigmoid(i) * self.activation(j)
        if self.norm:
            c = self.norm(c)
        c = clip(c, self.cell_clip)
        if peepholes:
            o = o + peepholes[2] * c
        return c, tf.sigmoid(o) * self.activation(c)


def clip(value: Any, limit: float | None) -> Any:
    """The value within ``[-limit, limit]``; as it is without a limit."""
    return value if limit is None else tf.clip_by_value(value, -limit, limit)


def layer_norm(gain: float, shift: float, inp: Any, scope: str, dtype: Any = None) -> Any:
    """Layer normalization with variables ``<scope>/gamma`` and ``<scope>/beta`` that start as ``gain`` and ``shift``."""
    shape = inp.get_shape()[-1:]
    with tf.variable_scope(scope):
        # made here, because the layer has no way to set their initial values
        tf.get_variable("gamma", shape=shape, initializer=tf.constant_initializer(gain), dtype=dtype)
        tf.get_variable("beta", shape=shape, initializer=tf.constant_initializer(shift), dtype=dtype)
    return layers.layer_norm(inp, reuse=True, scope=scope)


def sharded_variable(name: str, shape: list[int], dtype: Any, num_shards: int) -> Any:
    """Variables ``name_0``, ``name_1``, … as one tensor of ``shape``; ValueError for more shards than rows."""
    if num_shards > shape[0]:
        raise ValueError(f"Too many shards: shape={shape}, num_shards={num_shards}")
    rows, more = divmod(shape[0], num_shards)
    shards = [tf.get_variable(f"{name}_{i}", [rows + (i < more), *shape[1:]], dtype=dtype) for i in range(num_shards)]
    if num_shards == 1:
        return shards[0]
    full_name = f"{tf.get_variable_scope().name}/{name}/concat:0"
    for tensor in tf.get_collection(_CONCATENATED):
        if tensor.name == full_name:
            return tensor
    joined = tf.concat(shards, 0, name=f"{name}/concat")
    tf.add_to_collection(_CONCATENATED, joined)
    return joined
