"""The affine map that cells of tf.contrib.rnn share: variables ``kernel`` and ``bias`` in the current scope.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/core_rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest


class Linear:
    """``concat(args, 1) @ kernel + bias`` for 2-D tensors; the variables are made here, once.

    ``transform(kernel, widths)`` may change the kernel, given the widths of the arguments.

    Raises:
      ValueError: no arguments, or one that is not 2-D with a known width.
    """

    def __init__(
        self,
        args: Any,
        output_size: int,
        build_bias: bool,
        bias_initializer: Any = None,
        kernel_initializer: Any = None,
        transform: Callable[[Any, list[int]], Any] | None = None,
    ) -> None:
        self._build_bias = build_bias
        tensors = _as_list(args)
        dtype = tensors[0].dtype
        scope = tf.get_variable_scope()
        with tf.variable_scope(scope) as outer_scope:
            widths = _widths(tensors)
            self._weights = tf.get_variable(
                "kernel", [sum(widths), output_size], dtype=dtype, initializer=kernel_initializer
            )
            if transform:
                self._weights = transform(self._weights, widths)
            if build_bias:
                with tf.variable_scope(outer_scope) as inner_scope:
                    inner_scope.set_partitioner(None)
                    zeros = tf.constant_initializer(0.0, dtype=dtype)
                    self._biases = tf.get_variable(
                        "bias", [output_size], dtype=dtype, initializer=bias_initializer or zeros
                    )

    def __call__(self, args: Any) -> Any:
        """The map of tensors of the same widths."""
        result = self.product(args)
        return tf.nn.bias_add(result, self._biases) if self._build_bias else result

    def product(self, args: Any) -> Any:
        """The map without its bias."""
        tensors = _as_list(args)
        return tf.matmul(tensors[0] if len(tensors) == 1 else tf.concat(tensors, 1), self._weights)


def _linear(
    args: Any, output_size: int, bias: bool, bias_initializer: Any = None, kernel_initializer: Any = None
) -> Any:
    """`Linear`, made and applied; programs import it by this name."""
    return Linear(args, output_size, bias, bias_initializer, kernel_initializer)(args)


def _as_list(args: Any) -> list[Any]:
    if args is None or (nest.is_nested(args) and not args):
        raise ValueError("`args` must be specified")
    return list(args) if nest.is_nested(args) else [args]


def _widths(tensors: list[Any]) -> list[int]:
    shapes = [t.get_shape() for t in tensors]
    for shape in shapes:
        if shape.ndims != 2:
            raise ValueError(f"linear is expecting 2D arguments: {shapes}")
        if tf.dimension_value(shape[1]) is None:
            raise ValueError(f"linear expects shape[1] to be provided for shape {shape}, but saw {shape[1]}")
    return [tf.dimension_value(s[1]) for s in shapes]
