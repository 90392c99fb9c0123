"""Checks of tensors in tf.contrib.framework.

``with_shape`` and its helpers are adapted from TensorFlow 1.15, contrib/framework/python/framework/tensor_util.py,
Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
from tensorflow.python.ops import confusion_matrix

__all__ = [
    "assert_same_float_dtype",
    "assert_scalar",
    "assert_scalar_int",
    "convert_to_tensor_or_sparse_tensor",
    "is_tensor",
    "reduce_sum_n",
    "remove_squeezable_dimensions",
    "with_same_shape",
    "with_shape",
]

is_tensor = tf.is_tensor
assert_same_float_dtype = tf.assert_same_float_dtype
assert_scalar = tf.assert_scalar
convert_to_tensor_or_sparse_tensor = tf.convert_to_tensor_or_sparse_tensor


def assert_scalar_int(tensor: Any, name: str | None = None) -> Any:
    """The tensor, checked to be one integer; ValueError otherwise."""
    with tf.name_scope(name, "assert_scalar_int", [tensor]) as scope:
        tensor = tf.convert_to_tensor(tensor)
        if not tensor.dtype.base_dtype.is_integer:
            raise ValueError(f"Expected integer type for {tensor.name}, received type: {tensor.dtype}.")
        return tf.assert_scalar(tensor, name=scope)


def reduce_sum_n(tensors: Sequence[Any], name: str | None = None) -> Any:
    """One number: the sum of all elements of all tensors."""
    if not tensors:
        raise ValueError("No tensors provided.")
    with tf.name_scope(name, "reduce_sum_n", tensors) as scope:
        sums = [tf.reduce_sum(t, name=f"{t.op.name}/sum") for t in tensors]
        return sums[0] if len(sums) == 1 else tf.add_n(sums, name=scope)


def remove_squeezable_dimensions(predictions: Any, labels: Any, name: str | None = None) -> tuple[Any, Any]:
    """The pair with the last dimension of size 1 removed from the one that has a rank more.

    Note the order: core TensorFlow's function of this name takes and returns the labels first.
    """
    labels, predictions = confusion_matrix.remove_squeezable_dimensions(labels, predictions, name=name)
    return predictions, labels


def with_same_shape(expected_tensor: Any, tensor: Any) -> Any:
    """The tensor, checked to have the shape of the other one."""
    with tf.name_scope(f"{tensor.op.name}/", values=[expected_tensor, tensor]):
        shape = expected_tensor.get_shape()
        expected = shape.as_list() if shape.is_fully_defined() else tf.shape(expected_tensor, name="expected_shape")
        return with_shape(expected, tensor)


def with_shape(expected_shape: Any, tensor: Any) -> Any:
    """The tensor, checked to have the shape: now if both are known, else when it runs; a ``[1]`` becomes a scalar for ``[]``."""
    if isinstance(tensor, tf.SparseTensor):
        raise ValueError("SparseTensor not supported.")
    expected = _as_int32_shape(expected_shape, tensor)
    dynamic = tf.is_tensor(expected)
    actual = tensor.get_shape()
    if dynamic or not actual.is_fully_defined():
        with tf.name_scope(f"{tensor.op.name}/", values=[tensor]):
            if not dynamic and len(expected) < 1:
                return tf.reshape(tensor, [])
            with tf.control_dependencies([_assert_shape(expected, tensor)]):
                result = tf.identity(tensor)
            if not dynamic:
                result.set_shape(expected)
            return result
    if not actual.is_compatible_with(expected):
        if len(expected) < 1 and actual.is_compatible_with([1]):
            with tf.name_scope(f"{tensor.op.name}/", values=[tensor]):
                return tf.reshape(tensor, [])
        raise ValueError(f"Invalid shape for tensor {tensor.name}, expected {expected}, got {actual}.")
    return tensor


def _as_int32_shape(shape: Any, tensor: Any) -> Any:
    if tf.is_tensor(shape):
        if shape.dtype.base_dtype != tf.int32:
            raise ValueError(f"Invalid dtype {shape.dtype} for shape {shape} expected of tensor {tensor.name}.")
        return shape
    if isinstance(shape, list | tuple):
        array = np.asarray(shape, dtype=np.int32) if not len(shape) else np.asarray(shape)
        shape = array.astype(np.int32) if array.dtype == np.int64 else array
    if isinstance(shape, np.ndarray):
        if shape.ndim > 1:
            raise ValueError(f"Invalid rank {shape.ndim} for shape {shape} expected of tensor {tensor.name}.")
        if shape.dtype != np.int32:
            raise ValueError(f"Invalid dtype {shape.dtype} for shape {shape} expected of tensor {tensor.name}.")
    return shape


def _assert_shape(expected: Any, tensor: Any) -> Any:
    with tf.name_scope("assert_shape", values=[tensor]) as scope:
        actual = tf.shape(tensor, name="actual")
        if isinstance(expected, tf.TensorShape) and not expected.is_fully_defined():
            expected = [d if d else -1 for d in expected.as_list()]
        same_rank = tf.equal(tf.size(expected), tf.rank(tensor))
        same = tf.reduce_all(tf.logical_or(tf.equal(expected, -1), tf.equal(expected, actual)))
        message = f"Wrong shape for {tensor.name} [expected] [actual]."
        return tf.Assert(tf.logical_and(same_rank, same), [message, expected, actual], name=scope)
