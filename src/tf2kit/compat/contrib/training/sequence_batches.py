"""Batches of segments of long sequences, in one call.

Adapted from TensorFlow 1.15, contrib/training/python/training/sequence_queueing_state_saver.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import numbers
from typing import Any

import tensorflow.compat.v1 as tf

from . import sparse_sequences
from .next_batch import NextQueuedSequenceBatch
from .sequence_checks import checked_multiple
from .sequence_saver import SequenceQueueingStateSaver
from .sparse_sequences import is_sparse

__all__ = ["batch_sequences_with_states"]


def batch_sequences_with_states(
    input_key: Any,
    input_sequences: dict[str, Any],
    input_context: dict[str, Any],
    input_length: Any,
    initial_states: dict[str, Any],
    num_unroll: int,
    batch_size: int,
    num_threads: int = 3,
    capacity: int = 1000,
    allow_small_batch: bool = True,
    pad: bool = True,
    make_keys_unique: bool = False,
    make_keys_unique_seed: int | None = None,
    name: str | None = None,
) -> NextQueuedSequenceBatch:
    """Segments of ``num_unroll`` steps of ``batch_size`` sequences, with the states that the segments before them ended with.

    Args:
      input_key: string scalar, the name of the sequence.
      input_sequences: tensors or sparse tensors ``[length, …]`` by name.
      input_context: tensors or sparse tensors by name, the same for all segments; sparse ones are moved out of this dictionary.
      input_length: int32 scalar, or None to take it from the sequences (with ``pad``).
      initial_states: tensors by name.
      num_unroll: steps of a segment.
      batch_size: sequences in a batch.
      num_threads: that put sequences in.
      capacity: of sequences inside.
      allow_small_batch: give smaller batches at the end.
      pad: lengthen sequences to a multiple of ``num_unroll``.
      make_keys_unique: add a random number to the key.
      make_keys_unique_seed: of that number.
      name: of the operations.

    Raises:
      TypeError: sequences that are no dictionary, or see `SequenceQueueingStateSaver`.
      ValueError: see `SequenceQueueingStateSaver`.
    """
    tensors = [*input_sequences.values(), *input_context.values(), *initial_states.values()]
    with tf.name_scope(name, "batch_sequences_with_states", tensors):
        if pad:
            length, input_sequences = _padding(input_sequences, num_unroll)
            input_length = length if input_length is None else input_length
        else:
            input_sequences = {k: _whole(k, v, num_unroll) for k, v in input_sequences.items()}
        sparse_sequences.move_out_of_context(input_context, input_sequences, num_unroll)
        stored, handles = sparse_sequences.store(input_sequences)
        if make_keys_unique:
            number = tf.random_uniform((), minval=0, maxval=100000000, dtype=tf.int32, seed=make_keys_unique_seed)
            input_key = tf.string_join([input_key, tf.as_string(number)])
        saver = SequenceQueueingStateSaver(
            batch_size,
            num_unroll,
            input_length=input_length,
            input_key=input_key,
            input_sequences=stored,
            input_context=input_context,
            initial_states=initial_states,
            capacity=capacity,
            allow_small_batch=allow_small_batch,
        )
        ready = tf.cast(saver.barrier.ready_size(), tf.float32)
        tf.summary.scalar(f"queue/{saver.barrier.name}/ready_segment_batches_", ready)
        closed = (tf.errors.OutOfRangeError, tf.errors.CancelledError)
        prefetch = [saver.prefetch_op] * num_threads
        tf.train.add_queue_runner(tf.train.QueueRunner(saver, prefetch, queue_closed_exception_types=closed))
        batch = saver.next_batch
        sparse_sequences.restore(batch.sequences, handles, batch_size, num_unroll)
        sparse_sequences.move_into_context(batch.context, batch.sequences)
        return batch


def _whole(key: str, value: Any, num_unroll: int) -> Any:
    """The sequence, checked to be a multiple of ``num_unroll`` long."""
    if is_sparse(value):
        check = checked_multiple(value.dense_shape[0], num_unroll, f"SparseTensor {key} first dimension")
        with tf.control_dependencies([check]):
            return tf.SparseTensor(*(tf.identity(t) for t in (value.indices, value.values, value.dense_shape)))
    value = tf.convert_to_tensor(value)
    with tf.control_dependencies([checked_multiple(tf.shape(value)[0], num_unroll, f"Tensor {key} first dimension")]):
        return tf.identity(value, name="multiple_of_checked")


def _padding(sequences: Any, num_unroll: Any) -> tuple[Any, dict[str, Any]]:
    """The length of the sequences, and they themselves with zeros up to the next multiple of ``num_unroll``."""
    if not isinstance(num_unroll, numbers.Integral):
        raise ValueError(f"Unsupported num_unroll expected int, got: {num_unroll}")
    if not isinstance(sequences, dict):
        raise TypeError(f"Unsupported sequences expected dict, got: {sequences}")
    for key in sequences:
        if not isinstance(key, str):
            raise TypeError(f"Unsupported sequences key expected string, got: {key}")
    if not sequences:
        return 0, {}
    tensors = {k: v if is_sparse(v) else tf.convert_to_tensor(v) for k, v in sorted(sequences.items())}
    length = _common_length(list(tensors.values()))
    padded_length = length + (num_unroll - length % num_unroll) % num_unroll
    return length, {k: _padded(v, padded_length) for k, v in tensors.items()}


def _common_length(tensors: list[Any]) -> Any:
    lengths = [tf.shape(t)[0] for t in tensors if not is_sparse(t)]
    if not lengths:
        return tf.reduce_max(tf.cast([t.dense_shape[0] for t in tensors], tf.int32))
    message = "All sequence lengths must match, but received lengths: "
    same = [tf.Assert(tf.equal(length, lengths[0]), [message, tf.stack(lengths)]) for length in lengths]
    with tf.control_dependencies(same):
        return tf.identity(lengths[0])


def _padded(value: Any, length: Any) -> Any:
    if is_sparse(value):
        shape = tf.concat([[tf.cast(length, tf.int64)], value.dense_shape[1:]], 0)
        return tf.SparseTensor(value.indices, value.values, shape)
    shape = tf.concat([[length - tf.shape(value)[0]], tf.shape(value)[1:]], 0)
    filler = tf.constant("" if value.dtype == tf.string else 0, dtype=value.dtype)
    return tf.concat([value, tf.fill(shape, filler)], 0)
