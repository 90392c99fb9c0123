"""Rows of different lengths, as splitting texts into words gives them, side by side in one tensor."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from .bodies import Node


def ragged_to_tensor(node: Node, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor] | None:
    """RaggedTensorToTensor where the row of each value is given: every value goes to its row and column.

    Only for numbers on two axes, the first of which has a known count of rows.
    """
    kinds = [kind.decode() for kind in node.attr["row_partition_types"].list.s]
    if kinds != ["FIRST_DIM_SIZE", "VALUE_ROWIDS"] or inputs[1].shape.rank != 1 or not inputs[1].dtype.is_numeric:
        return None
    shape, values, default, count, rows = inputs
    rows, count = tf.cast(rows, tf.int32), tf.cast(tf.reshape(count, []), tf.int32)
    ones = tf.ones_like(rows)
    lengths = tf.scatter_nd(rows[:, tf.newaxis], ones, tf.stack([count]))
    columns = tf.cumsum(ones, exclusive=True) - tf.gather(tf.cumsum(lengths, exclusive=True), rows)
    wanted = tf.get_static_value(shape)
    width = int(wanted[1]) if wanted is not None and wanted.ndim and wanted[1] >= 0 else tf.reduce_max(lengths)
    # what is too long goes into a column of its own, which is cut off
    places = tf.stack([rows, tf.minimum(columns, width)], axis=1)
    filled = tf.scatter_nd(places, values - default, tf.stack([count, width + 1])) + default
    return [filled[:, :width]]
