"""Adam with Nesterov momentum and Adam with the infinity norm.

Adapted from TensorFlow 1.15, contrib/opt/python/training/{nadam_optimizer,adamax}.py, Copyright 2017 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .rows import RowUpdates, add_rows, cast_like, rows_after, set_rows

__all__ = ["AdaMaxOptimizer", "NadamOptimizer"]


class NadamOptimizer(RowUpdates, tf.train.AdamOptimizer):
    """Adam with Nesterov momentum (http://cs229.stanford.edu/proj2015/054_report.pdf)."""

    def _numbers(self, var: Any) -> dict[str, Any]:
        names = ("beta1_power", "beta2_power", "lr", "beta1", "beta2", "epsilon")
        values = (*self._get_beta_accumulators(), self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t)
        return dict(zip(names, cast_like(var, *values), strict=True))

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        slots = {"m": self.get_slot(var, "m"), "v": self.get_slot(var, "v")}
        update = tf.raw_ops.ApplyAdam(
            var=var, **slots, **self._numbers(var), grad=grad, use_locking=self._use_locking, use_nesterov=True
        )
        return update.op

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        slots = {"m": self.get_slot(var, "m").handle, "v": self.get_slot(var, "v").handle}
        return tf.raw_ops.ResourceApplyAdam(
            var=var.handle, **slots, **self._numbers(var), grad=grad, use_locking=self._use_locking, use_nesterov=True
        )

    def _apply_rows(self, grad: Any, var: Any, indices: Any) -> Any:
        n, lock = self._numbers(var), self._use_locking
        lr = n["lr"] * tf.sqrt(1 - n["beta2_power"]) / (1 - n["beta1_power"])
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        m_grad, v_grad = grad * (1 - n["beta1"]), grad * grad * (1 - n["beta2"])
        # all rows decay, those of the gradient are added to
        with tf.control_dependencies([tf.assign(m, m * n["beta1"], use_locking=lock)]):
            m_t = add_rows(m, indices, m_grad, lock)
        with tf.control_dependencies([tf.assign(v, v * n["beta2"], use_locking=lock)]):
            v_t = add_rows(v, indices, v_grad, lock)
        m_bar = m_grad + n["beta1"] * rows_after(m_t, indices)
        step = -lr * m_bar / (tf.sqrt(rows_after(v_t, indices)) + n["epsilon"])
        return tf.group(add_rows(var, indices, step, lock), m_bar, v_t)


class AdaMaxOptimizer(RowUpdates, tf.train.AdamOptimizer):
    """Adam with the infinity norm (section 7 of https://arxiv.org/abs/1412.6980); sparse updates touch only rows of the gradient."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "AdaMax",
    ) -> None:
        super().__init__(learning_rate, beta1, beta2, epsilon, use_locking, name)

    def _get_beta_accumulators(self) -> Any:
        graph = None if tf.executing_eagerly() else tf.get_default_graph()
        return self._get_non_slot_variable("beta1_power", graph=graph)

    def _create_slots(self, var_list: list[Any]) -> None:
        first = min(var_list, key=lambda v: v.name)
        self._create_non_slot_variable(initial_value=self._beta1, name="beta1_power", colocate_with=first)
        for v in var_list:
            self._zeros_slot(v, "m", self._name)
            self._zeros_slot(v, "v", self._name)

    def _numbers(self, var: Any) -> dict[str, Any]:
        names = ("beta1_power", "lr", "beta1", "beta2", "epsilon")
        values = (self._get_beta_accumulators(), self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t)
        return dict(zip(names, cast_like(var, *values), strict=True))

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        slots = {"m": self.get_slot(var, "m"), "v": self.get_slot(var, "v")}
        return tf.raw_ops.ApplyAdaMax(
            var=var, **slots, **self._numbers(var), grad=grad, use_locking=self._use_locking
        ).op

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        slots = {"m": self.get_slot(var, "m").handle, "v": self.get_slot(var, "v").handle}
        return tf.raw_ops.ResourceApplyAdaMax(
            var=var.handle, **slots, **self._numbers(var), grad=grad, use_locking=self._use_locking
        )

    def _apply_rows(self, grad: Any, var: Any, indices: Any) -> Any:
        n, lock = self._numbers(var), self._use_locking
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        m_rows = tf.gather(m, indices) * n["beta1"] + grad * (1 - n["beta1"])
        v_rows = tf.maximum(tf.gather(v, indices) * n["beta2"], tf.abs(grad))
        step = -n["lr"] / (1 - n["beta1_power"]) * (m_rows / (v_rows + n["epsilon"]))
        # all rows are read before one is written
        with tf.control_dependencies([step]):
            return tf.group(
                add_rows(var, indices, step, lock),
                set_rows(m, indices, m_rows, lock),
                set_rows(v, indices, v_rows, lock),
            )

    def _finish(self, update_ops: list[Any], name_scope: str) -> Any:
        with tf.control_dependencies(update_ops):
            power = self._get_beta_accumulators()
            with tf.colocate_with(power):
                update = power.assign(power * self._beta1_t, use_locking=self._use_locking)
        return tf.group(*update_ops, update, name=name_scope)
