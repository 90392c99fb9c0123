"""Checkpoints of variables by name, in eager code.

Adapted from TensorFlow 1.15, contrib/eager/python/saver.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.resource_variable_ops import ResourceVariable

__all__ = ["Saver", "get_optimizer_variables", "restore_variables_on_create"]


class Saver:
    """``tf.train.Saver`` without a session; RuntimeError in a graph."""

    def __init__(self, var_list: Any) -> None:
        if not tf.executing_eagerly():
            raise RuntimeError(
                "tfe.Saver can only be used when eager execution is enabled. Use tf.train.Saver when building graphs."
            )
        self._saver = tf.train.Saver(var_list=var_list)

    def save(self, file_prefix: str, global_step: Any = None) -> str:
        """Write the variables; returns the path, with the step if there is one."""
        with tf.device("/device:CPU:0"):
            path = self._saver.save(None, file_prefix, write_meta_graph=False, global_step=global_step)
        return str(path)

    def restore(self, file_prefix: str) -> None:
        """Read the variables."""
        with tf.device("/device:CPU:0"):
            self._saver.restore(None, file_prefix)


def get_optimizer_variables(optimizer: Any) -> list[Any]:
    """Slots and other variables of an optimizer."""
    variables: list[Any] = optimizer.variables()
    return variables


@contextlib.contextmanager
def restore_variables_on_create(save_path: str | None, map_func: Callable[[str], str] | None = None) -> Iterator[None]:
    """Variables that are made in the block start with the values of a checkpoint; nothing happens without a path.

    Args:
      save_path: of the checkpoint.
      map_func: from the name of a variable to its name in the checkpoint.

    Raises:
      ValueError: not in eager code, or ``map_func`` cannot be called.
      tf.errors.NotFoundError: a variable is not in the checkpoint.
    """
    if not tf.executing_eagerly():
        raise ValueError("Currently, restore_variables_on_create can only be used with eager execution enabled.")
    if map_func is not None and not callable(map_func):
        raise ValueError("map_func must be callable.")
    if not save_path:
        yield
        return
    reader = tf.train.load_checkpoint(save_path)
    values = {name: reader.get_tensor(name) for name, _ in tf.train.list_variables(save_path)}
    original = ResourceVariable._init_from_args

    def init_from_checkpoint(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        name = map_func(self._shared_name) if map_func else self._shared_name
        if name not in values:
            raise tf.errors.NotFoundError(None, None, f"{name} not found in checkpoint")
        # a second variable of the name keeps its own value
        value, values[name] = values[name], None
        if value is not None:
            self.assign(value)

    # there is no other way to see variables that are made by their class; 1.15 did the same
    ResourceVariable._init_from_args = init_from_checkpoint
    try:
        yield
    finally:
        ResourceVariable._init_from_args = original
