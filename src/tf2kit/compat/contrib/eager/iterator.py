"""An iterator over a data set in eager code."""

from __future__ import annotations

from typing import Any

from tensorflow.python.data.ops.iterator_ops import OwnedIterator

__all__ = ["Iterator"]


class Iterator(OwnedIterator):
    """``for x in Iterator(dataset)``, or ``.next()``; RuntimeError in a graph. A plain ``for x in dataset`` does the same today."""

    def __init__(self, dataset: Any) -> None:
        super().__init__(dataset)
