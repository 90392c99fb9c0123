"""Workers train on their own and take the mean of their variables from time to time.

Adapted from TensorFlow 1.15, contrib/opt/python/training/model_average_optimizer.py, Copyright 2017 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .replicas import GLOBAL, VariableMap, local_step, update_every

__all__ = ["ModelAverageCustomGetter", "ModelAverageOptimizer"]


class ModelAverageCustomGetter:
    """``custom_getter`` for `ModelAverageOptimizer`: trainable variables become local ones, with a global copy."""

    def __init__(self, worker_device: str) -> None:
        self._worker_device = worker_device
        self.common = VariableMap()

    def __call__(self, getter: Any, name: str, trainable: Any, collections: Any, *args: Any, **kwargs: Any) -> Any:
        """The variable that the program sees."""
        keys = tf.GraphKeys
        if trainable:
            with tf.device(self._worker_device):
                local = getter(name, *args, trainable=True, collections=[keys.LOCAL_VARIABLES], **kwargs)
            self.common[local] = tf.Variable(
                name=f"{GLOBAL}/{name}",
                initial_value=local.initialized_value(),
                trainable=False,
                collections=[keys.GLOBAL_VARIABLES],
            )
            return local
        kwargs.update(trainable=trainable, collections=collections)
        if keys.LOCAL_VARIABLES not in (collections or ()):
            return getter(name, *args, **kwargs)
        with tf.device(self._worker_device):
            return getter(name, *args, **kwargs)


class ModelAverageOptimizer(tf.train.Optimizer):
    """Another optimizer, whose variables are a worker's own; all workers wait for each other when they average.

    Args:
      opt: the optimizer.
      num_worker: how many there are.
      is_chief: whether this worker writes the mean.
      ma_custom_getter: the getter that made the variables.
      interval_steps: steps between averages.
      use_locking: for updates.
      name: of the operations.
    """

    def __init__(
        self,
        opt: Any,
        num_worker: int,
        is_chief: bool,
        ma_custom_getter: ModelAverageCustomGetter,
        interval_steps: int = 100,
        use_locking: bool = True,
        name: str = "ModelAverageOptimizer",
    ) -> None:
        super().__init__(use_locking, name)
        self._opt = opt
        self._num_worker = num_worker
        self._is_chief = is_chief
        self._common = ma_custom_getter.common
        self._interval_steps = interval_steps
        self._accumulators: list[tuple[Any, str]] = []
        self._chief_init_op: Any = None
        self._local_step = local_step()
        opt._prepare()

    def compute_gradients(self, *args: Any, **kwargs: Any) -> Any:
        """Those of the optimizer."""
        return self._opt.compute_gradients(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:  # noqa: ARG002
        """Apply gradients, and average every ``interval_steps`` steps; ValueError without variables or without a global step."""
        if not grads_and_vars:
            raise ValueError("Must supply at least one variable")
        if global_step is None:
            raise ValueError("Global step is required")
        variables = [v for grad, v in grads_and_vars if grad is not None]
        with tf.control_dependencies([self._opt.apply_gradients(grads_and_vars)]):
            step = tf.assign_add(self._local_step, 1, name="local_step_update")
        with tf.control_dependencies([step]):
            update = update_every(self._local_step, self._interval_steps, lambda: self._average(variables, global_step))
        inits = []
        for accumulator, device in self._accumulators:
            with tf.device(device):
                inits.append(accumulator.set_global_step(global_step, name="SetGlobalStep"))
        self._chief_init_op = tf.group(*inits)
        return update

    def _average(self, variables: list[Any], global_step: Any) -> Any:
        common = [self._common[v] for v in variables]
        with tf.colocate_with(global_step):
            queue = tf.FIFOQueue(-1, [tf.bool], shapes=[[]], shared_name="sync_queue")
        sent, means = [], []
        with tf.name_scope(None, self._name + "/global"):
            for v, shared in zip(variables, common, strict=True):
                with tf.device(shared.device):
                    name = shared.name + "/var_accum"
                    accumulator = tf.ConditionalAccumulator(v.dtype.base_dtype, shape=v.get_shape(), shared_name=name)
                    sent.append(accumulator.apply_grad(tf.convert_to_tensor(v), local_step=global_step))
                    means.append(accumulator.take_grad(self._num_worker))
                self._accumulators.append((accumulator, shared.device))
        synchronized = self._publish(sent, means, common, global_step, queue)
        with tf.control_dependencies([synchronized]):
            return self._take_common(variables)

    def _publish(self, sent: list[Any], means: list[Any], common: list[Any], global_step: Any, queue: Any) -> Any:
        """The chief writes means and lets the others go on; they wait for that."""
        if not self._is_chief:
            with tf.control_dependencies(sent), tf.device(global_step.device):
                return queue.dequeue()
        updates = []
        with tf.control_dependencies(sent):
            for mean, shared in zip(means, common, strict=True):
                with tf.device(shared.device):
                    updates.append(tf.assign(shared, mean))
            with tf.device(global_step.device):
                updates.append(tf.assign_add(global_step, 1))
        with tf.control_dependencies(updates), tf.device(global_step.device):
            return queue.enqueue_many(tf.fill([self._num_worker - 1], tf.constant(False)))

    def _take_common(self, variables: list[Any]) -> Any:
        if not variables:
            raise ValueError("The list of local_variables should not be empty")
        updates = []
        for v in variables:
            with tf.device(v.device):
                updates.append(tf.assign(v, self._common[v].read_value()))
        return tf.group(*updates)

    def get_init_op(self) -> Any:
        """The operation that gives the common variables to a worker."""
        return self._take_common(tf.trainable_variables())

    def make_session_run_hook(self) -> Any:
        """The hook that makes initializers; as on 1.15 it runs none of them."""
        return _ModelAverageHook(self, self._is_chief)


class _ModelAverageHook(tf.train.SessionRunHook):
    def __init__(self, optimizer: ModelAverageOptimizer, is_chief: bool) -> None:
        self._ma_optimizer = optimizer
        self._is_chief = is_chief

    def begin(self) -> None:
        self._local_init_op = tf.local_variables_initializer()
        self._global_init_op = None
        if self._is_chief:
            self._global_init_op = tf.global_variables_initializer()
            self._chief_init_op = self._ma_optimizer._chief_init_op
        self._variable_init_op = self._ma_optimizer.get_init_op()
