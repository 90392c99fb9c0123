"""Optimizers that compare the sign of the gradient with that of its average (https://arxiv.org/abs/1709.07417).

Adapted from TensorFlow 1.15, contrib/opt/python/training/{addsign,powersign}.py, Copyright 2017 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from .rows import cast_like, subtract_rows

__all__ = ["AddSignOptimizer", "PowerSignOptimizer"]
DecayFn = Callable[[Any], Any] | None


class _SignOptimizer(tf.train.Optimizer):
    """Both have a slot ``m`` and numbers by name; `_multiplier` says what a sparse gradient is multiplied with."""

    # names of the operations for both kinds of variables
    _operations: tuple[str, str]

    def __init__(self, numbers: dict[str, Any], sign_decay_fn: DecayFn, use_locking: bool, name: str) -> None:
        super().__init__(use_locking, name)
        self._numbers = numbers
        self._sign_decay_fn = sign_decay_fn
        self._tensors: dict[str, Any] = {}
        self._sign_decay_t: Any = None

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """See ``tf.train.Optimizer``; a decay function needs the global step."""
        if self._sign_decay_fn is not None:
            self._sign_decay_t = tf.convert_to_tensor(self._sign_decay_fn(global_step), name="sign_decay")
        return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)

    def _create_slots(self, var_list: list[Any]) -> None:
        for v in var_list:
            self._zeros_slot(v, "m", self._name)

    def _prepare(self) -> None:
        self._tensors = {key: tf.convert_to_tensor(value, name=key) for key, value in self._numbers.items()}
        if self._sign_decay_fn is None:
            self._sign_decay_t = tf.convert_to_tensor(1.0, name="sign_decay")

    def _cast(self, var: Any) -> dict[str, Any]:
        tensors = {**self._tensors, "sign_decay": self._sign_decay_t}
        return dict(zip(tensors, cast_like(var, *tensors.values()), strict=True))

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        apply = getattr(tf.raw_ops, self._operations[0])
        update = apply(var=var, m=self.get_slot(var, "m"), **self._cast(var), grad=grad, use_locking=self._use_locking)
        return update.op

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        apply = getattr(tf.raw_ops, self._operations[1])
        m = self.get_slot(var, "m").handle
        return apply(var=var.handle, m=m, **self._cast(var), grad=grad, use_locking=self._use_locking)

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        numbers, lock = self._cast(var), self._use_locking
        m = self.get_slot(var, "m")
        average = m * numbers["beta"] + tf.convert_to_tensor(grad) * (1 - numbers["beta"])
        m_t = tf.assign(m, average, use_locking=lock)
        agreement = tf.gather(tf.sign(m_t), grad.indices) * tf.sign(grad.values)
        step = numbers["lr"] * self._multiplier(numbers, agreement) * grad.values
        return tf.group(subtract_rows(var, grad.indices, step, lock), m_t)

    def _multiplier(self, numbers: dict[str, Any], agreement: Any) -> Any:
        raise NotImplementedError


class AddSignOptimizer(_SignOptimizer):
    """Steps of ``(alpha + sign_decay * sign(g) * sign(m)) * g``."""

    _operations = ("ApplyAddSign", "ResourceApplyAddSign")

    def __init__(
        self,
        learning_rate: Any = 0.1,
        alpha: Any = 1.0,
        beta: Any = 0.9,
        sign_decay_fn: DecayFn = None,
        use_locking: bool = False,
        name: str = "AddSignOptimizer",
    ) -> None:
        super().__init__({"lr": learning_rate, "beta": beta, "alpha": alpha}, sign_decay_fn, use_locking, name)

    def _multiplier(self, numbers: dict[str, Any], agreement: Any) -> Any:
        return numbers["alpha"] + numbers["sign_decay"] * agreement


class PowerSignOptimizer(_SignOptimizer):
    """Steps of ``base ** (sign_decay * sign(g) * sign(m)) * g``."""

    _operations = ("ApplyPowerSign", "ResourceApplyPowerSign")

    def __init__(
        self,
        learning_rate: Any = 0.1,
        base: float = math.e,
        beta: Any = 0.9,
        sign_decay_fn: DecayFn = None,
        use_locking: bool = False,
        name: str = "PowerSignOptimizer",
    ) -> None:
        numbers = {"lr": learning_rate, "beta": beta, "logbase": math.log(base)}
        super().__init__(numbers, sign_decay_fn, use_locking, name)

    def _multiplier(self, numbers: dict[str, Any], agreement: Any) -> Any:
        return tf.exp(numbers["logbase"] * numbers["sign_decay"] * agreement)
