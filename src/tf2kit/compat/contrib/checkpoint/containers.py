"""A list of objects under names that it makes unique.

Adapted from TensorFlow 1.15, contrib/checkpoint/python/containers.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.trackable.base import Trackable
from tensorflow.python.trackable.data_structures import TrackableDataStructure

__all__ = ["UniqueNameTracker"]


class UniqueNameTracker(TrackableDataStructure):
    """Tracks objects for checkpoints as ``name``, ``name_1`` and so on."""

    def __init__(self) -> None:
        super().__init__()
        self._maybe_initialize_trackable()
        self._name_counts: dict[str, int] = {}

    @property
    def _values(self) -> list[Any]:
        return [dependency.ref for dependency in self._self_unconditional_checkpoint_dependencies]

    def track(self, trackable: Any, base_name: str) -> Any:
        """Track an object; returns it. ValueError if it cannot be in a checkpoint."""
        if not isinstance(trackable, Trackable):
            raise ValueError(
                f"Expected a trackable value, got {trackable} which does not inherit from tf.track.Trackable."
            )
        count = self._name_counts.get(base_name, 0)
        while self._lookup_dependency(_numbered(base_name, count)) is not None:
            count += 1
        self._name_counts[base_name] = count + 1
        self._track_value(trackable, name=_numbered(base_name, count))
        return trackable


def _numbered(name: str, number: int) -> str:
    return f"{name}_{number}" if number > 0 else name
