"""`odeint_fixed`: steps of given length.

Adapted from TensorFlow 1.15, contrib/integrate/python/ops/odes.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from .steps import Derivative, check_types, increasing

__all__ = ["odeint_fixed"]


def odeint_fixed(
    func: Derivative, y0: Any, t: Any, dt: Any = None, method: str = "rk4", name: str | None = None
) -> Any:
    """Solves ``dy/dt = func(y, t)`` from ``y(t[0]) = y0`` with steps of a fixed length.

    Args:
      func: the derivative, a function of the state and a scalar time.
      y0: the state, floating or complex, of any shape.
      t: increasing times; float64 if they are not a tensor.
      dt: length of the steps, one or one for each interval; shortened to fill the intervals. By default each interval is a step.
      method: "midpoint" or "rk4".
      name: of the operations.

    Returns:
      States ``[times, ...]``.

    Raises:
      ValueError: another method, or ``dt`` does not fit ``t``.
      TypeError: a type that is not floating.
    """
    with tf.name_scope(name, "odeint_fixed", [y0, t, dt]):
        t = tf.convert_to_tensor(t, preferred_dtype=tf.float64, name="t")
        y0 = tf.convert_to_tensor(y0, name="y0")
        intervals = t[1:] - t[:-1]
        dt = tf.convert_to_tensor(intervals if dt is None else dt, preferred_dtype=tf.float64, name="dt")
        steps = tf.ceil(intervals / dt)
        dt = intervals / steps
        check_types(y0, t, dt)
        _check_sizes(t, dt)
        if method not in _STEPS:
            raise ValueError(f"method not supported: {method!s}")
        with increasing(t), tf.name_scope(method):
            return _integrate(func, _STEPS[method], y0, t, dt, tf.cast(steps, tf.int32))


def _integrate(func: Derivative, step: Step, y0: Any, t: Any, dt: Any, steps: Any) -> Any:
    num_times = tf.size(t)

    def advance(solution: Any, y: Any, time: Any, i: Any) -> tuple[Any, Any, Any, Any]:
        length = dt[i - 1]

        def one(y: Any, time: Any, done: Any) -> tuple[Any, Any, Any]:
            return y + tf.cast(step(func, y, time, length), y.dtype), time + length, done + 1

        y, time, _ = tf.while_loop(lambda _, __, done: done < steps[i - 1], one, (y, time, 0))
        return solution.write(i, y), y, time, i + 1

    solution = tf.TensorArray(y0.dtype, num_times).write(0, y0)
    solution, _, _, _ = tf.while_loop(lambda _, __, ___, i: i < num_times, advance, (solution, y0, t[0], 1))
    states = solution.stack()
    states.set_shape(t.get_shape().concatenate(y0.get_shape()))
    return states


def _midpoint(func: Derivative, y: Any, t: Any, dt: Any) -> Any:
    length = tf.cast(dt, y.dtype)
    return length * func(y + func(y, t) * length / 2, t + dt / 2)


def _rk4(func: Derivative, y: Any, t: Any, dt: Any) -> Any:
    length = tf.cast(dt, y.dtype)
    k1 = func(y, t)
    k2 = func(y + length * k1 / 2, t + dt / 2)
    k3 = func(y + length * k2 / 2, t + dt / 2)
    k4 = func(y + length * k3, t + dt)
    return tf.add_n([k1, 2 * k2, 2 * k3, k4]) * (length / 6)


Step = Callable[[Derivative, Any, Any, Any], Any]
_STEPS: dict[str, Step] = {"midpoint": _midpoint, "rk4": _rk4}


def _check_sizes(t: Any, dt: Any) -> None:
    if len(t.get_shape().as_list()) > 1 or len(dt.get_shape().as_list()) > 1:
        raise ValueError("t must be a 1D tensor")
    if not t.get_shape().is_compatible_with([None if (n := dt.get_shape().as_list()[0]) is None else n + 1]):
        raise ValueError("t and dt have incompatible lengths, must be N and N-1")
