"""One step of Dormand and Prince, the polynomial through it, and the checks that both solvers make.

Adapted from TensorFlow 1.15, contrib/integrate/python/ops/odes.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

Derivative = Callable[[Any, Any], Any]

# Shampine (1986), section 4
_ALPHA = [1 / 5, 3 / 10, 4 / 5, 8 / 9, 1.0, 1.0]
_BETA = [
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
]
_MIDDLE = [
    6025192743 / 30085553152 / 2,
    0,
    51252292925 / 65400821598 / 2,
    -2691868925 / 45128329728 / 2,
    187940372067 / 1594534317056 / 2,
    -1776094331 / 19743644256 / 2,
    11237099 / 235043384 / 2,
]
_ERROR = [
    1951 / 21600 - 35 / 384,
    0,
    22642 / 50085 - 500 / 1113,
    451 / 720 - 125 / 192,
    -12231 / 42400 - -2187 / 6784,
    649 / 6300 - 11 / 84,
    1 / 60,
]


def runge_kutta_step(func: Derivative, y0: Any, f0: Any, t0: Any, dt: Any) -> tuple[Any, Any, list[Any]]:
    """The state after ``dt``, the estimated error of it, and the seven derivatives; the last one is that after the step."""
    with tf.name_scope("runge_kutta_step"):
        scale = tf.cast(dt, y0.dtype)
        derivatives, y1 = [f0], y0
        for alpha, beta in zip(_ALPHA, _BETA, strict=True):
            y1 = y0 + _scaled_sum(scale, beta, derivatives)
            derivatives.append(func(y1, t0 + alpha * dt))
        return y1, _scaled_sum(scale, _ERROR, derivatives), derivatives


def fit_polynomial(y0: Any, y1: Any, derivatives: list[Any], dt: Any) -> list[Any]:
    """Coefficients of fourth order, the highest first, of the solution between 0 and 1 (times ``dt``)."""
    with tf.name_scope("interp_fit_rk"):
        dt = tf.cast(dt, y0.dtype)
        values = [derivatives[0], derivatives[-1], y0, y1, y0 + _scaled_sum(dt, _MIDDLE, derivatives)]
        return [
            _sum_of_products([-2 * dt, 2 * dt, -8, -8, 16], values),
            _sum_of_products([5 * dt, -3 * dt, 18, 14, -32], values),
            _sum_of_products([-4 * dt, dt, -11, -5, 16], values),
            dt * derivatives[0],
            y0,
        ]


def evaluate_polynomial(coefficients: Sequence[Any], t0: Any, t1: Any, t: Any) -> Any:
    """The solution at ``t`` between the ends of a step."""
    with tf.name_scope("interp_evaluate"):
        check = tf.Assert((t0 <= t) & (t <= t1), ["invalid interpolation, fails `t0 <= t <= t1`:", t0, t, t1])
        with tf.control_dependencies([check]):
            x = tf.cast((t - t0) / (t1 - t0), coefficients[0].dtype)
        powers = [tf.constant(1, x.dtype), x]
        while len(powers) < len(coefficients):
            powers.append(powers[-1] * x)
        return _sum_of_products(coefficients, reversed(powers))


def increasing(t: Any) -> Any:
    """A context in which operations fail unless the times increase."""
    return tf.control_dependencies([tf.Assert(tf.reduce_all(t[1:] > t[:-1]), ["`t` must be monotonic increasing"])])


def check_types(y0: Any, t: Any, dt: Any = None) -> None:
    """TypeError unless the state is floating or complex and the times are floating."""
    if not (y0.dtype.is_floating or y0.dtype.is_complex):
        raise TypeError("`y0` must have a floating point or complex floating point dtype")
    if not t.dtype.is_floating:
        raise TypeError("`t` must have a floating point dtype")
    if dt is not None and not dt.dtype.is_floating:
        raise TypeError("`dt` must have a floating point dtype")


def _scaled_sum(scale: Any, factors: Sequence[float], values: list[Any]) -> Any:
    return tf.add_n([(scale * x) * y for x, y in zip(factors, values, strict=True) if x != 0])


def _sum_of_products(xs: Any, ys: Any) -> Any:
    return tf.add_n([x * y for x, y in zip(xs, ys, strict=True)])
