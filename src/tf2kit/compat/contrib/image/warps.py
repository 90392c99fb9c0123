"""Images warped by a flow: one vector for each pixel, or vectors of a few control points.

Adapted from TensorFlow 1.15, contrib/image/python/ops/dense_image_warp.py and sparse_image_warp.py,
Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from .spline import interpolate_spline

__all__ = ["_interpolate_bilinear", "dense_image_warp", "sparse_image_warp"]


def dense_image_warp(image: Any, flow: Any, name: str = "dense_image_warp") -> Any:
    """Images ``[n, rows, columns, channels]`` whose pixel (y, x) comes from ``(y, x) - flow[y, x]``, interpolated.

    Args:
      image: float images of at least 2×2; pixels beyond the border are those at the border.
      flow: ``[n, rows, columns, 2]``, of any float type.
      name: of the operations.

    Raises:
      ValueError: another rank.
    """
    with tf.name_scope(name):
        batch, height, width, channels = _sizes(image)
        grid_x, grid_y = tf.meshgrid(tf.range(width), tf.range(height))
        grid = tf.cast(tf.stack([grid_y, grid_x], axis=2), flow.dtype)
        points = tf.reshape(tf.expand_dims(grid, axis=0) - flow, [batch, height * width, 2])
        return tf.reshape(_interpolate_bilinear(image, points), [batch, height, width, channels])


def _interpolate_bilinear(
    grid: Any, query_points: Any, name: str = "interpolate_bilinear", indexing: str = "ij"
) -> Any:
    """Values ``[n, points, channels]`` of ``grid`` at points ``[n, points, 2]``, which are rows and columns ("xy": the other way round)."""
    if indexing not in ("ij", "xy"):
        raise ValueError("Indexing mode must be 'ij' or 'xy'")
    with tf.name_scope(name):
        grid, points = tf.convert_to_tensor(grid), tf.convert_to_tensor(query_points)
        if len(grid.get_shape()) != 4:
            raise ValueError(f"Grid must be 4 dimensional. Received size: {grid.get_shape()}")
        batch, height, width, channels = _sizes(grid)
        with tf.control_dependencies(_checks(points, batch, height, width)):
            coordinates = list(zip(tf.unstack(points, axis=2), (height, width), strict=True))
        if indexing == "xy":
            # sizes go along, which is right for square grids only; so it was on 1.15
            coordinates.reverse()
        (top, alpha_y), (left, alpha_x) = (_floor_and_rest(c, size, grid.dtype) for c, size in coordinates)
        pixels = tf.reshape(grid, [batch * height * width, channels])
        offsets = tf.reshape(tf.range(batch) * height * width, [batch, 1])

        def gather(y: Any, x: Any) -> Any:
            return tf.reshape(tf.gather(pixels, offsets + y * width + x), [batch, tf.shape(points)[1], channels])

        top_left, bottom_left = gather(top, left), gather(top + 1, left)
        upper = alpha_x * (gather(top, left + 1) - top_left) + top_left
        lower = alpha_x * (gather(top + 1, left + 1) - bottom_left) + bottom_left
        return alpha_y * (lower - upper) + upper


def _sizes(images: Any) -> list[Any]:
    return [tf.shape(images)[i] for i in range(4)]


def _checks(points: Any, batch: Any, height: Any, width: Any) -> list[Any]:
    limit = np.iinfo(np.int32).max / 8
    return [
        tf.assert_equal(len(points.get_shape()), 3, message="Query points must be 3 dimensional."),
        tf.assert_equal(tf.shape(points)[2], 2, message="Query points must be size 2 in dim 2."),
        tf.assert_greater_equal(height, 2, message="Grid height must be at least 2."),
        tf.assert_greater_equal(width, 2, message="Grid width must be at least 2."),
        tf.assert_less_equal(
            tf.cast(batch * height * width, tf.float32), limit, message="The images are too many or too large."
        ),
    ]


def _floor_and_rest(queries: Any, size: Any, dtype: Any) -> tuple[Any, Any]:
    """The index before each query, so that there is one behind it, and the distance from it ``[n, points, 1]``, in [0, 1]."""
    highest = tf.cast(size - 2, queries.dtype)
    floor = tf.minimum(tf.maximum(tf.constant(0.0, dtype=queries.dtype), tf.floor(queries)), highest)
    rest = tf.cast(queries - floor, dtype)
    rest = tf.minimum(tf.maximum(tf.constant(0.0, dtype=dtype), rest), tf.constant(1.0, dtype=dtype))
    return tf.cast(floor, tf.int32), tf.expand_dims(rest, 2)


def sparse_image_warp(
    image: Any,
    source_control_point_locations: Any,
    dest_control_point_locations: Any,
    interpolation_order: int = 2,
    regularization_weight: float = 0.0,
    num_boundary_points: int = 0,
    name: str = "sparse_image_warp",
) -> tuple[Any, Any]:
    """Images warped so that control points go from their sources to their destinations; a spline moves the rest.

    Args:
      image: float ``[n, rows, columns, channels]`` of known shape.
      source_control_point_locations: ``[n, points, 2]``, rows and columns.
      dest_control_point_locations: the same.
      interpolation_order: see `interpolate_spline`.
      regularization_weight: see `interpolate_spline`.
      num_boundary_points: 0 lets the border move; 1 fixes the corners, more fix points in between too.
      name: of the operations.

    Returns:
      The images and the flow ``[n, rows, columns, 2]``.
    """
    image = tf.convert_to_tensor(image)
    source = tf.convert_to_tensor(source_control_point_locations)
    destination = tf.convert_to_tensor(dest_control_point_locations)
    flows = destination - source
    with tf.name_scope(name):
        batch, height, width, _ = image.get_shape().as_list()
        axes = np.linspace(0, height - 1, height), np.linspace(0, width - 1, width)
        grid = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(height * width, 2)
        points = tf.constant(_repeated(grid, batch), image.dtype)
        if num_boundary_points > 0:
            fixed = _repeated(_boundary(height, width, num_boundary_points - 1), destination.shape.as_list()[0])
            destination, flows = (
                tf.concat([tensor, tf.constant(values, dtype=destination.dtype)], 1)
                for tensor, values in ((destination, fixed), (flows, np.zeros_like(fixed)))
            )
        dense = interpolate_spline(destination, flows, points, interpolation_order, regularization_weight)
        dense = tf.reshape(dense, [batch, height, width, 2])
        return dense_image_warp(image, dense), dense


def _repeated(points: Any, batch: int) -> Any:
    return np.tile(points[np.newaxis], [batch, 1, 1])


def _boundary(height: int, width: int, points_per_edge: int) -> Any:
    """Corners and evenly spaced points of the edges, ``[points, 2]``."""
    y_range = np.linspace(0, height - 1, points_per_edge + 2)
    x_range = np.linspace(0, width - 1, points_per_edge + 2)
    ys, xs = np.meshgrid(y_range, x_range, indexing="ij")
    is_boundary = (xs == 0) | (xs == width - 1) | (ys == 0) | (ys == height - 1)
    return np.stack([ys[is_boundary], xs[is_boundary]], axis=-1)
