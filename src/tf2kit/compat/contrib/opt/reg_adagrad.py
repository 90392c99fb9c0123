"""Adagrad whose accumulators can be left alone for a while.

Adapted from TensorFlow 1.15, contrib/opt/python/training/reg_adagrad_optimizer.py, Copyright 2018 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["RegAdagradOptimizer"]


class RegAdagradOptimizer(tf.train.AdagradOptimizer):
    """Adagrad for losses in parts: inside of ``avoid_updating_slots()`` gradients of a regularization do not count as seen."""

    def __init__(
        self,
        learning_rate: Any,
        initial_accumulator_value: float = 0.1,
        use_locking: bool = False,
        name: str = "RegAdagrad",
    ) -> None:
        super().__init__(learning_rate, initial_accumulator_value, use_locking=use_locking, name=name)
        self._should_update_slots = True

    @contextlib.contextmanager
    def avoid_updating_slots(self) -> Iterator[None]:
        """Updates that are made here leave the accumulators as they are."""
        old = self._should_update_slots
        self._should_update_slots = False
        try:
            yield
        finally:
            self._should_update_slots = old

    def _settings(self, var: Any) -> dict[str, Any]:
        return {
            "lr": tf.cast(self._learning_rate_tensor, var.dtype.base_dtype),
            "use_locking": self._use_locking,
            "update_slots": self._should_update_slots,
        }

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        accumulator = self.get_slot(var, "accumulator")
        return tf.raw_ops.ApplyAdagrad(var=var, accum=accumulator, grad=grad, **self._settings(var))

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        accumulator = self.get_slot(var, "accumulator").handle
        return tf.raw_ops.ResourceApplyAdagrad(var=var.handle, accum=accumulator, grad=grad, **self._settings(var))

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        rows = {"grad": grad.values, "indices": grad.indices}
        accumulator = self.get_slot(var, "accumulator")
        return tf.raw_ops.SparseApplyAdagrad(var=var, accum=accumulator, **rows, **self._settings(var))

    def _resource_apply_sparse(self, grad: Any, var: Any, indices: Any) -> Any:
        rows = {"grad": grad, "indices": indices}
        accumulator = self.get_slot(var, "accumulator").handle
        return tf.raw_ops.ResourceSparseApplyAdagrad(var=var.handle, accum=accumulator, **rows, **self._settings(var))
