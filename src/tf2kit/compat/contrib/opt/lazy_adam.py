"""Adam that touches its moving averages only for the rows that a sparse gradient has.

Adapted from TensorFlow 1.15, contrib/opt/python/training/lazy_adam_optimizer.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .rows import RowUpdates, cast_like, set_rows, subtract_rows

__all__ = ["LazyAdamOptimizer", "LazyRows"]


class LazyRows(RowUpdates):
    """Sparse updates of a lazy Adam, for a subclass that is an Adam."""

    _lr_t: Any
    _beta1_t: Any
    _beta2_t: Any
    _epsilon_t: Any
    _use_locking: bool
    get_slot: Any
    _get_beta_accumulators: Any

    def _apply_rows(self, grad: Any, var: Any, indices: Any) -> Any:
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        beta1_power, beta2_power = cast_like(var, *self._get_beta_accumulators())
        lr_t, beta1, beta2, epsilon = cast_like(var, self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t)
        lr = lr_t * tf.sqrt(1 - beta2_power) / (1 - beta1_power)
        m_rows = beta1 * tf.gather(m, indices) + (1 - beta1) * grad
        v_rows = beta2 * tf.gather(v, indices) + (1 - beta2) * tf.square(grad)
        step = lr * m_rows / (tf.sqrt(v_rows) + epsilon)
        lock = self._use_locking
        # all rows are read before one is written
        with tf.control_dependencies([step]):
            return tf.group(
                subtract_rows(var, indices, step, lock),
                set_rows(m, indices, m_rows, lock),
                set_rows(v, indices, v_rows, lock),
            )


class LazyAdamOptimizer(LazyRows, tf.train.AdamOptimizer):
    """Variant of the Adam optimizer that handles sparse updates more efficiently; dense gradients are as in Adam."""
