"""The interface of what can be trained."""

from __future__ import annotations

import abc
from typing import Any


class Trainable(abc.ABC):
    """Learns from data."""

    @abc.abstractmethod
    def fit(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Any = None,
        steps: Any = None,
        batch_size: Any = None,
        monitors: Any = None,
        max_steps: Any = None,
    ) -> Any:
        """Train."""
