"""Polyharmonic splines (https://en.wikipedia.org/wiki/Polyharmonic_spline).

Adapted from TensorFlow 1.15, contrib/image/python/ops/interpolate_spline.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["interpolate_spline"]
# keeps logarithms finite, and gradients of square roots
_EPSILON = 0.0000000001


def interpolate_spline(
    train_points: Any,
    train_values: Any,
    query_points: Any,
    order: int,
    regularization_weight: float = 0.0,
    name: str = "interpolate_spline",
) -> Any:
    """Values ``[n, queries, k]`` of the spline through the training points; gradients go to all tensors.

    Args:
      train_points: ``[n, points, d]``, ``d`` known.
      train_values: ``[n, points, k]``, ``k`` known.
      query_points: ``[n, queries, d]``.
      order: 1 for φ(r) = r, 2 for r² log r (thin plates), 3 for r³ and so on.
      regularization_weight: smooths the spline, which then no longer goes through all points.
      name: of the operations.

    Raises:
      ValueError: ``d`` or ``k`` is not known.
    """
    with tf.name_scope(name):
        points, values, queries = (tf.convert_to_tensor(t) for t in (train_points, train_values, query_points))
        with tf.name_scope("solve"):
            w, v = _solve(points, values, order, regularization_weight)
        with tf.name_scope("predict"):
            radial = tf.matmul(_phi(_squared_distances(queries, points), order), w)
            return radial + tf.matmul(_with_ones(queries, points.dtype), v)


def _solve(points: Any, values: Any, order: int, regularization_weight: float) -> tuple[Any, Any]:
    """Weights of the points ``[n, points, k]`` and of the linear part ``[n, d + 1, k]``."""
    batch, count = tf.shape(points)[0], tf.shape(points)[1]
    d, k = points.shape.as_list()[-1], values.shape.as_list()[-1]
    if d is None:
        raise ValueError("The dimensionality of the input points (d) must be statically-inferrable.")
    if k is None:
        raise ValueError("The dimensionality of the output values (k) must be statically-inferrable.")
    product = tf.matmul(points, points, adjoint_b=True)
    norms = tf.expand_dims(tf.matrix_diag_part(product), 2)
    a = _phi(norms - 2 * product + tf.transpose(norms, [0, 2, 1]), order)
    if regularization_weight > 0:
        a += regularization_weight * tf.expand_dims(tf.eye(count, dtype=points.dtype), 0)
    b = _with_ones(points, points.dtype)
    left = tf.concat([a, tf.transpose(b, [0, 2, 1])], 1)
    right = tf.concat([b, tf.zeros([batch, d + 1, d + 1], points.dtype)], 1)
    wanted = tf.concat([values, tf.zeros([batch, d + 1, k], points.dtype)], 1)
    solution = tf.matrix_solve(tf.concat([left, right], 2), wanted)
    return solution[:, :count, :], solution[:, count:, :]


def _with_ones(points: Any, dtype: Any) -> Any:
    return tf.concat([points, tf.ones_like(points[..., :1], dtype)], 2)


def _squared_distances(x: Any, y: Any) -> Any:
    """``[n, xs, ys]`` between points ``[n, xs, d]`` and ``[n, ys, d]``."""
    x_norms = tf.expand_dims(tf.reduce_sum(tf.square(x), 2), 2)
    y_norms = tf.expand_dims(tf.reduce_sum(tf.square(y), 2), 1)
    return x_norms - 2 * tf.matmul(x, y, adjoint_b=True) + y_norms


def _phi(squares: Any, order: int) -> Any:
    """The radial function of squared distances."""
    with tf.name_scope("phi"):
        floored = tf.maximum(squares, _EPSILON)
        if order == 1:
            return tf.sqrt(floored)
        if order == 2:
            return 0.5 * squares * tf.log(floored)
        if order == 4:
            return 0.5 * tf.square(squares) * tf.log(floored)
        if order % 2 == 0:
            return 0.5 * tf.pow(floored, 0.5 * order) * tf.log(floored)
        return tf.pow(floored, 0.5 * order)
