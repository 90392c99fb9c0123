"""Batches of examples that belong together, for example of similar length, with queues.

Adapted from TensorFlow 1.15, contrib/training/python/training/bucket_ops.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.framework.smart_cond import smart_cond
from tensorflow.python.training import input as queued

__all__ = ["bucket", "bucket_by_sequence_length"]


def bucket(
    tensors: Any,
    which_bucket: Any,
    batch_size: Any,
    num_buckets: int,
    num_threads: int = 1,
    capacity: int = 32,
    bucket_capacities: Sequence[int] | None = None,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    keep_input: Any = True,
    shared_name: str | None = None,
    name: str | None = None,
) -> tuple[Any, Any]:
    """Put examples into ``num_buckets`` queues and take batches from the one that is full.

    Args:
      tensors: one example, a list or a dictionary of tensors.
      which_bucket: int32 scalar, the example's bucket.
      batch_size: an int, or a list with one for each bucket.
      num_buckets: how many.
      num_threads: that put examples into buckets.
      capacity: of the queue of batches, and of a bucket without ``bucket_capacities``.
      bucket_capacities: of each bucket.
      shapes: of the tensors, if they are not known.
      dynamic_pad: pad to the longest example of a batch.
      allow_smaller_final_batch: give what is left at the end.
      keep_input: boolean scalar, whether to take the example.
      shared_name: of the queues, to share them between sessions.
      name: of the operations.

    Returns:
      The bucket (int32 scalar) and the batch, as nested as ``tensors``.

    Raises:
      ValueError: sizes or capacities that do not fit the number of buckets, or unknown shapes without ``dynamic_pad``.
    """
    sizes, per_bucket = _batch_sizes(batch_size, num_buckets)
    bucket_capacities = [capacity] * num_buckets if bucket_capacities is None else bucket_capacities
    if len(bucket_capacities) != num_buckets:
        raise ValueError(
            f"The list bucket_capacities ({bucket_capacities}) must have exactly num_buckets ({num_buckets}) elements."
        )
    tensor_list = queued._as_tensor_list(tensors)
    with tf.name_scope(name, "bucket", tensor_list):
        tensor_list = [tf.convert_to_tensor_or_sparse_tensor(t) for t in tensor_list]
        if not tensor_list:
            raise ValueError("Expected at least one tensor in bucket().")
        keep_input = queued._validate_keep_input(keep_input, enqueue_many=False)
        tensor_list, sparse_info = queued._store_sparse_tensors(tensor_list, enqueue_many=False, keep_input=keep_input)
        queues = _bucket_queues(tensor_list, bucket_capacities, shapes, dynamic_pad, shared_name)
        sizes = [_static_if_known(size) for size in sizes]
        one_size = None if allow_smaller_final_batch or per_bucket else sizes[-1]
        top_queue = _top_queue(queues[0], one_size, capacity, shared_name)
        which_bucket = tf.convert_to_tensor(which_bucket, dtype=tf.int32, name="which_bucket")
        enqueue = _enqueue(queues, tensor_list, which_bucket, keep_input)
        _add_runners(queues, top_queue, [enqueue] * num_threads, sizes, allow_smaller_final_batch)
        _add_summaries(queues, top_queue, capacity)
        which, *batch = top_queue.dequeue(name="dequeue_top")
        restored = queued._restore_sparse_tensors(batch if len(batch) > 1 else batch[0], sparse_info)
        return which, queued._as_original_type(tensors, restored)


def _batch_sizes(batch_size: Any, num_buckets: int) -> tuple[list[Any], bool]:
    """A size for each bucket, and whether they were given one by one."""
    if not isinstance(batch_size, list | tuple):
        return [batch_size] * num_buckets, False
    if len(batch_size) != num_buckets:
        raise ValueError("If batch_size is a list it must have num_buckets elements")
    return list(batch_size), True


def _static_if_known(size: Any) -> Any:
    size = tf.convert_to_tensor(size, dtype=tf.int32, name="batch_size")
    known = tf.get_static_value(size)
    return size if known is None else known


def _bucket_queues(
    tensors: list[Any], capacities: Sequence[int], shapes: Any, dynamic_pad: bool, shared_name: str | None
) -> list[Any]:
    types = queued._dtypes([tensors])
    shapes = queued._shapes([tensors], shapes, enqueue_many=False)
    make = queued._which_queue(dynamic_pad)
    return [
        make(
            capacity=capacity,
            dtypes=types,
            shapes=shapes,
            shared_name=f"{shared_name}_{i}" if shared_name is not None else None,
            name=f"bucket_queue_{i}",
        )
        for i, capacity in enumerate(capacities)
    ]


def _top_queue(bucket_queue: Any, batch_size: Any, capacity: int, shared_name: str | None) -> Any:
    """The queue of (bucket, batch)."""
    shapes = [tf.TensorShape([batch_size]).concatenate(s) for s in bucket_queue.shapes]
    return tf.PaddingFIFOQueue(
        capacity=capacity,
        dtypes=[tf.int32, *bucket_queue.dtypes],
        shapes=[tf.TensorShape([]), *shapes],
        shared_name=shared_name,
        name="top_queue",
    )


def _enqueue(queues: list[Any], tensors: list[Any], which_bucket: Any, keep_input: Any) -> Any:
    def into_one() -> Any:
        ops = [
            tf.cond(tf.equal(which_bucket, i), lambda q=queue: q.enqueue(tensors), tf.no_op)
            for i, queue in enumerate(queues)
        ]
        return tf.group(*ops, name="group_enqueues")

    return smart_cond(keep_input, into_one, tf.no_op)


def _add_runners(
    queues: list[Any], top_queue: Any, enqueues: list[Any], sizes: list[Any], allow_smaller_final_batch: bool
) -> None:
    to_top = []
    for i, (queue, size) in enumerate(zip(queues, sizes, strict=True)):
        take = queue.dequeue_up_to if allow_smaller_final_batch else queue.dequeue_many
        batch = take(size, name=f"read_bucket_{i}")
        values = [tf.constant(i), *(batch if isinstance(batch, list | tuple) else [batch])]
        to_top.append(top_queue.enqueue(values, name=f"enqueue_from_bucket_{i}"))
    closed = (tf.errors.OutOfRangeError, tf.errors.CancelledError)
    # its threads fill the top queue from the buckets; when the first bucket is closed, they end
    runner = tf.train.QueueRunner(
        queues[0],
        to_top,
        close_op=top_queue.close(),
        cancel_op=top_queue.close(cancel_pending_enqueues=True),
        queue_closed_exception_types=closed,
    )
    tf.train.add_queue_runner(runner)
    runner = tf.train.QueueRunner(
        top_queue,
        enqueues,
        close_op=tf.group(*[q.close() for q in queues]),
        cancel_op=tf.group(*[q.close(cancel_pending_enqueues=True) for q in queues]),
        queue_closed_exception_types=closed,
    )
    tf.train.add_queue_runner(runner)


def _add_summaries(queues: list[Any], top_queue: Any, capacity: int) -> None:
    size = tf.cast(top_queue.size(), tf.float32)
    for queue in queues:
        # the top queue's size on 1.15 too
        tf.summary.scalar(f"bucket/{queue.name}/size", size)
    tf.summary.scalar(f"bucket/{top_queue.name}/fraction_of_{capacity}_full", size * (1.0 / capacity))


def bucket_by_sequence_length(
    input_length: Any,
    tensors: Any,
    batch_size: Any,
    bucket_boundaries: Sequence[int],
    num_threads: int = 1,
    capacity: int = 32,
    bucket_capacities: Sequence[int] | None = None,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    keep_input: Any = True,
    shared_name: str | None = None,
    name: str | None = None,
) -> tuple[Any, Any]:
    """Batches of examples of similar length; the first bucket has those below ``bucket_boundaries[0]``, the last one the rest.

    ``input_length`` is the example's length, an int32 scalar; ``batch_size`` is an int or a list with one for each of the
    ``len(bucket_boundaries) + 1`` buckets. The other arguments are those of `bucket`.

    Returns:
      The lengths (int32, ``[batch]``) and the batch, as nested as ``tensors``.

    Raises:
      TypeError: boundaries that are no list of ints.
      ValueError: boundaries that do not increase, or see `bucket`.
    """
    tensor_list = queued._as_tensor_list(tensors)
    _check_boundaries(bucket_boundaries)
    with tf.name_scope(name, "bucket_by_sequence_length", [input_length, *tensor_list]):
        input_length = tf.convert_to_tensor(input_length, dtype=tf.int32, name="input_length")
        lowest, highest = tf.int32.min, tf.int32.max
        inside = tf.logical_and(
            tf.less_equal([lowest, *bucket_boundaries], input_length),
            tf.less(input_length, [*bucket_boundaries, highest]),
        )
        which_bucket = tf.cast(tf.reduce_min(tf.where_v2(inside)), tf.int32)
        _, batch = bucket(
            tensors=[input_length, *tensor_list],
            which_bucket=which_bucket,
            batch_size=batch_size,
            num_buckets=len(bucket_boundaries) + 1,
            num_threads=num_threads,
            capacity=capacity,
            bucket_capacities=bucket_capacities,
            shapes=None if shapes is None else [tf.TensorShape([]), *shapes],
            dynamic_pad=dynamic_pad,
            allow_smaller_final_batch=allow_smaller_final_batch,
            keep_input=keep_input,
            shared_name=shared_name,
        )
        return batch[0], queued._as_original_type(tensors, batch[1:])


def _check_boundaries(boundaries: Any) -> None:
    if not isinstance(boundaries, list | tuple):
        raise TypeError(f"bucket_boundaries must be a list or tuple, but received: {boundaries}")
    if not boundaries:
        raise ValueError("bucket_boundaries must not be empty")
    for start, end in itertools.pairwise(boundaries):
        if not isinstance(start, int) or not isinstance(end, int):
            raise TypeError(f"bucket boundaries must be integers, but saw: {start} and {end}")
        if start >= end:
            raise ValueError(f"Buckets must contain sequential increasing lengths, but saw: {start} before {end}")
