"""Arrays as placeholders and the dictionaries that feed them, batch by batch.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/learn_io/data_feeder.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from .feed_shapes import check_dtype, in_out_shape, map_values, named

FeedFn = Callable[[], dict[str, Any]]


class DataFeeder:
    """Feeds arrays ``[n, …]``, or dictionaries of them, as batches.

    Args:
      x: features.
      y: labels, or None.
      n_classes: labels become one-hot if it is more than one; a dictionary for a dictionary of labels.
      batch_size: rows of a batch; all by default. The last batch of an epoch may have less.
      shuffle: whether each epoch has another order.
      random_state: a numpy.random.RandomState for that; one with seed 42 by default.
      epochs: StopIteration after so many; None for no end.
    """

    def __init__(
        self,
        x: Any,
        y: Any,
        n_classes: Any,
        batch_size: int | None = None,
        shuffle: bool = True,
        random_state: np.random.RandomState | None = None,
        epochs: int | None = None,
    ) -> None:
        y = np.array(y) if isinstance(y, list) else y
        self._x = map_values(np.asarray, x)
        self._y = None if y is None else map_values(np.asarray, y)
        if n_classes is not None and y is not None and not isinstance(y, dict):
            self._y = np.asarray(y, dtype=np.int64 if n_classes > 1 else np.float32)
        self.n_classes = n_classes
        self.max_epochs = epochs
        x_shape = map_values(np.shape, self._x)
        y_shape = None if y is None else map_values(np.shape, self._y)
        self.input_shape, self.output_shape, self._batch_size = in_out_shape(x_shape, y_shape, n_classes, batch_size)
        self._input_dtype = map_values(lambda v: check_dtype(v.dtype), self._x)
        self._output_dtype: Any = np.float32 if y is None else map_values(lambda v: check_dtype(v.dtype), self._y)
        if n_classes is not None and isinstance(self._output_dtype, dict):
            self._output_dtype.update({key: np.float32 for key in n_classes if key in self._output_dtype})
        self._shuffle = shuffle
        self.random_state = np.random.RandomState(42) if random_state is None else random_state
        self._size = (next(iter(self._x.values())) if isinstance(self._x, dict) else self._x).shape[0]
        self.indices = self._order()
        self.offset = 0
        self.epoch = 0
        self._epoch_placeholder: Any = None
        self._input_placeholder: Any = None
        self._output_placeholder: Any = None

    def _order(self) -> np.ndarray[Any, Any]:
        return self.random_state.permutation(self._size) if self._shuffle else np.arange(self._size)

    @property
    def x(self) -> Any:
        """Features."""
        return self._x

    @property
    def y(self) -> Any:
        """Labels."""
        return self._y

    @property
    def shuffle(self) -> bool:
        """Whether each epoch has another order."""
        return self._shuffle

    @property
    def input_dtype(self) -> Any:
        """Type of the features."""
        return self._input_dtype

    @property
    def output_dtype(self) -> Any:
        """Type of the labels."""
        return self._output_dtype

    @property
    def batch_size(self) -> int:
        """Rows of a batch."""
        return self._batch_size

    def make_epoch_variable(self) -> Any:
        """A placeholder for the number of the epoch."""
        self._epoch_placeholder = tf.placeholder(tf.int32, [1], name="epoch")
        return self._epoch_placeholder

    def input_builder(self) -> tuple[Any, Any]:
        """Placeholders ``[None, …]`` for features and labels: an ``input_fn``."""
        self._input_placeholder = _placeholders(self.input_shape, self._input_dtype, "input")
        self._output_placeholder = _placeholders(self.output_shape, self._output_dtype, "output")
        return self._input_placeholder, self._output_placeholder

    def set_placeholders(self, input_placeholder: Any, output_placeholder: Any) -> None:
        """Use these placeholders."""
        self._input_placeholder = input_placeholder
        self._output_placeholder = output_placeholder

    def get_feed_params(self) -> dict[str, Any]:
        """Where it is."""
        return {"epoch": self.epoch, "offset": self.offset, "batch_size": self._batch_size}

    def get_feed_dict_fn(self) -> FeedFn:
        """A function that returns the next batch by the names of the placeholders, and raises StopIteration at the end."""
        return self._next_feed

    def _next_feed(self) -> dict[str, Any]:
        if self.max_epochs is not None and self.epoch + 1 > self.max_epochs:
            raise StopIteration
        assert self._input_placeholder is not None
        feed: dict[str, Any] = {}
        if self._epoch_placeholder is not None:
            feed[self._epoch_placeholder.name] = [self.epoch]
        rows = self.indices[self.offset : self.offset + self._batch_size]
        feed.update(named(self._input_placeholder, map_values(lambda v: _column(v, rows), self._x)))
        self.offset += self._batch_size
        if self.offset >= self._size:
            self.indices = self._order()
            self.offset = 0
            self.epoch += 1
        if self._output_placeholder is not None:
            feed.update(named(self._output_placeholder, self._labels(rows)))
        return feed

    def _labels(self, rows: np.ndarray[Any, Any]) -> Any:
        if not isinstance(self._y, dict):
            return _label(self._y, self.output_shape, self._output_dtype, self.n_classes, rows)
        return {
            key: _label(v, self.output_shape[key], self._output_dtype[key], (self.n_classes or {}).get(key), rows)
            for key, v in self._y.items()
        }


def _placeholders(shape: Any, dtype: Any, name: str) -> Any:
    if shape is None:
        return None
    if isinstance(shape, dict):
        return {k: tf.placeholder(tf.as_dtype(dtype[k]), [None, *shape[k][1:]], f"{name}_{k}") for k in shape}
    return tf.placeholder(tf.as_dtype(dtype), [None, *shape[1:]], name)


def _column(data: Any, rows: np.ndarray[Any, Any]) -> Any:
    return data[rows].reshape((rows.shape[0], 1)) if data.ndim == 1 else data[rows]


def _label(data: Any, shape: list[int], dtype: Any, n_classes: int | None, rows: np.ndarray[Any, Any]) -> Any:
    """Labels of a batch in the shape of their placeholder, one-hot for more than one class."""
    chosen = data[rows]
    out = np.zeros([rows.shape[0], *shape[1:]], dtype=dtype)
    if n_classes is None or n_classes <= 1:
        out[...] = chosen.reshape(out.shape)
    else:
        np.put_along_axis(out, chosen.astype(np.int64).reshape(*out.shape[:-1], 1), 1.0, axis=-1)
    return out
