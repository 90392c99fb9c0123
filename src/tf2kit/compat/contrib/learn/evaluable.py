"""The interface of what can be evaluated."""

from __future__ import annotations

import abc
from typing import Any


class Evaluable(abc.ABC):
    """Has a folder with checkpoints, and metrics of them."""

    @property
    @abc.abstractmethod
    def model_dir(self) -> str:
        """Folder of checkpoints."""

    @abc.abstractmethod
    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Any = None,
        feed_fn: Any = None,
        batch_size: Any = None,
        steps: Any = None,
        metrics: Any = None,
        name: Any = None,
        checkpoint_path: Any = None,
        hooks: Any = None,
    ) -> Any:
        """Values of metrics by name."""
