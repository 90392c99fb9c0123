"""tf.contrib.data: tf.data.experimental under its first name, and the two batching functions that went away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.data.experimental import (
    AUTOTUNE,
    Counter,
    CsvDataset,
    Optional,
    RandomDataset,
    Reducer,
    SqlDataset,
    TFRecordWriter,
    bucket_by_sequence_length,
    choose_from_datasets,
    copy_to_device,
    dense_to_sparse_batch,
    enumerate_dataset,
    get_next_as_optional,
    get_single_element,
    group_by_reducer,
    group_by_window,
    ignore_errors,
    make_batched_features_dataset,
    make_csv_dataset,
    make_saveable_from_iterator,
    map_and_batch,
    parallel_interleave,
    parse_example_dataset,
    prefetch_to_device,
    rejection_resample,
    sample_from_datasets,
    scan,
    shuffle_and_repeat,
    unbatch,
    unique,
)

from .._paths import attributes

Transformation = Callable[[Any], Any]


def batch_and_drop_remainder(batch_size: Any) -> Transformation:
    """For ``dataset.apply``: batches, without a smaller last one."""
    return lambda dataset: dataset.batch(batch_size, drop_remainder=True)


def padded_batch_and_drop_remainder(batch_size: Any, padded_shapes: Any, padding_values: Any = None) -> Transformation:
    """For ``dataset.apply``: padded batches, without a smaller last one."""
    return lambda dataset: dataset.padded_batch(batch_size, padded_shapes, padding_values, drop_remainder=True)


def sloppy_interleave(map_func: Any, cycle_length: int, block_length: int = 1) -> Transformation:
    """For ``dataset.apply``: parallel interleaving in no fixed order."""
    apply: Transformation = parallel_interleave(map_func, cycle_length, block_length, sloppy=True)
    return apply


def reduce_dataset(dataset: Any, reducer: Any) -> Any:
    """The reduction of a whole data set, as a tensor or a nest of tensors."""
    return tf.data.experimental.get_single_element(
        dataset.apply(group_by_reducer(lambda *_: tf.constant(0, tf.int64), reducer))
    )


__getattr__ = attributes(__name__)
