"""Optimizers of other libraries that minimize a loss of a graph.

Adapted from TensorFlow 1.15, contrib/opt/python/training/external_optimizer.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

__all__ = ["ExternalOptimizerInterface", "ScipyOptimizerInterface"]


class ExternalOptimizerInterface:
    """Hands the variables as one vector to ``_minimize`` of a subclass.

    Args:
      loss: scalar tensor.
      var_list: the variables; all trainable ones if it is None.
      equalities: tensors that shall be zero.
      inequalities: tensors that shall not be negative.
      var_to_bounds: from variables to pairs (lower, upper), numbers or arrays.
      **optimizer_kwargs: for the other library.
    """

    def __init__(
        self,
        loss: Any,
        var_list: Any = None,
        equalities: Sequence[Any] | None = None,
        inequalities: Sequence[Any] | None = None,
        var_to_bounds: Any = None,
        **optimizer_kwargs: Any,
    ) -> None:
        self.optimizer_kwargs = optimizer_kwargs
        self._loss = loss
        self._equalities = list(equalities or [])
        self._inequalities = list(inequalities or [])
        self._vars = tf.trainable_variables() if var_list is None else list(var_list)
        self._shapes = [tuple(var.get_shape().as_list()) for var in self._vars]
        self._packed_bounds = None if var_to_bounds is None else self._pack_bounds(var_to_bounds)
        self._placeholders = [tf.placeholder(var.dtype.base_dtype) for var in self._vars]
        self._var_updates = [
            var.assign(tf.reshape(value, shape))
            for var, value, shape in zip(self._vars, self._placeholders, self._shapes, strict=True)
        ]
        self._packed_var = self._pack(self._vars)
        self._packed_loss_grad = self._pack_gradients(loss)
        self._packed_equality_grads = [self._pack_gradients(t) for t in self._equalities]
        self._packed_inequality_grads = [self._pack_gradients(t) for t in self._inequalities]
        ends = np.cumsum([0, *(int(np.prod(shape)) for shape in self._shapes)])
        self._packing_slices = [slice(a, b) for a, b in itertools.pairwise(ends)]

    def _pack_bounds(self, var_to_bounds: Any) -> list[tuple[Any, Any]]:
        bounds = {var.ref(): pair for var, pair in var_to_bounds.items()}
        packed: list[tuple[Any, Any]] = []
        for var, shape in zip(self._vars, self._shapes, strict=True):
            lower, upper = bounds.get(var.ref(), (-np.inf, np.inf))
            packed += zip(np.broadcast_to(lower, shape).flat, np.broadcast_to(upper, shape).flat, strict=True)
        return packed

    @classmethod
    def _pack(cls, tensors: Sequence[Any]) -> Any:
        """All tensors as one vector."""
        if not tensors:
            return None
        flat = [tf.reshape(tensor, [-1]) for tensor in tensors]
        return flat[0] if len(flat) == 1 else tf.concat(flat, 0)

    def _pack_gradients(self, tensor: Any) -> Any:
        gradients = tf.gradients(tensor, self._vars)
        pairs = zip(gradients, self._vars, strict=True)
        return self._pack([tf.zeros_like(var) if grad is None else grad for grad, var in pairs])

    def minimize(
        self,
        session: Any = None,
        feed_dict: Any = None,
        fetches: Any = None,
        step_callback: Callable[..., Any] | None = None,
        loss_callback: Callable[..., Any] | None = None,
        **run_kwargs: Any,
    ) -> None:
        """Minimize, and write the variables.

        Args:
          session: the default one if it is None.
          feed_dict: for each evaluation.
          fetches: tensors for ``loss_callback``.
          step_callback: called by the other library with the vector of variables.
          loss_callback: called with the values of ``fetches`` at each evaluation of loss and gradient.
          **run_kwargs: for the ``session.run`` that writes the variables.
        """
        session = session or tf.get_default_session()
        feed_dict, fetches = feed_dict or {}, list(fetches or [])

        def evaluator(tensors: Any, callback: Callable[..., Any] | None = None) -> Callable[[Any], list[Any]]:
            return self._make_eval_func(tensors, session, feed_dict, fetches, callback)

        result = self._minimize(
            initial_val=session.run(self._packed_var),
            loss_grad_func=evaluator([self._loss, self._packed_loss_grad], loss_callback),
            equality_funcs=[evaluator(t) for t in self._equalities],
            equality_grad_funcs=[evaluator(t) for t in self._packed_equality_grads],
            inequality_funcs=[evaluator(t) for t in self._inequalities],
            inequality_grad_funcs=[evaluator(t) for t in self._packed_inequality_grads],
            packed_bounds=self._packed_bounds,
            step_callback=step_callback or (lambda _: None),
            optimizer_kwargs=self.optimizer_kwargs,
        )
        values = [result[where] for where in self._packing_slices]
        session.run(self._var_updates, feed_dict=dict(zip(self._placeholders, values, strict=True)), **run_kwargs)

    def _minimize(
        self,
        initial_val: Any,
        loss_grad_func: Any,
        equality_funcs: Any,
        equality_grad_funcs: Any,
        inequality_funcs: Any,
        inequality_grad_funcs: Any,
        packed_bounds: Any,
        step_callback: Any,
        optimizer_kwargs: Any,
    ) -> Any:
        """The vector of the minimum; for subclasses."""
        raise NotImplementedError(
            "To use ExternalOptimizerInterface, subclass from it and implement the _minimize() method."
        )

    def _make_eval_func(
        self, tensors: Any, session: Any, feed_dict: Any, fetches: list[Any], callback: Callable[..., Any] | None = None
    ) -> Callable[[Any], list[Any]]:
        """The function from the vector of variables to the values of tensors."""
        tensors = list(tensors) if isinstance(tensors, list) else [tensors]

        def eval_func(x: Any) -> list[Any]:
            parts = zip(self._vars, self._packing_slices, self._shapes, strict=True)
            feed = {var: x[where].reshape(shape) for var, where, shape in parts}
            values = session.run(tensors + fetches, feed_dict={**feed, **feed_dict})
            if callback is not None:
                callback(*values[len(tensors) :])
            found: list[Any] = values[: len(tensors)]
            return found

        return eval_func


class ScipyOptimizerInterface(ExternalOptimizerInterface):
    """``scipy.optimize.minimize``; the keyword ``method`` chooses, L-BFGS-B without it, and others such as ``options`` are passed on.

    Raises:
      ValueError: in ``minimize``; a keyword that is set by this class.
    """

    _DEFAULT_METHOD = "L-BFGS-B"

    def _minimize(
        self,
        initial_val: Any,
        loss_grad_func: Any,
        equality_funcs: Any,
        equality_grad_funcs: Any,
        inequality_funcs: Any,
        inequality_grad_funcs: Any,
        packed_bounds: Any,
        step_callback: Any,
        optimizer_kwargs: Any,
    ) -> Any:
        minimize = importlib.import_module("scipy.optimize").minimize

        # the methods themselves take float64 only
        def exact(function: Any) -> Any:
            return lambda x: np.asarray(function(x), np.float64)

        def loss_and_gradient(x: Any) -> tuple[Any, Any]:
            loss, gradient = loss_grad_func(x)
            return np.float64(loss), gradient.astype(np.float64)

        groups = (("eq", equality_funcs, equality_grad_funcs), ("ineq", inequality_funcs, inequality_grad_funcs))
        settings = {
            "jac": True,
            "callback": step_callback,
            "constraints": [
                {"type": kind, "fun": exact(function), "jac": exact(gradient)}
                for kind, functions, gradients in groups
                for function, gradient in zip(functions, gradients, strict=True)
            ],
            "bounds": packed_bounds,
        }
        if "bounds" in optimizer_kwargs:
            raise ValueError("Bounds must be set using the var_to_bounds argument")
        for name in settings:
            if name in optimizer_kwargs:
                raise ValueError(f"Optimizer keyword arg '{name}' is set automatically and cannot be injected manually")
        settings.update({"method": self._DEFAULT_METHOD, **optimizer_kwargs})
        result = minimize(loss_and_gradient, np.asarray(initial_val, np.float64), **settings)
        tf.logging.info(
            "Optimization terminated with:\n  Message: %s\n  Objective function value: %f", result.message, result.fun
        )
        return result["x"]
