"""Shapes, types and names of the batches that a feeder makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf


def map_values(function: Callable[[Any], Any], data: Any) -> Any:
    """Apply a function to each value of a dictionary, or to what is no dictionary."""
    return {k: function(v) for k, v in data.items()} if isinstance(data, dict) else function(data)


def named(placeholders: Any, values: Any) -> dict[str, Any]:
    """Values by the names of their placeholders."""
    if isinstance(placeholders, dict):
        return {placeholder.name: values[key] for key, placeholder in placeholders.items()}
    return {placeholders.name: values}


def check_dtype(dtype: Any) -> Any:
    """The type; a warning for float64."""
    if tf.as_dtype(dtype) == tf.float64:
        tf.logging.warn("float64 is not supported by many models, consider casting to float32.")
    return dtype


def in_out_shape(x_shape: Any, y_shape: Any, n_classes: Any, batch_size: int | None) -> tuple[Any, Any, int]:
    """Shapes of a batch of features and of labels (or None), and its size; ValueError for a size that is not positive."""
    if isinstance(y_shape, dict) and n_classes is not None:
        assert isinstance(n_classes, dict)
    if batch_size is None:
        size = int((next(iter(x_shape.values())) if isinstance(x_shape, dict) else x_shape)[0])
    elif batch_size <= 0:
        raise ValueError(f"Invalid batch_size {batch_size}.")
    else:
        size = batch_size
    inputs = map_values(lambda shape: [size, *(shape[1:] if len(shape) > 1 else [1])], x_shape)
    if y_shape is None:
        return inputs, None, size
    if isinstance(y_shape, dict):
        return inputs, {k: _output(size, v, (n_classes or {}).get(k)) for k, v in y_shape.items()}, size
    return inputs, _output(size, y_shape, n_classes), size


def _output(size: int, shape: Any, n_classes: int | None) -> list[int]:
    rest = list(shape[1:])
    if rest and rest[0] == 1:
        rest = rest[1:]
    return [size, *rest, *([n_classes] if n_classes is not None and n_classes > 1 else [])]
