"""Elastic averaging: workers are pulled to a common center, and the center to them (https://arxiv.org/abs/1412.6651).

Adapted from TensorFlow 1.15, contrib/opt/python/training/elastic_average_optimizer.py, Copyright 2017 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.training.saving.saveable_object_util import op_list_to_dict

from .replicas import InitHook, WorkerGetter, local_step, update_every

__all__ = ["ElasticAverageCustomGetter", "ElasticAverageOptimizer"]


class ElasticAverageCustomGetter(WorkerGetter):
    """``custom_getter`` for `ElasticAverageOptimizer`; the second copy on the worker is its last view of the center."""

    _second_name = "local_center_variable"

    def _other(self, getter: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        if tf.GraphKeys.LOCAL_VARIABLES not in (kwargs["collections"] or ()):
            return getter(name, *args, **kwargs)
        with tf.device(self._worker_device):
            return getter(name, *args, **kwargs)


class ElasticAverageOptimizer(tf.train.Optimizer):
    """Another optimizer, whose variables are a worker's own.

    Args:
      opt: the optimizer.
      num_worker: how many there are.
      ea_custom_getter: the getter that made the variables.
      communication_period: steps between exchanges.
      moving_rate: of an exchange; ``0.9 / communication_period / num_worker`` if it is None.
      rho: how strong the pull to the center is; ``moving_rate / learning rate`` if it is None.
      use_locking: for updates.
      synchronous: wait for all workers at the start.
      name: of the operations.
    """

    BETA = 0.9

    def __init__(
        self,
        opt: Any,
        num_worker: int,
        ea_custom_getter: ElasticAverageCustomGetter,
        communication_period: int = 10,
        moving_rate: float | None = None,
        rho: float | None = None,
        use_locking: bool = True,
        synchronous: bool = False,
        name: str = "ElasticAverageOptimizer",
    ) -> None:
        super().__init__(use_locking, name)
        self._opt = opt
        self._num_worker = num_worker
        self._period = communication_period
        self._centers = ea_custom_getter.common
        self._views = ea_custom_getter.second
        self._synchronous = synchronous
        self._moving_rate = self.BETA / communication_period / num_worker if moving_rate is None else moving_rate
        self._rho = self._moving_rate / opt._learning_rate if rho is None else rho
        self._local_step = local_step()
        opt._prepare()

    def compute_gradients(
        self,
        loss: Any,
        var_list: Any = None,
        gate_gradients: int = tf.train.Optimizer.GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        grad_loss: Any = None,
    ) -> Any:
        """Gradients of the loss and of the distance to the center."""
        var_list = var_list or tf.trainable_variables()
        pairs = zip(tf.trainable_variables(), [self._views[var] for var in var_list], strict=False)
        distance = self._rho * tf.add_n([tf.nn.l2_loss(tf.subtract(v, view)) for v, view in pairs])
        return self._opt.compute_gradients(
            loss + distance, var_list, gate_gradients, aggregation_method, colocate_gradients_with_ops, grad_loss
        )

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:  # noqa: ARG002
        """Apply gradients, and exchange with the center every ``communication_period`` steps; counts the global step then."""
        grads_and_vars = list(grads_and_vars)
        before = {v.op.name for v in tf.global_variables()}
        update = self._opt.apply_gradients(grads_and_vars)
        _make_local({v.op.name for v in tf.global_variables()} - before)
        with tf.control_dependencies([update]):
            step = tf.assign_add(self._local_step, 1, name="local_step_update")
        local = [v for grad, v in grads_and_vars if grad is not None]
        with tf.control_dependencies([step]):
            return update_every(self._local_step, self._period, lambda: self._exchange(local, global_step))

    def _exchange(self, variables: list[Any], global_step: Any) -> Any:
        centers = [self._centers[v] for v in variables]
        views = [self._views[v] for v in variables]
        refreshed = [view.assign(center) for view, center in zip(views, centers, strict=True)]
        with tf.control_dependencies(refreshed):
            updates = []
            for v, view, center in zip(variables, views, centers, strict=True):
                with tf.device(v.device):
                    change = self._moving_rate * tf.subtract(v, view)
                    updates.append(tf.assign_sub(v, change))
                with tf.device(center.device):
                    updates.append(tf.assign_add(center, change))
            if global_step is not None:
                with tf.colocate_with(global_step):
                    updates.append(tf.assign_add(global_step, 1))
        return tf.group(*updates)

    def get_init_op(self, task_index: int) -> Any:
        """The operation that gives the center to a worker; ValueError without variables of the getter."""
        variables = tf.trainable_variables()
        if not variables:
            raise ValueError("There are no trainable variables made by ElasticAverageCustomGetter.")
        starts = []
        for v in variables:
            starts.append(tf.assign(v, self._centers[v]))
            starts.append(tf.assign(self._views[v], self._centers[v]))
        start = tf.group(*starts)
        return self._wait_for_all(start, task_index) if self._synchronous else start

    def _wait_for_all(self, start: Any, task_index: int) -> Any:
        """Send a token to each other worker, and wait for theirs."""
        queues = [
            tf.FIFOQueue(self._num_worker, [tf.bool], shapes=[[]], shared_name=f"variable_init_sync_queue{i}")
            for i in range(self._num_worker)
        ]
        with tf.control_dependencies([start]):
            tokens = [q.enqueue(tf.constant(False)) for i, q in enumerate(queues) if i != task_index]
        return tf.group(start, *tokens, queues[task_index].dequeue_many(len(queues) - 1))

    def make_session_run_hook(self, is_chief: bool, task_index: int) -> InitHook:
        """The hook that runs `get_init_op`."""
        return InitHook(lambda: self.get_init_op(task_index), is_chief)

    def swapping_saver(self, var_list: Any = None, name: str = "swapping_saver", **kwargs: Any) -> Any:
        """A saver that writes the center under the variables' names; RuntimeError without variables of the getter."""
        if not self._centers:
            raise RuntimeError(
                "global_center_variable is empty, please make sure this is called after model created and "
                "ElasticAverageCustomGetter is used when declaring you model"
            )
        if var_list is None:
            var_list = tf.trainable_variables()
        if not isinstance(var_list, dict):
            var_list = op_list_to_dict(var_list)
        own = {v.op.name: v for v in tf.trainable_variables()}
        swapped = {}
        for key, var in var_list.items():
            if isinstance(var, list):
                swapped[key] = [self._centers.get(v, v) for v in var]
            else:
                swapped[key] = self._centers.get(own[var.op.name], var) if var.op.name in own else var
        return tf.train.Saver(swapped, name=name, **kwargs)


def _make_local(names: set[str]) -> None:
    """What the optimizer made belongs to the worker."""
    collection = tf.get_default_graph().get_collection_ref(tf.GraphKeys.GLOBAL_VARIABLES)
    for variable in [v for v in collection if v.op.name in names]:
        tf.add_to_collection(tf.GraphKeys.LOCAL_VARIABLES, variable)
    collection[:] = [v for v in collection if v.op.name not in names]
