"""`odeint`: Runge-Kutta of fifth order with steps as long as the tolerance allows.

Adapted from TensorFlow 1.15, contrib/integrate/python/ops/odes.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from .steps import Derivative, check_types, evaluate_polynomial, fit_polynomial, increasing, runge_kutta_step

__all__ = ["odeint"]


def odeint(
    func: Derivative,
    y0: Any,
    t: Any,
    rtol: Any = 1e-6,
    atol: Any = 1e-12,
    method: str | None = None,
    options: dict[str, Any] | None = None,
    full_output: bool = False,
    name: str | None = None,
) -> Any:
    """Solves ``dy/dt = func(y, t)`` from ``y(t[0]) = y0``.

    Args:
      func: the derivative, a function of the state and a scalar time.
      y0: the state, floating or complex, of any shape.
      t: increasing times; float64 if they are not a tensor.
      rtol: relative tolerance for each element.
      atol: absolute tolerance for each element.
      method: "dopri5", the only one.
      options: with a method, any of first_step (1.0), safety (0.9), ifactor (10.0), dfactor (0.2), max_num_steps (1000).
      full_output: give information on the steps as well.
      name: of the result.

    Returns:
      States ``[times, ...]``; with ``full_output`` also a dictionary of ``num_func_evals``, ``integrate_points`` and ``error_ratio``.

    Raises:
      ValueError: another method, or options without one.
      TypeError: ``y0`` or ``t`` is not floating.
    """
    if method is not None and method != "dopri5":
        raise ValueError(f"invalid method: {method!r}")
    if options is not None and method is None:
        raise ValueError("cannot supply `options` without specifying `method`")
    with tf.name_scope(name, "odeint", [y0, t, rtol, atol]) as scope:
        y0 = tf.convert_to_tensor(y0, name="y0")
        t = tf.convert_to_tensor(t, preferred_dtype=tf.float64, name="t")
        check_types(y0, t)
        error_dtype = tf.abs(y0).dtype
        rtol = tf.convert_to_tensor(rtol, dtype=error_dtype, name="rtol")
        atol = tf.convert_to_tensor(atol, dtype=error_dtype, name="atol")
        return _Dopri5(func, t, rtol, atol, **(options or {})).solve(y0, full_output, scope)


class _State(NamedTuple):
    """The last step: its end, derivative there, times of start and end, next length, polynomial."""

    y1: Any
    f1: Any
    t0: Any
    t1: Any
    dt: Any
    polynomial: Any


class _History(NamedTuple):
    """TensorArrays of the ends of all steps tried and of their errors by tolerance; above 1 a step is made again."""

    integrate_points: Any
    error_ratio: Any


class _Dopri5:
    def __init__(
        self,
        func: Derivative,
        t: Any,
        rtol: Any,
        atol: Any,
        first_step: Any = None,
        safety: Any = 0.9,
        ifactor: Any = 10.0,
        dfactor: Any = 0.2,
        max_num_steps: Any = 1000,
    ) -> None:
        first_step = 1.0 if first_step is None else first_step
        self._func, self._t, self._rtol, self._atol = func, t, rtol, atol
        self._first_step = tf.convert_to_tensor(first_step, dtype=t.dtype, name="first_step")
        self._safety = tf.convert_to_tensor(safety, dtype=t.dtype, name="safety")
        self._ifactor = tf.convert_to_tensor(ifactor, dtype=t.dtype, name="ifactor")
        self._dfactor = tf.convert_to_tensor(dfactor, dtype=t.dtype, name="dfactor")
        self._max_num_steps = tf.convert_to_tensor(max_num_steps, dtype=tf.int32, name="max_num_steps")

    def solve(self, y0: Any, full_output: bool, name: str) -> Any:
        """States at all times."""
        t = self._t
        with increasing(t):
            num_times = tf.size(t)
        solution = tf.TensorArray(y0.dtype, size=num_times).write(0, y0)
        history = _History(
            tf.TensorArray(t.dtype, size=0, dynamic_size=True),
            tf.TensorArray(self._rtol.dtype, size=0, dynamic_size=True),
        )
        state = _State(y0, self._func(y0, t[0]), t[0], t[0], self._first_step, [y0] * 5)
        loop = (solution, history, state, 1)
        solution, history, _, _ = tf.while_loop(
            lambda _, __, ___, i: i < num_times, self._advance, loop, name="interpolate_loop"
        )
        y = solution.stack(name=name)
        y.set_shape(t.get_shape().concatenate(y0.get_shape()))
        if not full_output:
            return y
        points = history.integrate_points.stack()
        information = {
            "num_func_evals": 6 * tf.size(points) + 1,
            "integrate_points": points,
            "error_ratio": history.error_ratio.stack(),
        }
        return y, information

    def _advance(self, solution: Any, history: _History, state: _State, i: Any) -> tuple[Any, _History, _State, Any]:
        """Integrate past time ``i`` if it is not passed yet, and note the state there."""
        target = self._t[i]
        state, history, _ = tf.while_loop(
            lambda state, *_: target > state.t1, self._step, (state, history, 0), name="integrate_loop"
        )
        y = evaluate_polynomial(state.polynomial, state.t0, state.t1, target)
        return solution.write(i, y), history, state, i + 1

    def _step(self, state: _State, history: _History, n_steps: Any) -> tuple[_State, _History, Any]:
        """One step; when its error is too large, the state stays and the next one is shorter."""
        y0, f0, _, t0, dt, polynomial = state
        checks = [
            tf.Assert(t0 + dt > t0, ["underflow in dt", dt]),
            tf.Assert(n_steps < self._max_num_steps, ["max_num_steps exceeded"]),
            tf.Assert(tf.reduce_all(tf.is_finite(tf.abs(y0))), ["non-finite values in state `y`", y0]),
        ]
        with tf.control_dependencies(checks):
            y1, error, derivatives = runge_kutta_step(self._func, y0, f0, t0, dt)
        tolerance = self._atol + self._rtol * tf.maximum(tf.abs(y0), tf.abs(y1))
        # as the Fortran code of dopri5 does
        ratio = tf.sqrt(tf.reduce_mean(_abs_square(error) / _abs_square(tolerance)))
        accepted = ratio <= 1
        state = _State(
            tf.cond(accepted, lambda: y1, lambda: y0),
            tf.cond(accepted, lambda: derivatives[-1], lambda: f0),
            t0,
            tf.cond(accepted, lambda: t0 + dt, lambda: t0),
            self._next_length(dt, ratio),
            tf.cond(accepted, lambda: fit_polynomial(y0, y1, derivatives, dt), lambda: polynomial),
        )
        points, ratios = history
        history = _History(points.write(points.size(), t0 + dt), ratios.write(ratios.size(), ratio))
        return state, history, n_steps + 1

    def _next_length(self, dt: Any, ratio: Any) -> Any:
        ratio = tf.cast(ratio, dt.dtype)
        exponent = tf.cast(1 / 5, dt.dtype)
        # the ratio stays in the numerator: it may be 0
        growth = tf.minimum(ratio**exponent / self._safety, 1 / self._dfactor)
        return dt / tf.maximum(1 / self._ifactor, growth)


def _abs_square(x: Any) -> Any:
    return tf.square(tf.real(x)) + tf.square(tf.imag(x)) if x.dtype.is_complex else tf.square(x)
