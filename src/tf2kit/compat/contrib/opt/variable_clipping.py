"""Variables that are kept within a norm.

Adapted from TensorFlow 1.15, contrib/opt/python/training/variable_clipping_optimizer.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import contextlib
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["VariableClippingOptimizer"]


class VariableClippingOptimizer(tf.train.Optimizer):
    """Another optimizer, after whose updates variables are clipped.

    Args:
      opt: the optimizer.
      vars_to_clip_dims: from variables to the dimensions over which their norms are taken.
      max_norm: the largest norm.
      use_locking: for the clipping.
      colocate_clip_ops_with_vars: compute it where the variable is.
      name: of the operations.
    """

    def __init__(
        self,
        opt: Any,
        vars_to_clip_dims: Any,
        max_norm: float,
        use_locking: bool = False,
        colocate_clip_ops_with_vars: bool = False,
        name: str = "VariableClipping",
    ) -> None:
        super().__init__(use_locking, name)
        self._opt = opt
        self._dims = {_key(var): list(dims) for var, dims in vars_to_clip_dims.items()}
        self._max_norm = max_norm
        self._colocate = colocate_clip_ops_with_vars

    def compute_gradients(self, *args: Any, **kwargs: Any) -> Any:
        """Those of the optimizer."""
        return self._opt.compute_gradients(*args, **kwargs)

    def get_slot(self, *args: Any, **kwargs: Any) -> Any:
        """Those of the optimizer."""
        return self._opt.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> Any:
        """Those of the optimizer."""
        return self._opt.get_slot_names(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Apply gradients, then clip."""
        with tf.name_scope(name, self._name) as scope:
            update = self._opt.apply_gradients(grads_and_vars, global_step=global_step)
            clips = []
            with tf.control_dependencies([update]):
                for grad, var in grads_and_vars:
                    if grad is None or _key(var) not in self._dims:
                        continue
                    with tf.name_scope("clip_" + var.op.name):
                        clips.append(self._clip(grad, var, self._dims[_key(var)]))
            return tf.group(update, *clips, name=scope)

    def _clip(self, grad: Any, var: Any, dims: list[int]) -> Any:
        place = tf.colocate_with(var) if self._colocate else contextlib.nullcontext()
        if isinstance(grad, tf.IndexedSlices) and 0 not in dims:
            with tf.colocate_with(var):
                rows = tf.gather(var, grad.indices)
            with place:
                delta = tf.IndexedSlices(rows - tf.clip_by_norm(rows, self._max_norm, dims), grad.indices)
            return var.scatter_sub(delta, use_locking=self._use_locking)
        if isinstance(grad, tf.IndexedSlices):
            message = "Clipping norm across dims %s for %s is inefficient when including sparse dimension 0."
            tf.logging.warning(message, dims, var.op.name)
        with place:
            value = var.read_value()
            delta = value - tf.clip_by_norm(value, self._max_norm, dims)
        with tf.colocate_with(var):
            return var.assign_sub(delta, use_locking=self._use_locking)


def _key(var: Any) -> Any:
    return var.ref()
