"""Which of ``x`` and ``y``, ``input_fn`` and ``feed_fn`` an old estimator was given.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/estimator.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from ...layers.columns.transforms import infer_real_valued_columns
from ..learn_io.data_feeder import setup_train_data_feeder

InputFn = Callable[[], Any]


def verify_input_args(x: Any, y: Any, input_fn: InputFn | None, feed_fn: Any, batch_size: int | None) -> None:
    """ValueError unless either arrays or an ``input_fn`` is given, and only what belongs to it."""
    if input_fn is None:
        if x is None:
            raise ValueError("Either x or input_fn must be provided.")
        if tf.is_tensor(x) or (y is not None and tf.is_tensor(y)):
            raise ValueError("Inputs cannot be tensors. Please provide input_fn.")
        if feed_fn is not None:
            raise ValueError("Can not provide both feed_fn and x or y.")
    else:
        if x is not None or y is not None:
            raise ValueError("Can not provide both input_fn and x or y.")
        if batch_size is not None:
            raise ValueError("Can not provide both input_fn and batch_size.")


def get_input_fn(
    x: Any,
    y: Any,
    input_fn: InputFn | None,
    feed_fn: Any,
    batch_size: int | None,
    shuffle: bool = False,
    epochs: int | None = 1,
) -> tuple[InputFn, Any]:
    """An ``input_fn`` and, for arrays, the function that feeds its placeholders."""
    verify_input_args(x, y, input_fn, feed_fn, batch_size)
    if input_fn is not None:
        return input_fn, feed_fn
    feeder = setup_train_data_feeder(x, y, n_classes=None, batch_size=batch_size, shuffle=shuffle, epochs=epochs)
    return feeder.input_builder, feeder.get_feed_dict_fn()


def infer_real_valued_columns_from_input_fn(input_fn: InputFn) -> list[Any]:
    """A real-valued column for each feature that ``input_fn`` makes: a sorted list."""
    with tf.Graph().as_default():
        features, _ = input_fn()
        columns: list[Any] = infer_real_valued_columns(features)
        return columns


def infer_real_valued_columns_from_input(x: Any) -> list[Any]:
    """Real-valued columns for an array ``[n, d]`` (one column, called "", of width d) or a dictionary of arrays."""
    input_fn, _ = get_input_fn(x=x, y=None, input_fn=None, feed_fn=None, batch_size=None)
    return infer_real_valued_columns_from_input_fn(input_fn)
