"""Which feeder an estimator's data needs.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/learn_io/data_feeder.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from .array_feeder import DataFeeder
from .pandas_io import extract_pandas_data, extract_pandas_labels, extract_pandas_matrix
from .streaming_feeder import StreamingDataFeeder

__all__ = [
    "DataFeeder",
    "StreamingDataFeeder",
    "setup_predict_data_feeder",
    "setup_processor_data_feeder",
    "setup_train_data_feeder",
]


def setup_train_data_feeder(
    x: Any,
    y: Any,
    n_classes: Any,
    batch_size: int | None = None,
    shuffle: bool = True,
    epochs: int | None = None,
) -> Any:
    """A feeder of arrays, frames, or iterators of examples; ValueError if only one of ``x`` and ``y`` is an iterator."""
    x = extract_pandas_data(x)
    y = None if y is None else extract_pandas_labels(y)
    if _is_iterator(x):
        if y is not None and not _is_iterator(y):
            raise ValueError("Both x and y should be iterators for streaming learning to work.")
        return StreamingDataFeeder(x, y, n_classes, batch_size)
    return DataFeeder(x, y, n_classes, batch_size, shuffle=shuffle, epochs=epochs)


def setup_predict_data_feeder(x: Any, batch_size: int | None = None) -> Any:
    """Batches of an array or an iterator, the last of which may be smaller; one batch without ``batch_size``."""
    x = extract_pandas_data(x)
    if batch_size is not None and batch_size <= 0:
        raise ValueError(f"Invalid batch_size {batch_size}.")
    if _is_iterator(x):
        return _batches(x, batch_size)
    if len(x.shape) == 1:
        x = np.reshape(x, (-1, 1))
    if batch_size is None:
        return [x]
    return [x[i * batch_size : (i + 1) * batch_size] for i in range(math.ceil(len(x) / batch_size))]


def setup_processor_data_feeder(x: Any) -> Any:
    """A frame as an array; anything else as it is."""
    return extract_pandas_matrix(x)


def _is_iterator(x: Any) -> bool:
    return hasattr(x, "next") or hasattr(x, "__next__")


def _batches(x: Iterator[Any], batch_size: int | None) -> Iterator[Any]:
    while chunk := list(itertools.islice(x, batch_size)):
        if isinstance(chunk[0], dict):
            yield {key: np.asmatrix([row[key] for row in chunk]) for key in chunk[0]}
        else:
            yield np.asmatrix(chunk)
