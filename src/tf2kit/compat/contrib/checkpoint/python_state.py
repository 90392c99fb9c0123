"""NumPy arrays in checkpoints.

Adapted from TensorFlow 1.15, contrib/checkpoint/python/python_state.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
from tensorflow.python.trackable import base

__all__ = ["NumpyState"]


class NumpyState(base.Trackable):
    """Its attributes are arrays, which are saved and restored; NotImplementedError for anything else."""

    def _lookup_dependency(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """The array of a name; made when a checkpoint has one that was not set yet."""
        value = super()._lookup_dependency(name, *args, **kwargs)
        if value is None:
            value = _Array(np.array([]))
            self._self_unconditional_checkpoint_dependencies.append(base.TrackableReference(name=name, ref=value))
            self._self_unconditional_dependency_names[name] = value
            super().__setattr__(name, value)
        return value

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        return value.array if isinstance(value, _Array) else value

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, np.ndarray | np.generic):
            try:
                existing = super().__getattribute__(name)
            except AttributeError:
                existing = _Array(value)
                self._track_trackable(existing, name=name, overwrite=True)
            existing.array = value
            value = existing
        elif not name.startswith("_self_") and name != "_update_uid":
            raise NotImplementedError(
                f"Assigned {value} to the {name} property of {self}, which is not a NumPy array. "
                "Mixing NumPy arrays and other trackable objects is not supported."
            )
        super().__setattr__(name, value)


class _Array(tf.train.experimental.PythonState):
    def __init__(self, array: Any) -> None:
        self.array = array

    def serialize(self) -> bytes:
        file = io.BytesIO()
        np.save(file, self.array, allow_pickle=False)
        return file.getvalue()

    def deserialize(self, string_value: bytes) -> None:
        self.array = np.load(io.BytesIO(string_value), allow_pickle=False)
