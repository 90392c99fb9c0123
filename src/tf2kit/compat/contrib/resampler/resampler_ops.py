"""`resampler`, an operation of tf.contrib of its own in TensorFlow 1.15, written in core operations; so it is differentiable."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["resampler"]


def resampler(data: Any, warp: Any, name: str = "resampler") -> Any:
    """Images at given points, interpolated bilinearly; outside of an image there are zeros.

    Args:
      data: float ``[n, rows, columns, channels]``.
      warp: ``[n, ..., 2]`` of the same type: x (a column) and y (a row).
      name: of the operations.

    Returns:
      ``[n, ..., channels]``.

    Raises:
      ValueError: other ranks, or numbers of images and of point sets that differ.
    """
    with tf.name_scope(name, "resampler", [data, warp]):
        data, warp = tf.convert_to_tensor(data, name="data"), tf.convert_to_tensor(warp, name="warp")
        data.get_shape().assert_has_rank(4)
        warp.get_shape().with_rank_at_least(2)[-1:].assert_is_compatible_with([2])
        data.get_shape()[:1].assert_is_compatible_with(warp.get_shape()[:1])
        points = tf.reshape(warp, [tf.shape(data)[0], -1, 2])
        outputs = _at_points(data, points[..., 0], points[..., 1])
        shape = tf.concat([tf.shape(warp)[:-1], tf.shape(data)[3:]], 0)
        result = tf.reshape(outputs, shape)
        result.set_shape(warp.get_shape()[:-1].concatenate(data.get_shape()[3:]))
        return result


def _at_points(data: Any, x: Any, y: Any) -> Any:
    """``[n, points, channels]`` for x and y ``[n, points]``."""
    rows, columns = tf.shape(data)[1], tf.shape(data)[2]
    inside = (x > -1) & (y > -1) & (x < tf.cast(columns, x.dtype)) & (y < tf.cast(rows, y.dtype))
    # far points would overflow integers; their gradients are zero as well
    x, y = (tf.where(inside, c, tf.zeros_like(c)) for c in (x, y))
    left, top = tf.floor(x), tf.floor(y)
    right_part, bottom_part = x - left, y - top

    def pixels(column: Any, row: Any, weight: Any) -> Any:
        column, row = tf.cast(column, tf.int32), tf.cast(row, tf.int32)
        there = inside & (column >= 0) & (row >= 0) & (column < columns) & (row < rows)
        index = tf.stack([tf.clip_by_value(row, 0, rows - 1), tf.clip_by_value(column, 0, columns - 1)], -1)
        values = tf.gather_nd(data, index, batch_dims=1)
        return tf.expand_dims(tf.where(there, weight, tf.zeros_like(weight)), -1) * values

    return (
        pixels(left, top, (1 - right_part) * (1 - bottom_part))
        + pixels(left + 1, top, right_part * (1 - bottom_part))
        + pixels(left, top + 1, (1 - right_part) * bottom_part)
        + pixels(left + 1, top + 1, right_part * bottom_part)
    )
