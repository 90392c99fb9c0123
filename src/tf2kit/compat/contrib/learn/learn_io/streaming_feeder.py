"""Iterators of examples as placeholders and the dictionaries that feed them.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/learn_io/data_feeder.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from .array_feeder import DataFeeder
from .feed_shapes import check_dtype, in_out_shape, map_values, named


class StreamingDataFeeder(DataFeeder):
    """Feeds iterators of examples, each an array or a dictionary of arrays, until they end.

    Args:
      x: features.
      y: labels, or None.
      n_classes: labels become one-hot if it is more than one; a dictionary for labels that are dictionaries.
      batch_size: examples of a batch; one by default. The last batch may have less.
    """

    def __init__(self, x: Iterator[Any], y: Iterator[Any] | None, n_classes: Any, batch_size: int | None) -> None:
        first_x, self._x = _peek(x)
        first_y, self._y = (None, None) if y is None else _peek(y)
        self.n_classes = n_classes
        y_shape = None
        if y is not None:
            y_shape = map_values(lambda v: [1, *np.shape(v[0] if isinstance(v, list) else v)], first_y)
        x_shape = map_values(lambda v: [1, *v.shape], first_x)
        self.input_shape, self.output_shape, self._batch_size = in_out_shape(x_shape, y_shape, n_classes, batch_size)
        self._input_dtype = map_values(lambda v: check_dtype(v.dtype), first_x)
        if n_classes is not None and not isinstance(first_y, dict) and n_classes > 0:
            self._output_dtype = np.float32
        else:
            self._output_dtype = None if y is None else map_values(_label_dtype, first_y)
        self._input_placeholder = self._output_placeholder = None

    def get_feed_params(self) -> dict[str, Any]:
        """The size of a batch; where it is cannot be told."""
        return {"batch_size": self._batch_size}

    def _next_feed(self) -> dict[str, Any]:
        examples = list(itertools.islice(self._x, self._batch_size))
        if not examples:
            raise StopIteration
        feed = named(self._input_placeholder, _batch(examples, self.input_shape, self._input_dtype, None))
        if self._y is not None:
            labels = list(itertools.islice(self._y, len(examples)))
            batch = _batch(labels, self.output_shape, self._output_dtype, self.n_classes)
            feed.update(named(self._output_placeholder, batch))
        return feed


def _peek(iterator: Iterator[Any]) -> tuple[Any, Iterator[Any]]:
    first = next(iterator)
    return first, itertools.chain([first], iterator)


def _label_dtype(value: Any) -> Any:
    if isinstance(value, list):
        return _label_dtype(value[0])
    return value.dtype if isinstance(value, np.ndarray) else check_dtype(np.dtype(type(value)))


def _batch(rows: list[Any], shape: Any, dtype: Any, n_classes: Any) -> Any:
    if isinstance(shape, dict):
        sizes = n_classes or {}
        return {k: _batch([row[k] for row in rows], shape[k], dtype[k], sizes.get(k)) for k in shape}
    out = np.zeros([len(rows), *shape[1:]], dtype=dtype)
    for i, row in enumerate(rows):
        if n_classes is not None and n_classes > 1:
            places = np.atleast_1d(np.asarray(row, np.int64))
            out[i].reshape(-1, n_classes)[np.arange(len(places)), places] = 1.0
        else:
            out[i] = np.reshape(row, out.shape[1:])
    return out
