"""What optimizers of tf.contrib.opt share: sparse updates that are the same for both kinds of variables, and casts of numbers."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["RowUpdates", "add_rows", "cast_like", "rows_after", "set_rows", "subtract_rows"]


class RowUpdates:
    """For an optimizer whose ``_apply_rows(grad, var, indices)`` updates the rows that a gradient has."""

    def _apply_rows(self, grad: Any, var: Any, indices: Any) -> Any:
        raise NotImplementedError

    def _apply_sparse(self, grad: Any, var: Any) -> Any:
        return self._apply_rows(grad.values, var, grad.indices)

    def _resource_apply_sparse(self, grad: Any, var: Any, indices: Any) -> Any:
        return self._apply_rows(grad, var, indices)


def cast_like(var: Any, *numbers: Any) -> list[Any]:
    """The numbers with the type of the variable."""
    return [tf.cast(number, var.dtype.base_dtype) for number in numbers]


def add_rows(var: Any, indices: Any, values: Any, use_locking: bool = False) -> Any:
    """Add to rows of a variable."""
    return var.scatter_add(tf.IndexedSlices(values, indices), use_locking=use_locking)


def subtract_rows(var: Any, indices: Any, values: Any, use_locking: bool = False) -> Any:
    """Subtract from rows of a variable."""
    return var.scatter_sub(tf.IndexedSlices(values, indices), use_locking=use_locking)


def set_rows(var: Any, indices: Any, values: Any, use_locking: bool = False) -> Any:
    """Set rows of a variable."""
    return var.scatter_update(tf.IndexedSlices(values, indices), use_locking=use_locking)


def rows_after(update: Any, indices: Any) -> Any:
    """Rows of a variable, read after an update that one of the functions above made."""
    # a resource variable must be asked for its value: gathering from it reads the variable as it is at any time
    value = update.read_value() if hasattr(update, "read_value") else update
    return tf.gather(value, indices)
