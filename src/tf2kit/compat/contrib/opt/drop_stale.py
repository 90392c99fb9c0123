"""Gradients that come too late are dropped.

Adapted from TensorFlow 1.15, contrib/opt/python/training/drop_stale_gradient_optimizer.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["DropStaleGradientOptimizer"]


class DropStaleGradientOptimizer(tf.train.Optimizer):
    """Another optimizer, without the gradients that took more than ``staleness`` global steps to compute.

    A variable ``stale_counter`` counts dropped gradients.
    """

    def __init__(self, opt: Any, staleness: int, use_locking: bool = False, name: str = "DropStaleGradient") -> None:
        super().__init__(use_locking, name)
        self._opt = opt
        self._staleness = staleness
        self._local_step: Any = None

    def compute_gradients(self, loss: Any, *args: Any, **kwargs: Any) -> Any:
        """Those of the optimizer, after the step is noted."""
        with tf.colocate_with(loss):
            self._local_step = tf.train.get_global_step() + 0
        with tf.control_dependencies([self._local_step]):
            loss = tf.identity(loss)
            return self._opt.compute_gradients(loss, *args, **kwargs)

    def get_slot(self, *args: Any, **kwargs: Any) -> Any:
        """Those of the optimizer."""
        return self._opt.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> Any:
        """Those of the optimizer."""
        return self._opt.get_slot_names(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Apply gradients unless they are too old; returns the number of dropped ones so far."""
        grads_and_vars = list(grads_and_vars)
        with tf.colocate_with(global_step):
            counter = tf.get_variable("stale_counter", [], initializer=tf.zeros_initializer(), trainable=False)

        def accept() -> Any:
            with tf.control_dependencies(
                [self._opt.apply_gradients(grads_and_vars, global_step=global_step, name=name)]
            ):
                return tf.identity(0.0)

        computed = [grad if tf.is_tensor(grad) else grad.op for grad, _ in grads_and_vars if grad is not None]
        with tf.control_dependencies(computed), tf.colocate_with(global_step):
            age = tf.reshape(global_step - self._local_step, [])
        dropped = counter.assign_add(tf.cond(age <= self._staleness, accept, lambda: tf.identity(1.0)))
        share = counter / tf.cast(global_step + 1, tf.float32)
        tf.summary.scalar("Gradient staleness percentage", share)
        return dropped
