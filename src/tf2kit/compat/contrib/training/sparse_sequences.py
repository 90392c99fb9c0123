"""Sparse tensors on their way through a `SequenceQueueingStateSaver`, which takes dense tensors only.

Adapted from TensorFlow 1.15, contrib/training/python/training/sequence_queueing_state_saver.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import sparse_ops

__all__ = ["is_sparse", "move_into_context", "move_out_of_context", "restore", "store"]
_CONTEXT_IN_SEQUENCES = "_context_in_seq_"


def is_sparse(value: Any) -> bool:
    """Whether it is a sparse tensor or its value."""
    return isinstance(value, tf.SparseTensor | tf.SparseTensorValue)


def store(sequences: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Dense handles in place of sparse tensors, and the operations that know what they mean."""
    handles = {k: sparse_ops._add_many_sparse_to_tensors_map(v) for k, v in sorted(sequences.items()) if is_sparse(v)}
    return {**sequences, **handles}, {k: handle.op for k, handle in handles.items()}


def restore(sequences: dict[str, Any], operations: dict[str, Any], batch_size: int, num_unroll: int) -> None:
    """Put sparse tensors ``[batch, num_unroll, …]`` in the places of their handles."""
    for key, operation in operations.items():
        flat = sparse_ops._take_many_sparse_from_tensors_map(
            sparse_map_op=operation, sparse_handles=tf.reshape(sequences[key], [-1]), rank=None
        )
        row = flat.indices[:, 0]
        indices = tf.concat(
            [tf.expand_dims(row // num_unroll, 1), tf.expand_dims(row % num_unroll, 1), flat.indices[:, 1:]], axis=1
        )
        shape = tf.concat([tf.constant([batch_size, num_unroll], tf.int64), flat.dense_shape[1:]], axis=0)
        sequences[key] = tf.SparseTensor(indices, flat.values, shape)


def move_out_of_context(context: dict[str, Any], sequences: dict[str, Any], num_unroll: int) -> None:
    """Make sparse tensors of the context sequences that have a value at the first step of each segment."""
    length = tf.constant(1, tf.int64)
    if sequences:
        first = next(iter(sequences.values()))
        length = first.dense_shape[0] if is_sparse(first) else tf.shape(first, out_type=tf.int64)[0]
    for key in [k for k in sorted(context) if is_sparse(context[k])]:
        sequences[_CONTEXT_IN_SEQUENCES + key] = _in_each_segment(context.pop(key), length, num_unroll)


def _in_each_segment(value: Any, length: Any, num_unroll: int) -> Any:
    count = tf.cast(length // num_unroll, tf.int32)
    size = tf.shape(value.indices)
    starts = tf.reshape(tf.range(tf.constant(0, tf.int64), length, num_unroll), [-1, 1, 1])
    indices = tf.concat(
        [tf.tile(starts, [1, size[0], 1]), tf.tile(tf.expand_dims(value.indices, 0), tf.stack([count, 1, 1]))], 2
    )
    return tf.SparseTensor(
        tf.reshape(indices, [size[0] * count, size[1] + 1]),
        tf.tile(value.values, tf.expand_dims(count, 0)),
        tf.concat([tf.expand_dims(length, 0), value.dense_shape], 0),
    )


def move_into_context(context: dict[str, Any], sequences: dict[str, Any]) -> None:
    """Undo `move_out_of_context` for a batch: sparse tensors ``[batch, …]``."""
    for key in [k for k in sorted(sequences) if k.startswith(_CONTEXT_IN_SEQUENCES)]:
        value = sequences.pop(key)
        shape = value.dense_shape
        one_step = tf.SparseTensor(value.indices, value.values, tf.concat([shape[:1], [1], shape[2:]], 0))
        new_shape = tf.concat([shape[:1], shape[2:]], 0)
        context[key.removeprefix(_CONTEXT_IN_SEQUENCES)] = tf.sparse_reshape(one_step, new_shape)
