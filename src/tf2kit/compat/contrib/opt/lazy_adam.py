"""Adam that touches its moving averages only for the rows that a sparse gradient has.

Adapted from TensorFlow 1.15, contrib/opt/python/training/lazy_adam_optimizer.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["LazyAdamOptimizer"]


class LazyAdamOptimizer(tf.train.AdamOptimizer):
    """Variant of the Adam optimizer that handles sparse updates more efficiently; dense gradients are as in Adam."""

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        m_rows, v_rows, step = self._rows(grad.values, grad.indices, var)
        lock = self._use_locking
        m_t = tf.scatter_update(m, grad.indices, m_rows, use_locking=lock)
        v_t = tf.scatter_update(v, grad.indices, v_rows, use_locking=lock)
        return tf.group(tf.scatter_sub(var, grad.indices, step, use_locking=lock), m_t, v_t)

    def _resource_apply_sparse(self, grad: Any, var: Any, indices: Any) -> Any:
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        m_rows, v_rows, step = self._rows(grad, indices, var)
        return tf.group(
            tf.raw_ops.ResourceScatterSub(resource=var.handle, indices=indices, updates=step),
            tf.raw_ops.ResourceScatterUpdate(resource=m.handle, indices=indices, updates=m_rows),
            tf.raw_ops.ResourceScatterUpdate(resource=v.handle, indices=indices, updates=v_rows),
        )

    def _rows(self, grad: Any, indices: Any, var: Any) -> tuple[Any, Any, Any]:
        """The new rows of both averages and what to take from the variable's rows."""
        dtype = var.dtype.base_dtype
        beta1_power, beta2_power = (tf.cast(p, dtype) for p in self._get_beta_accumulators())
        lr_t, beta1_t, beta2_t, epsilon_t = (
            tf.cast(t, dtype) for t in (self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t)
        )
        lr = lr_t * tf.sqrt(1 - beta2_power) / (1 - beta1_power)
        m_rows = beta1_t * tf.gather(self.get_slot(var, "m"), indices) + (1 - beta1_t) * grad
        v_rows = beta2_t * tf.gather(self.get_slot(var, "v"), indices) + (1 - beta2_t) * tf.square(grad)
        return m_rows, v_rows, lr * m_rows / (tf.sqrt(v_rows) + epsilon_t)
