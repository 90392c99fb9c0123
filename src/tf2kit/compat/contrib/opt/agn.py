"""Accumulated gradient normalization: workers train on their own and send the sum of their gradients (https://arxiv.org/abs/1710.02368).

Adapted from TensorFlow 1.15, contrib/opt/python/training/agn_optimizer.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .replicas import InitHook, WorkerGetter, local_step, update_every

__all__ = ["AGNCustomGetter", "AGNOptimizer"]


class AGNCustomGetter(WorkerGetter):
    """``custom_getter`` for `AGNOptimizer`; the second copy on the worker is the sum of its gradients."""

    _second_name = "grad_variable"


class AGNOptimizer(tf.train.Optimizer):
    """Another optimizer, used by each worker for its own variables and for the common ones.

    Args:
      optimizer: the optimizer.
      num_worker: how many there are.
      custom_getter: the getter that made the variables.
      communication_period: steps between exchanges.
      use_locking: for updates.
      name: of the operations.
    """

    def __init__(
        self,
        optimizer: Any,
        num_worker: int,
        custom_getter: AGNCustomGetter,
        communication_period: int = 10,
        use_locking: bool = True,
        name: str = "AGNOptimizer",
    ) -> None:
        super().__init__(use_locking, name)
        self._opt = optimizer
        self._num_worker = num_worker
        self._period = communication_period
        self._centers = custom_getter.common
        self._sums = custom_getter.second
        self._local_step = local_step()
        optimizer._prepare()

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:  # noqa: ARG002
        """Apply gradients, and exchange every ``communication_period`` steps; counts the global step then."""
        pairs = [(grad, v) for grad, v in grads_and_vars if grad is not None]
        with tf.variable_creator_scope(_local_variables):
            update = self._opt.apply_gradients(pairs)
        added = [tf.assign_add(self._sums[v], grad) for grad, v in pairs]
        step = tf.assign_add(self._local_step, 1, name="local_step_update")
        with tf.control_dependencies([step, update, *added]):
            return update_every(
                self._local_step, self._period, lambda: self._exchange([v for _, v in pairs], global_step)
            )

    def _exchange(self, variables: list[Any], global_step: Any) -> Any:
        sums, centers = [self._sums[v] for v in variables], [self._centers[v] for v in variables]
        with tf.control_dependencies([tf.assign(g, g / self._period) for g in sums]):
            apply = self._opt.apply_gradients(zip(sums, centers, strict=True))
        with tf.control_dependencies([apply]):
            updates = []
            if global_step is not None:
                with tf.colocate_with(global_step):
                    updates.append(tf.assign_add(global_step, 1))
            updates += [tf.assign(v, center.read_value()) for v, center in zip(variables, centers, strict=True)]
            updates += [tf.assign(g, tf.zeros_like(g)) for g in sums]
            return tf.group(*updates)

    def get_init_op(self, task_index: int) -> Any:  # noqa: ARG002
        """The operation that gives the center to a worker; ValueError without variables of the getter."""
        variables = tf.trainable_variables()
        if not variables:
            raise ValueError("There are no trainable variables made by AGNCustomGetter.")
        starts = [tf.assign(v, self._centers[v]) for v in variables]
        return tf.group(*starts, *[tf.assign(self._sums[v], tf.zeros_like(self._sums[v])) for v in variables])

    def make_session_run_hook(self, is_chief: bool, task_index: int) -> InitHook:
        """The hook that runs `get_init_op`."""
        return InitHook(lambda: self.get_init_op(task_index), is_chief)


def _local_variables(next_creator: Any, collections: Any = None, **kwargs: Any) -> Any:
    """What the optimizer makes for a worker's variables belongs to the worker."""
    keys = tf.GraphKeys
    if not collections:
        collections = [keys.LOCAL_VARIABLES]
    elif keys.GLOBAL_VARIABLES in collections:
        collections = [c for c in collections if c != keys.GLOBAL_VARIABLES] + [keys.LOCAL_VARIABLES]
    return next_creator(collections=collections, **kwargs)
