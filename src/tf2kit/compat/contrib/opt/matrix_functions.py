"""Roots of matrices by iteration.

Adapted from TensorFlow 1.15, contrib/opt/python/training/matrix_functions.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["matrix_inverse_pth_root", "matrix_square_root"]


def matrix_square_root(mat_a: Any, mat_a_size: Any, iter_count: int = 100, ridge_epsilon: float = 1e-4) -> Any:
    """The square root of a symmetric positive semi-definite matrix ``[n, n]``, by Newton iterations until the error grows.

    Args:
      mat_a: the matrix.
      mat_a_size: n.
      iter_count: most iterations.
      ridge_epsilon: added to the diagonal, in proportion to one.
    """
    identity = tf.eye(tf.cast(mat_a_size, tf.int32))
    mat_a = mat_a + ridge_epsilon * identity
    norm = tf.sqrt(tf.reduce_sum(mat_a * mat_a))

    def go_on(i: Any, mat_y: Any, last_y: Any, mat_z: Any, err: Any, last_err: Any) -> Any:  # noqa: ARG001
        return tf.logical_and(i < iter_count, err < last_err)

    def iterate(i: Any, mat_y: Any, last_y: Any, mat_z: Any, err: Any, last_err: Any) -> Any:  # noqa: ARG001
        factor = 0.5 * (3.0 * identity - tf.matmul(mat_z, mat_y))
        new_y, new_z = tf.matmul(mat_y, factor), tf.matmul(factor, mat_z)
        root = new_y * tf.sqrt(norm)
        residual = mat_a - tf.matmul(root, root)
        return i + 1, new_y, mat_y, new_z, tf.sqrt(tf.reduce_sum(residual * residual)) / norm, err

    start = [0, mat_a / norm, mat_a / norm, identity, norm, norm + 1.0]
    # the error of the last one grew: the one before is the best
    _, _, best, *_ = tf.while_loop(go_on, iterate, start)
    return best * tf.sqrt(norm)


def matrix_inverse_pth_root(
    mat_g: Any,
    mat_g_size: Any,
    alpha: float,
    iter_count: int = 100,
    epsilon: float = 1e-6,
    ridge_epsilon: float = 1e-6,
) -> Any:
    """``mat_g ** alpha`` for ``alpha = -1/p`` of a symmetric positive semi-definite matrix ``[n, n]``, by iteration.

    Args:
      mat_g: the matrix.
      mat_g_size: n.
      alpha: -1/p for a positive integer p.
      iter_count: most iterations.
      epsilon: iterations end below this error.
      ridge_epsilon: added to the diagonal.
    """
    if mat_g_size == 1:
        return tf.pow(mat_g + ridge_epsilon, alpha)
    identity = tf.eye(tf.cast(mat_g_size, tf.int32))

    def go_on(i: Any, mat_m: Any, _: Any) -> Any:
        return tf.logical_and(i < iter_count, tf.reduce_max(tf.abs(mat_m - identity)) > epsilon)

    def iterate(i: Any, mat_m: Any, mat_x: Any) -> Any:
        factor = (1 - alpha) * identity + alpha * mat_m
        return i + 1, tf.matmul(_power(factor, -1.0 / alpha), mat_m), tf.matmul(mat_x, factor)

    damped = mat_g + ridge_epsilon * identity
    z = (1 - 1 / alpha) / (2 * tf.norm(damped))
    _, _, root = tf.while_loop(go_on, iterate, [0, damped * z, identity * tf.pow(z, -alpha)])
    return root


def _power(matrix: Any, p: float) -> Any:
    """The matrix to a positive integer power."""
    if p != int(p) or p <= 0:
        raise AssertionError(f"p must be a positive integer, but is {p}")
    power = None
    while p > 0:
        if p % 2 == 1:
            power = matrix if power is None else tf.matmul(matrix, power)
        p //= 2
        matrix = tf.matmul(matrix, matrix)
    return power
