"""What is known while tracing: small values that follow from constants and from shapes."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import tensorflow as tf
from tensorflow.python.client import pywrap_tf_session
from tensorflow.python.framework import tensor_util

# larger values are left to Grappler, which need not copy them
LARGEST = 4096
_OF_SHAPES = {"Shape", "Size", "Rank"}


def value(tensor: tf.Tensor) -> np.ndarray | None:
    """The value of a tensor that was made constant, or None."""
    return cast(np.ndarray, tensor_util.constant_value(tensor)) if tensor.op.type == "Const" else None


def known(tensor: tf.Tensor) -> tf.Tensor:
    """The tensor, or a constant in its place if its value follows from constants and static shapes."""
    op = tensor.op
    if op.type == "Const" or tensor.dtype in (tf.variant, tf.resource) or op.op_def.is_stateful or not op.inputs:
        return tensor
    content = None
    if op.type in _OF_SHAPES or all(_small_constant(i) for i in op.inputs):
        content = _evaluate(tensor)
    elif op.type == "StridedSlice" and op.inputs[0].op.type == "Shape":
        content = _part_of_shape(op)
    if content is None:
        return tensor
    return tf.constant(content, tensor.dtype, name=op.name.rsplit("/", 1)[-1])


def _small_constant(tensor: tf.Tensor) -> bool:
    return tensor.op.type == "Const" and (tensor.shape.num_elements() or 0) <= LARGEST


def _evaluate(tensor: tf.Tensor) -> np.ndarray | None:
    size = tensor.shape.num_elements()
    if size is None or size > LARGEST:
        return None
    if tensor.op.type in _OF_SHAPES:
        return cast("np.ndarray | None", tensor_util.constant_value(tensor))
    graph = tensor.graph
    with contextlib.suppress(tf.errors.OpError), graph._c_graph.get() as c_graph:
        return cast(
            "np.ndarray | None", pywrap_tf_session.TF_TryEvaluateConstant_wrapper(c_graph, tensor._as_tf_output())
        )
    return None


def _part_of_shape(op: Any) -> np.ndarray | None:
    """``tf.shape(x)[1]`` or ``tf.shape(x)[1:3]`` where these sizes are known, though others are not."""
    sizes = op.inputs[0].op.inputs[0].shape
    bounds = [value(i) for i in op.inputs[1:]]
    masks = [op.get_attr(name) for name in ("ellipsis_mask", "new_axis_mask")]
    if sizes.rank is None or any(b is None or b.size != 1 for b in bounds) or any(masks):
        return None
    begin, end, stride = (int(b[0]) for b in bounds if b is not None)
    whole = slice(
        None if op.get_attr("begin_mask") & 1 else begin, None if op.get_attr("end_mask") & 1 else end, stride
    )
    dims: Sequence[int | None] = sizes.as_list()
    if op.get_attr("shrink_axis_mask") & 1:
        size = dims[begin]
        return None if size is None else np.asarray(size)
    picked = dims[whole]
    return None if None in picked else np.asarray(picked)
