"""Python functions as operations, with nested arguments and results.

Adapted from TensorFlow 1.15, contrib/framework/python/ops/script_ops.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest

__all__ = ["py_func"]


def py_func(
    func: Callable[..., Any],
    args: Any = (),
    kwargs: dict[str, Any] | None = None,
    output_types: Any = None,
    output_shapes: Any = None,
    stateful: bool = True,
    name: str | None = None,
) -> Any:
    """``func(*args, **kwargs)`` on arrays, when the graph runs.

    Args:
      func: function of arrays, nested as ``args`` and ``kwargs`` are.
      args: list or tuple of (nested) tensors.
      kwargs: dictionary of (nested) tensors.
      output_types: (nested) types of the result, or a function of the arguments that gives them.
      output_shapes: (nested) shapes of the result, or a function of the arguments that gives them.
      stateful: whether the same arguments may give other results.
      name: name of the operation.

    Raises:
      TypeError: ``args`` is not a list or tuple, or ``kwargs`` not a dictionary.
    """
    kwargs = {} if kwargs is None else kwargs
    if not isinstance(args, list | tuple):
        raise TypeError(f"args must be list and not {type(args)}. args: {args}")
    if not isinstance(kwargs, dict):
        raise TypeError(f"kwargs must be dict and not {type(kwargs)}. args: {kwargs}")
    types = output_types(*args, **kwargs) if callable(output_types) else output_types
    shapes = output_shapes(*args, **kwargs) if callable(output_shapes) else output_shapes
    both = (args, kwargs)

    def on_arrays(*arrays: Any) -> Any:
        positional, by_name = nest.pack_sequence_as(both, arrays)
        result = func(*positional, **by_name)
        nest.assert_shallow_structure(types, result)
        return nest.flatten(result)

    flat = tf.py_func(on_arrays, nest.flatten(both), nest.flatten(types), stateful=stateful, name=name)
    if shapes is not None:
        shapes = nest.map_structure_up_to(types, tf.TensorShape, shapes)
        for tensor, shape in zip(flat, nest.flatten(shapes), strict=True):
            tensor.set_shape(shape)
    return nest.pack_sequence_as(types, flat)
