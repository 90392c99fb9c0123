"""Transformations of data sets that only tf.contrib.data had.

Adapted from TensorFlow 1.15, contrib/data/python/ops, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.data import experimental
from tensorflow.python.data.ops import dataset_ops

from ..framework.tensor_util import with_shape

__all__ = [
    "assert_element_shape",
    "batch_and_drop_remainder",
    "padded_batch_and_drop_remainder",
    "read_batch_features",
    "reduce_dataset",
    "sliding_window_batch",
    "sloppy_interleave",
]
Transformation = Callable[[Any], Any]


def batch_and_drop_remainder(batch_size: Any) -> Transformation:
    """For ``dataset.apply``: batches, without a smaller last one."""
    return lambda dataset: dataset.batch(batch_size, drop_remainder=True)


def padded_batch_and_drop_remainder(batch_size: Any, padded_shapes: Any, padding_values: Any = None) -> Transformation:
    """For ``dataset.apply``: padded batches, without a smaller last one."""
    return lambda dataset: dataset.padded_batch(batch_size, padded_shapes, padding_values, drop_remainder=True)


def sloppy_interleave(map_func: Any, cycle_length: int, block_length: int = 1) -> Transformation:
    """For ``dataset.apply``: parallel interleaving in no fixed order."""
    apply: Transformation = experimental.parallel_interleave(map_func, cycle_length, block_length, sloppy=True)
    return apply


def reduce_dataset(dataset: Any, reducer: Any) -> Any:
    """The reduction of a whole data set, as a tensor or a nest of tensors."""
    return experimental.get_single_element(
        dataset.apply(experimental.group_by_reducer(lambda *_: tf.constant(0, tf.int64), reducer))
    )


def assert_element_shape(expected_shapes: Any) -> Transformation:
    """For ``dataset.apply``: elements of these shapes, checked when the graph is built or, where it is not known, when it runs."""

    def check(*elements: Any) -> Any:
        # a shape that says nothing is false
        shapes = zip(tf.nest.flatten(expected_shapes), tf.nest.flatten(elements), strict=False)
        checked = tf.nest.pack_sequence_as(elements, [with_shape(s, t) if s else t for s, t in shapes])
        return checked if len(checked) > 1 else checked[0]

    return lambda dataset: dataset.map(check)


def sliding_window_batch(
    window_size: Any, stride: Any = None, window_shift: Any = None, window_stride: Any = 1
) -> Transformation:
    """For ``dataset.apply``: batches of ``window_size`` elements, ``window_stride`` apart, that begin ``window_shift`` after one another.

    Args:
      window_size: elements of a batch; a smaller last one is dropped.
      stride: the older name of ``window_shift``.
      window_shift: 1 by default.
      window_stride: 1 by default.

    Raises:
      ValueError: both ``stride`` and ``window_shift`` are given.
    """
    if stride is not None and window_shift is not None:
        raise ValueError("Cannot specify both `stride` and `window_shift`")
    shift = next((x for x in (stride, window_shift) if x is not None), 1)

    def apply(dataset: Any) -> Any:
        structure = experimental.get_structure(dataset.batch(1))
        variant = tf.raw_ops.SlidingWindowDataset(
            input_dataset=experimental.to_variant(dataset),
            window_size=tf.cast(window_size, tf.int64),
            window_shift=tf.cast(shift, tf.int64),
            window_stride=tf.cast(window_stride, tf.int64),
            output_types=[spec.dtype for spec in tf.nest.flatten(structure)],
            output_shapes=[spec.shape for spec in tf.nest.flatten(structure)],
        )
        return dataset_ops.DatasetV1Adapter(experimental.from_variant(variant, structure))

    return apply


def read_batch_features(
    file_pattern: Any,
    batch_size: int,
    features: dict[str, Any],
    reader: Any = tf.data.TFRecordDataset,
    reader_args: Any = None,
    randomize_input: bool = True,
    num_epochs: int | None = None,
    capacity: int = 10000,
) -> Any:
    """One batch of parsed examples, a dictionary of tensors that every run fills anew from the files."""
    dataset = experimental.make_batched_features_dataset(
        file_pattern,
        batch_size,
        features,
        reader=reader,
        reader_args=reader_args,
        shuffle=randomize_input,
        num_epochs=num_epochs,
        shuffle_buffer_size=capacity,
    )
    return tf.data.make_one_shot_iterator(dataset).get_next()
