"""GGT: adaptive regularization with the last gradients as a whole (https://arxiv.org/abs/1806.02958).

Adapted from TensorFlow 1.15, contrib/opt/python/training/ggt.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["GGTOptimizer"]


class GGTOptimizer(tf.train.Optimizer):
    """All variables as one vector, and a buffer ``[window, size]`` of its last averaged gradients.

    Args:
      learning_rate: of the steps.
      beta1: decay of the averaged gradient.
      use_locking: for updates.
      name: of the operations.
      window: averaged gradients in the buffer.
      eps: the rest outside of the buffer's space counts if the smallest singular value is above this.
      svd_eps: damping of the SVD.
      sigma_eps: added to singular values before they are divided by.
    """

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        use_locking: bool = False,
        name: str = "GGT",
        window: int = 10,
        eps: float = 1e-4,
        svd_eps: float = 1e-6,
        sigma_eps: float = 1e-2,
    ) -> None:
        super().__init__(use_locking, name)
        self._numbers = {
            "lr": learning_rate,
            "beta1": beta1,
            "eps": eps,
            "svd_eps": svd_eps,
            "sigma_eps": sigma_eps,
        }
        self._window = window
        self._slices: dict[str, slice] = {}
        self._applied: list[Any] = []

    def _create_slots(self, var_list: list[Any]) -> None:
        size = 0
        for v in sorted(var_list, key=lambda v: v.name):
            self._slices[v.name] = slice(size, size + v.get_shape().num_elements())
            size += v.get_shape().num_elements()
        dtype = var_list[0].dtype.base_dtype
        starts = {
            "global_step": tf.cast(0.0, dtype),
            "grad_buffer": tf.zeros([self._window, size], dtype),
            "moment1": tf.zeros([size], dtype),
            "flat_grad": tf.zeros([size], dtype),
        }
        for name, start in starts.items():
            self._create_non_slot_variable(initial_value=start, name=name, colocate_with=var_list[0])

    def _variable(self, name: str) -> Any:
        graph = None if tf.executing_eagerly() else tf.get_default_graph()
        return self._get_non_slot_variable(name, graph=graph)

    def _prepare(self) -> None:
        self._applied = []

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        self._applied.append(var)
        where = self._slices[var.name]
        rows = tf.IndexedSlices(tf.reshape(grad, [-1]), tf.range(where.start, where.stop))
        return self._variable("flat_grad").scatter_update(rows)

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        return self._apply_dense(grad, var)

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        raise NotImplementedError("Sparse gradient updates are not supported.")

    def _finish(self, update_ops: list[Any], name_scope: str) -> Any:
        dtype = self._applied[0].dtype.base_dtype
        numbers = {key: tf.cast(value, dtype) for key, value in self._numbers.items()}
        with tf.control_dependencies(update_ops):
            step = tf.assign_add(self._variable("global_step"), 1.0)
            moment = self._variable("moment1")
            beta1 = numbers["beta1"]
            new_moment = tf.convert_to_tensor(
                tf.assign(moment, beta1 * moment + (1.0 - beta1) * self._variable("flat_grad"))
            )
            row = tf.floormod(tf.cast(step - 1.0, tf.int32), self._window)
            buffer = self._variable("grad_buffer").scatter_update(tf.IndexedSlices(new_moment, row))
            count = tf.sqrt(tf.minimum(tf.convert_to_tensor(step), tf.cast(self._window, dtype)))
            direction = self._direction(tf.transpose(tf.convert_to_tensor(buffer) / count), new_moment, numbers)
            updates = []
            for var in self._applied:
                change = tf.reshape(direction[self._slices[var.name]], var.get_shape())
                updates.append(tf.assign_sub(var, numbers["lr"] * change))
            return tf.group(*updates, name=name_scope)

    def _direction(self, m: Any, moment: Any, numbers: dict[str, Any]) -> Any:
        """The averaged gradient divided by the root of the buffer's square, ``[size, 1]``."""
        column = tf.expand_dims(moment, -1)
        damping = tf.eye(self._window, dtype=m.dtype) * numbers["svd_eps"]
        sigma, u, _ = tf.linalg.svd(tf.matmul(m, m, transpose_a=True) + damping)
        root = tf.sqrt(sigma)

        def through(diagonal: Any) -> Any:
            inner = tf.matmul(u, tf.matmul(m, column, transpose_a=True), transpose_a=True)
            return tf.matmul(m, tf.matmul(u, tf.matmul(tf.diag(diagonal), inner)))

        head = through(1.0 / tf.pow(root + numbers["sigma_eps"], 3))
        smallest = tf.reduce_min(root)
        tail = (column - through(1.0 / sigma)) / smallest
        return tf.cond(smallest > numbers["eps"], lambda: head + tail, lambda: tf.identity(head))
