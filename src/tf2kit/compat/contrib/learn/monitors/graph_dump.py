"""A monitor that keeps the values of all tensors.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/monitors.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from .base import BaseMonitor, output_of


class GraphDump(BaseMonitor):
    """Keeps the first output of each operation, but for types in ``ignore_ops``."""

    IGNORE_OPS = ("Const", "Assign", "Identity", "Placeholder", "RandomUniform", "Cast", "RestoreSlice")

    def __init__(self, ignore_ops: Sequence[str] | None = None) -> None:
        super().__init__()
        self._ignore_ops = ignore_ops or GraphDump.IGNORE_OPS
        self._data: dict[int, dict[Any, Any]] = {}
        self._tensors: list[Any] = []

    def begin(self, max_steps: int | None = None) -> None:
        """Collect the tensors."""
        super().begin(max_steps=max_steps)
        operations = tf.get_default_graph().get_operations()
        self._tensors = [op.outputs[0] for op in operations if op.outputs and op.type not in self._ignore_ops]

    def step_begin(self, step: int) -> list[Any]:
        """All tensors."""
        super().step_begin(step)
        return self._tensors

    def step_end(self, step: int, output: dict[Any, Any]) -> bool:
        """Keep their values."""
        super().step_end(step, output)
        self._data[step] = output
        return False

    @property
    def data(self) -> dict[int, dict[Any, Any]]:
        """Values by step and tensor."""
        return self._data

    def compare(self, other_dump: GraphDump, step: int, atol: float = 1e-06) -> tuple[list[str], dict[str, Any]]:
        """Names of equal tensors, and differences of others, of one step; ValueError if the other has not the same tensors."""
        this, other = self.data.get(step, {}), other_dump.data.get(step, {})
        matched, different = [], {}
        for key in [key for key in this if isinstance(key, str)]:
            if key not in other:
                raise ValueError(f"{key} missing at step {step}.")
            mine, theirs = output_of(this, key), output_of(other, key)
            if isinstance(mine, str):
                continue
            if np.allclose(mine, theirs, atol=atol) if isinstance(mine, np.ndarray) else mine == theirs:
                matched.append(key)
            else:
                different[key] = mine - theirs if isinstance(mine, np.ndarray) else (mine, theirs)
        return matched, different
