"""Several entries of a checkpoint that are saved and restored by one function.

Adapted from TensorFlow 1.15, contrib/checkpoint/python/split_dependency.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.trackable import base
from tensorflow.python.training.saving.saveable_object import SaveableObject, SaveSpec

__all__ = ["split_dependency"]
Buffer = dict[str, Any]


def split_dependency(
    component_names: Sequence[str],
    component_dtypes: Sequence[Any],
    fill_save_buffer_fn: Callable[[Buffer], None],
    consume_restore_buffer_fn: Callable[[Buffer], Any],
    device: str,
) -> dict[str, Any]:
    """Objects to track, one for each component.

    Args:
      component_names: their names.
      component_dtypes: their types.
      fill_save_buffer_fn: puts a tensor for each name into the dictionary that it is given.
      consume_restore_buffer_fn: gets a dictionary with a tensor for each name, and returns the operation that restores.
      device: where the components are.

    Returns:
      From names to objects. They are saved and restored together; AssertionError otherwise.
    """
    save_buffer: Buffer = {}
    restore_buffer: Buffer = {}

    def save(name: str) -> Any:
        if name not in save_buffer:
            if save_buffer:
                raise AssertionError(f"Split dependency {name} unsynchronized. They must be saved together.")
            fill_save_buffer_fn(save_buffer)
        return save_buffer.pop(name)

    def restore(name: str, tensor: Any) -> Any:
        if name in restore_buffer:
            raise AssertionError(f"Split dependency {name} unsynchronized. They must be restored together.")
        restore_buffer[name] = tensor
        if len(restore_buffer) < len(component_names):
            return tf.no_op()
        operation = consume_restore_buffer_fn(restore_buffer)
        restore_buffer.clear()
        return operation

    return {
        name: _Component(dtype, device, functools.partial(save, name), functools.partial(restore, name))
        for name, dtype in zip(component_names, component_dtypes, strict=True)
    }


class _Component(base.Trackable):
    def __init__(self, dtype: Any, device: str, save: Callable[[], Any], restore: Callable[[Any], Any]) -> None:
        self._arguments = (dtype, device, save, restore)

    def _gather_saveables_for_checkpoint(self) -> dict[str, Any]:
        return {base.VARIABLE_VALUE_KEY: lambda name: _CallbackSaveable(name, *self._arguments)}


class _CallbackSaveable(SaveableObject):
    def __init__(
        self, name: str, dtype: Any, device: str, save: Callable[[], Any], restore: Callable[[Any], Any]
    ) -> None:
        self._restore = restore
        spec = SaveSpec(tensor=save, slice_spec="", name=name, dtype=dtype, device=device)
        super().__init__(save, [spec], name)

    def restore(self, restored_tensors: Any, restored_shapes: Any) -> Any:  # noqa: ARG002
        (tensor,) = restored_tensors
        return self._restore(tensor)
