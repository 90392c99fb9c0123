"""Momentum with one learning rate a layer (https://arxiv.org/abs/1708.03888).

Adapted from TensorFlow 1.15, contrib/opt/python/training/lars_optimizer.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["LARSOptimizer"]


class LARSOptimizer(tf.train.MomentumOptimizer):
    """Layer-wise adaptive rate scaling; sparse gradients get plain momentum, as on 1.15.

    Args:
      learning_rate: number or tensor.
      momentum: not negative.
      weight_decay: not negative.
      eeta: scale of the trust ratio.
      epsilon: added to its denominator.
      name: of the slots and operations.
      skip_list: parts of names of variables without scaling and decay.
      use_nesterov: Nesterov momentum.

    Raises:
      ValueError: a negative momentum or weight decay.
    """

    def __init__(
        self,
        learning_rate: Any,
        momentum: float = 0.9,
        weight_decay: float = 0.0001,
        eeta: float = 0.001,
        epsilon: float = 0.0,
        name: str = "LARSOptimizer",
        skip_list: Sequence[str] | None = None,
        use_nesterov: bool = False,
    ) -> None:
        if momentum < 0.0:
            raise ValueError(f"momentum should be positive: {momentum}")
        if weight_decay < 0.0:
            raise ValueError(f"weight_decay should be positive: {weight_decay}")
        super().__init__(learning_rate, momentum, use_locking=False, name=name, use_nesterov=use_nesterov)
        self._weight_decay = weight_decay
        self._eeta = eeta
        self._epsilon = epsilon
        self._skip_list = skip_list

    def compute_lr(self, grad: Any, var: Any) -> tuple[Any, Any]:
        """The learning rate of a variable, and the gradient with weight decay."""
        if self._skip_list is not None and any(part in var.name for part in self._skip_list):
            return self._learning_rate, grad
        w_norm, g_norm = tf.norm(var, ord=2), tf.norm(grad, ord=2)
        ratio = self._eeta * w_norm / (g_norm + self._weight_decay * w_norm + self._epsilon)
        both = tf.logical_and(tf.greater(w_norm, 0), tf.greater(g_norm, 0))
        return self._learning_rate * tf.where(both, ratio, 1.0), grad + self._weight_decay * var

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        return tf.raw_ops.ApplyMomentum(var=var, accum=self.get_slot(var, "momentum"), **self._arguments(grad, var))

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        accumulator = self.get_slot(var, "momentum").handle
        return tf.raw_ops.ResourceApplyMomentum(var=var.handle, accum=accumulator, **self._arguments(grad, var))

    def _arguments(self, grad: Any, var: Any) -> dict[str, Any]:
        scaled_lr, grad = self.compute_lr(grad, var)
        return {
            "lr": tf.cast(1.0, var.dtype.base_dtype),
            "grad": grad * scaled_lr,
            "momentum": self._momentum,
            "use_locking": False,
            "use_nesterov": self._use_nesterov,
        }
