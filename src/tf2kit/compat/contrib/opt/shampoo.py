"""Shampoo: one preconditioner for each dimension of a variable (https://arxiv.org/abs/1802.09568).

Adapted from TensorFlow 1.15, contrib/opt/python/training/shampoo.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from . import matrix_functions
from .rows import add_rows, rows_after, subtract_rows

__all__ = ["ShampooOptimizer"]


def _at(value: Any, timestep: Any) -> Any:
    """A setting that may be a function of the step."""
    return value(timestep) if callable(value) else value


class ShampooOptimizer(tf.train.Optimizer):
    """Slots: ``gbar``, the average gradient; ``Gbar_i`` and, with a ``svd_interval`` above 1, ``H_i`` for dimension i.

    Args:
      global_step: of the training.
      max_matrix_size: larger dimensions get a diagonal preconditioner.
      gbar_decay: of the average gradient; 0 for none.
      gbar_weight: of a gradient in it.
      mat_gbar_decay: of the preconditioners' statistics.
      mat_gbar_weight: of a gradient in them.
      learning_rate: of the steps. This and the five before it may be functions of the step.
      svd_interval: steps between roots.
      precond_update_interval: steps between updates of the statistics.
      epsilon: damping.
      alpha: the whole power, divided among dimensions.
      use_iterative_root: iterations instead of an SVD.
      use_locking: for updates.
      name: of slots and operations.
    """

    def __init__(
        self,
        global_step: Any = 0,
        max_matrix_size: int = 768,
        gbar_decay: Any = 0.0,
        gbar_weight: Any = 1.0,
        mat_gbar_decay: Any = 1.0,
        mat_gbar_weight: Any = 1.0,
        learning_rate: Any = 1.0,
        svd_interval: Any = 1,
        precond_update_interval: Any = 1,
        epsilon: float = 1e-4,
        alpha: Any = 0.5,
        use_iterative_root: bool = False,
        use_locking: bool = False,
        name: str = "Shampoo",
    ) -> None:
        super().__init__(use_locking, name)
        self._global_step = tf.cast(global_step, tf.float32)
        self._max_matrix_size = max_matrix_size
        self._gbar = (gbar_decay, gbar_weight)
        self._mat_gbar = (mat_gbar_decay, mat_gbar_weight)
        self._learning_rate = learning_rate
        self._svd_interval = svd_interval
        self._precond_update_interval = precond_update_interval
        self._epsilon = epsilon
        self._alpha = alpha
        self._use_iterative_root = use_iterative_root

    def _create_slots(self, var_list: list[Any]) -> None:
        for v in var_list:
            with tf.colocate_with(v):
                self._zeros_slot(v, "gbar", self._name)
                for i, size in enumerate(v.get_shape().as_list()):
                    if size > self._max_matrix_size:
                        self._get_or_make_slot(v, tf.zeros([size]), f"Gbar_{i}", self._name)
                        continue
                    if self._svd_interval > 1:
                        self._get_or_make_slot(v, tf.eye(size), f"H_{i}", self._name)
                    self._get_or_make_slot(v, tf.zeros([size, size]), f"Gbar_{i}", self._name)

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        return self._apply_gradient(grad, var)

    def _resource_apply_dense(self, grad: Any, var: Any) -> Any:
        return self._apply_gradient(grad, var)

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        return self._apply_rows(grad.values, grad.indices, var)

    def _resource_apply_sparse(self, grad: Any, var: Any, indices: Any) -> Any:
        return self._apply_rows(grad, indices, var)

    def _apply_rows(self, values: Any, indices: Any, var: Any) -> Any:
        if var.get_shape().as_list()[0] <= self._max_matrix_size or self._gbar[0] != 0.0:
            shape = tf.shape(var, out_type=indices.dtype)
            return self._apply_gradient(tf.scatter_nd(tf.expand_dims(indices, 1), values, shape), var)
        return self._apply_gradient(values, var, indices)

    def _apply_gradient(self, grad: Any, var: Any, indices: Any = None) -> Any:
        step = self._global_step + 1
        result = grad
        if indices is None:
            decay, weight = self._gbar
            gbar = self.get_slot(var, "gbar")
            result = _weighted_average(gbar, decay, _at(decay, step), _at(weight, step) * grad)
        sizes = var.get_shape().as_list()
        alpha = -_at(self._alpha, step) / len(sizes)
        for i, size in enumerate(sizes):
            if size <= self._max_matrix_size:
                root = self._full(grad, var, i, alpha, step)
                result = tf.tensordot(result, root, axes=([0], [0]), name=f"precond_{i}")
            else:
                root = self._diagonal(grad, var, i, alpha, step, indices)
                result = tf.transpose(result, perm=[*range(1, len(sizes)), 0]) * root
        update = _at(self._learning_rate, step) * result
        if indices is not None:
            return subtract_rows(var, indices, update)
        return tf.assign_sub(var, update)

    def _full(self, grad: Any, var: Any, i: int, alpha: Any, step: Any) -> Any:
        """The power of the statistics of dimension i, ``[size, size]``."""
        sizes = var.get_shape().as_list()
        matrix = self.get_slot(var, f"Gbar_{i}")
        decay, weight = self._mat_gbar
        interval, svd_interval = _at(self._precond_update_interval, step), _at(self._svd_interval, step)
        axes = [k for k in range(len(sizes)) if k != i]

        def updated() -> Any:
            outer = tf.tensordot(grad, grad, axes=(axes, axes), name=f"grad_outer_{i}")
            return _weighted_average(matrix, decay, _at(decay, step), _at(weight, step) * interval * outer)

        new = tf.cond(tf.mod(step, interval) < 1, updated, lambda: tf.convert_to_tensor(matrix)) / float(sizes[i])
        if self._svd_interval == 1:
            return self._power(new, sizes[i], alpha)
        slot = self.get_slot(var, f"H_{i}")
        return tf.cond(
            tf.mod(step, svd_interval) < 1,
            lambda: tf.convert_to_tensor(tf.assign(slot, self._power(new, sizes[i], alpha))),
            lambda: tf.convert_to_tensor(slot),
        )

    def _diagonal(self, grad: Any, var: Any, i: int, alpha: Any, step: Any, indices: Any) -> Any:
        """The power of the diagonal statistics of dimension i, ``[size]``, or of its rows that are in a sparse gradient."""
        sizes = var.get_shape().as_list()
        diagonal = self.get_slot(var, f"Gbar_{i}")
        decay, weight = self._mat_gbar
        axes = [k for k in range(len(sizes)) if k != i]
        squares = grad * grad
        if axes:
            squares = tf.reduce_sum(squares, axis=axes) / (1.0 if indices is not None else float(sizes[i]))
        if i == 0 and indices is not None:
            if decay != 1.0:
                raise AssertionError("mat_gbar_decay must be 1 for sparse gradients")
            new = rows_after(add_rows(diagonal, indices, _at(weight, step) * squares), indices)
        else:
            new = _weighted_average(diagonal, decay, _at(decay, step), _at(weight, step) * squares)
        return tf.where(tf.greater(new, 0), tf.pow(new, alpha), tf.zeros_like(new))

    def _power(self, matrix: Any, size: int, alpha: Any) -> Any:
        with tf.name_scope("matrix_iterative_power"):
            if self._use_iterative_root:
                root = matrix_functions.matrix_square_root(matrix, size, ridge_epsilon=self._epsilon)
                return matrix_functions.matrix_inverse_pth_root(root, size, 2 * alpha, ridge_epsilon=0.0)
            if size == 1:
                return tf.pow(matrix + self._epsilon, alpha)
            d, u, v = tf.linalg.svd(matrix + self._epsilon * tf.eye(size), full_matrices=True)
            return tf.matmul(v * tf.pow(tf.maximum(d, self._epsilon), alpha), tf.transpose(u))


def _weighted_average(var: Any, weight: Any, weight_t: Any, rest: Any) -> Any:
    """The variable after an update; ``rest`` itself, and no update, for weight 0."""
    if weight == 0.0:
        return rest
    change = rest if weight == 1.0 else (weight_t - 1) * var + rest
    return tf.convert_to_tensor(tf.assign_add(var, change))
