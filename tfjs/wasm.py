"""Ops that TF.js 4.22, above all its wasm backend, computes wrong, most of them without an error, and what is built in their place.

Found by running each op on the cpu and the wasm backend; tests/tfjs/test_rules.py holds a case for each.
"""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from tf2kit.export import lower
from tf2kit.export.lower.bodies import Node

Tensors = Sequence[tf.Tensor]


def one_hot(node: Node, inputs: Tensors) -> Tensors | None:
    """Of numbers that are no integers: wasm writes the bits of integers into them. The axis is forgotten by all backends."""
    indices, depth, on, off = inputs
    rank = indices.shape.rank
    axis = node.attr["axis"].i if "axis" in node.attr else -1
    last = axis in (-1, rank)
    if (on.dtype == tf.int32 and last) or rank is None:
        return None
    hot = tf.one_hot(indices, depth, 1, 0, dtype=tf.int32)
    if not last:
        order = list(range(rank))
        hot = tf.transpose(hot, [*order[:axis], rank, *order[axis:]])
    if on.dtype == tf.bool:
        on, off = tf.cast(on, tf.int32), tf.cast(off, tf.int32)
        return [hot * on + (1 - hot) * off > 0]
    hot = tf.cast(hot, on.dtype)
    if _is(on, 1) and _is(off, 0):
        return [hot]
    return [hot * on + (1 - hot) * off]


def _is(tensor: tf.Tensor, number: int) -> bool:
    value = tf.get_static_value(tensor)
    return value is not None and bool((value == number).all())


def reverse(_: Node, inputs: Tensors) -> Tensors | None:
    """Of truth values: wasm reads beyond its memory."""
    if inputs[0].dtype != tf.bool:
        return None
    return [tf.cast(tf.reverse(tf.cast(inputs[0], tf.int32), inputs[1]), tf.bool)]


def select(node: Node, inputs: Tensors) -> Tensors | None:
    """Where the condition has to be repeated, wasm stops; where truth values are chosen, it chooses others."""
    condition, x, y = inputs
    if x.dtype == tf.bool:
        return [tf.cast(_select(node, condition, tf.cast(x, tf.int32), tf.cast(y, tf.int32)), tf.bool)]
    whole = tf.broadcast_static_shape(x.shape, y.shape)
    if whole.rank is None or condition.shape.rank is None or condition.shape.as_list() == whole.as_list():
        return None
    return [_select(node, condition, x, y)]


def _select(node: Node, condition: tf.Tensor, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """The condition is made as large as what it chooses from, by adding numbers."""
    rank = max(x.shape.rank or 0, y.shape.rank or 0)
    if node.op == "Select" and condition.shape.rank == 1 and rank > 1:
        condition = tf.reshape(condition, [-1, *[1] * (rank - 1)])
    zeros = tf.zeros_like(x, tf.int32) + tf.zeros_like(y, tf.int32)
    return tf.where(tf.cast(condition, tf.int32) + zeros > 0, x, y)


def clip(_: Node, inputs: Tensors) -> Tensors | None:
    """Of integers: wasm takes them for the bits of other numbers."""
    x, low, high = inputs
    return [tf.minimum(tf.maximum(x, low), high)] if x.dtype.is_integer else None


def gather(node: Node, inputs: Tensors) -> Tensors | None:
    """With batches: wasm takes the rows of all of them from the first. Here they are one long list of rows."""
    dims = node.attr["batch_dims"].i
    if not dims:
        return None
    params, indices, axis = inputs
    where = tf.get_static_value(axis)
    if dims < 0 or where is None or int(where) != dims or indices.shape.rank is None:
        return None
    sizes, shape = tf.shape(params), tf.shape(indices)
    batches = tf.reduce_prod(sizes[:dims])
    start = tf.range(batches) * sizes[dims]
    rows = tf.reshape(tf.cast(indices, tf.int32), tf.stack([batches, -1])) + start[:, tf.newaxis]
    flat = tf.reshape(params, tf.concat([[-1], sizes[dims + 1 :]], 0))
    found = tf.gather(flat, tf.reshape(rows, [-1]))
    return [tf.reshape(found, tf.concat([shape, sizes[dims + 1 :]], 0))]


def strided_slice(node: Node, inputs: Tensors) -> Tensors | None:
    """With steps other than one, of what are no floats: wasm gives them the type of floats. Rows are gathered instead."""
    x, *bounds = inputs
    begin, end, strides = (tf.get_static_value(bound) for bound in bounds)
    if x.dtype == tf.float32 or strides is None or (strides == 1).all() or node.attr["shrink_axis_mask"].i:
        return None
    if begin is None or end is None or node.attr["new_axis_mask"].i or node.attr["ellipsis_mask"].i:
        return None
    for axis, (first, last, step) in enumerate(zip(begin.tolist(), end.tolist(), strides.tolist(), strict=True)):
        size = x.shape[axis]
        cut = slice(
            None if node.attr["begin_mask"].i >> axis & 1 else first,
            None if node.attr["end_mask"].i >> axis & 1 else last,
            step,
        )
        if cut == slice(None, None, 1):
            continue
        if size is None:
            return None
        x = tf.gather(x, tf.constant(list(range(*cut.indices(size))), tf.int32), axis=axis)
    return [x]


RULES: dict[str, lower.Rule] = {
    "ClipByValue": clip,
    "GatherV2": gather,
    "OneHot": one_hot,
    "ReverseV2": reverse,
    "Select": select,
    "SelectV2": select,
    "StridedSlice": strided_slice,
}
