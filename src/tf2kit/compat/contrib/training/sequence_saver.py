"""Long sequences cut into segments; the state that one segment ends with is what the next one starts with.

Adapted from TensorFlow 1.15, contrib/training/python/training/sequence_queueing_state_saver.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.data_flow_ops import Barrier

from .next_batch import NextQueuedSequenceBatch
from .sequence_checks import check_dimensions, check_names, check_rank, checked_multiple

__all__ = ["SequenceQueueingStateSaver"]
_TOKEN_WITH_IGNORED_VALUE = 21051976
# values of a segment that the saver makes itself, in the barrier's order
OWN = {
    "length": tf.int32,
    "total_length": tf.int32,
    "next_key": tf.string,
    "sequence": tf.int32,
    "sequence_count": tf.int32,
}


class SequenceQueueingStateSaver:
    """Holds segments back until the state of the segment before is saved, in a barrier.

    Args:
      batch_size: int or int32 scalar.
      num_unroll: steps of a segment.
      input_length: int32 scalar, the length of the sequence before padding.
      input_key: string scalar, unique for each sequence that is inside at a time.
      input_sequences: tensors ``[padded length, …]`` by name.
      input_context: tensors by name, the same for all segments.
      initial_states: tensors by name, for the first segment.
      capacity: of sequences inside; without limit if it is None.
      allow_small_batch: give smaller batches at the end.
      name: of the operations.

    Raises:
      TypeError: dictionaries or types that do not fit.
      ValueError: no states, a shape that is not known, or a capacity below the batch size.
    """

    def __init__(
        self,
        batch_size: Any,
        num_unroll: int,
        input_length: Any,
        input_key: Any,
        input_sequences: dict[str, Any],
        input_context: dict[str, Any],
        initial_states: dict[str, Any],
        capacity: int | None = None,
        allow_small_batch: bool = False,
        name: str | None = None,
    ) -> None:
        input_key = _check_capacity(capacity, batch_size, input_key)
        self._batch_size = batch_size
        self._num_unroll = num_unroll
        self._allow_small_batch = allow_small_batch
        self._capacity_queue = tf.FIFOQueue(capacity=capacity, dtypes=[tf.int32], shapes=[[]])
        self._prefetch_op: Any = None
        self._next_batch: NextQueuedSequenceBatch | None = None
        values = [input_length, input_key, *input_sequences.values(), *input_context.values()]
        with (
            tf.colocate_with(self._capacity_queue.queue_ref),
            tf.name_scope(name, "InputQueueingStateSaver", values) as scope,
        ):
            self._scope = scope
            self._states = _tensors("state", initial_states, needed=True)
            self._sequences = _tensors("sequence", input_sequences, needed=True, any_first=True)
            self._context = _tensors("context", input_context)
            self._key = _scalar("key", input_key, tf.string)
            self._set_length(_scalar("length", input_length, tf.int32))
            self._barrier = self._create_barrier()

    def _set_length(self, length: Any) -> None:
        """Check the length of the sequence and of its padding."""
        padded = tf.identity(tf.shape(next(iter(self._sequences.values())))[0], name="padded_length")
        with tf.control_dependencies([checked_multiple(padded, self._num_unroll, f"Tensor {padded.name}")]):
            self._padded_length = tf.identity(padded, name="multiple_of_checked")
        self._sequences = {
            k: check_dimensions(v, [self._padded_length], f"sorted_sequences_{k}") for k, v in self._sequences.items()
        }
        message = "Input length should be <= than length from sequences:"
        fits = tf.Assert(tf.less_equal(length, self._padded_length), [message, length, " vs. ", self._padded_length])
        with tf.control_dependencies([fits]):
            self._length = tf.identity(length)

    def _create_barrier(self) -> Any:
        groups = {"sequence": self._sequences, "context": self._context, "state": self._states}
        inner = [(f"{kind}:{name}", tensor) for kind, group in groups.items() for name, tensor in group.items()]
        self._index = {name: i for i, name in enumerate([*OWN, *(name for name, _ in inner)])}
        shapes = [
            [self._num_unroll, *t.get_shape().as_list()[1:]] if n.startswith("sequence:") else t.get_shape().as_list()
            for n, t in inner
        ]
        return Barrier(types=[*OWN.values(), *(t.dtype for _, t in inner)], shapes=[()] * len(OWN) + shapes)

    @property
    def name(self) -> str:
        """The scope of the operations."""
        return str(self._scope)

    @property
    def barrier(self) -> Any:
        """Where segments wait."""
        return self._barrier

    @property
    def batch_size(self) -> Any:
        """As it was given."""
        return self._batch_size

    @property
    def num_unroll(self) -> int:
        """Steps of a segment."""
        return self._num_unroll

    @property
    def prefetch_op(self) -> Any:
        """The operation that puts one sequence in; a queue runner calls it."""
        if self._prefetch_op is None:
            with tf.name_scope(None), tf.name_scope(self._scope, values=[self._barrier.barrier_ref]):
                self._prefetch_op = self._create_prefetch_op()
        return self._prefetch_op

    @property
    def next_batch(self) -> NextQueuedSequenceBatch:
        """The next segments, one of each of ``batch_size`` sequences."""
        _ = self.prefetch_op
        if self._next_batch is None:
            with tf.name_scope(None), tf.name_scope(self._scope, values=[self._barrier.barrier_ref]):
                self._next_batch = NextQueuedSequenceBatch(self)
        return self._next_batch

    def close(self, cancel_pending_enqueues: bool = False, name: str | None = None) -> Any:
        """The operation that lets no more sequences in."""
        with tf.name_scope(name, "SQSSClose", [self._prefetch_op]) as scope:
            barrier = self._barrier.close(cancel_pending_enqueues, "BarrierClose")
            queue = self._capacity_queue.close(cancel_pending_enqueues, "FIFOClose")
            return tf.group(barrier, queue, name=scope)

    def _insert(self, name: str, keys: Any, value: Any) -> Any:
        return self._barrier.insert_many(self._index[name], keys, value)

    def _create_prefetch_op(self) -> Any:
        count = self._padded_length // self._num_unroll
        segment = tf.range(count)
        texts = [
            tf.as_string(segment, width=5, fill="0"),
            "_of_",
            tf.as_string(count, width=5, fill="0"),
            ":",
            self._key,
        ]
        keys = tf.string_join(texts, name="StringJoinCurrentKeys")
        last = tf.expand_dims(tf.string_join(["STOP:", self._key], name="StringJoinStop"), 0)
        ones = tf.ones(tf.expand_dims(count, 0), dtype=tf.int32)
        values = {
            "sequence_count": count * ones,
            "next_key": tf.concat([keys[1:], last], 0),
            "length": tf.minimum(self._num_unroll, tf.maximum(0, self._length - self._num_unroll * segment)),
            "total_length": self._length * ones,
            **{f"context:{k}": self._repeated(v, count) for k, v in self._context.items()},
            **{f"sequence:{k}": self._cut(v, count) for k, v in self._sequences.items()},
        }
        insert_segment = self._insert("sequence", keys, segment)
        token = self._capacity_queue.enqueue((_TOKEN_WITH_IGNORED_VALUE,))
        # the state goes in last, when there is room: only then can the first segment leave
        with tf.control_dependencies([insert_segment, token]):
            states = [self._insert(f"state:{k}", keys[:1], v[None]) for k, v in self._states.items()]
        inserts = [self._insert(name, keys, value) for name, value in values.items()]
        return tf.group(token, insert_segment, *states, *inserts, name="StateSaverPrefetchGroup")

    def _cut(self, value: Any, count: Any) -> Any:
        rest = value.get_shape().as_list()[1:]
        return tf.reshape(value, tf.concat([[count, self._num_unroll], tf.cast(rest, tf.int32)], 0))

    @staticmethod
    def _repeated(value: Any, count: Any) -> Any:
        ones = tf.ones([value.get_shape().ndims], tf.int32)
        return tf.tile(value[None], tf.concat([tf.expand_dims(count, 0), ones], 0))


def _check_capacity(capacity: int | None, batch_size: Any, key: Any) -> Any:
    if capacity is None:
        return key
    if not tf.is_tensor(batch_size):
        if capacity < batch_size:
            raise ValueError(f"capacity {capacity} needs to be >= batch_size {batch_size}")
        return key
    enough = tf.assert_greater_equal(
        tf.cast(capacity, tf.int64), tf.cast(batch_size, tf.int64), message="capacity needs to be >= batch_size."
    )
    with tf.control_dependencies([enough]):
        return tf.identity(key)


def _tensors(kind: str, values: dict[str, Any], needed: bool = False, any_first: bool = False) -> dict[str, Any]:
    """The tensors in the order of their names; ValueError for shapes that are not known."""
    check_names(kind, values)
    if needed and not values:
        raise ValueError(f"There must be at least one {kind} tensor.")
    found = {k: tf.convert_to_tensor(v, name=f"{kind}_{k}") for k, v in sorted(values.items())}
    for k, v in found.items():
        if not v.get_shape()[1 if any_first else 0 :].is_fully_defined():
            ignored = "(ignoring first dimension)" if any_first else ""
            raise ValueError(f"Shape for {kind} {k} is not fully defined {ignored}: {v.get_shape()}")
    return found


def _scalar(name: str, value: Any, dtype: Any) -> Any:
    scalar = check_rank(tf.convert_to_tensor(value, name=name), 0)
    if scalar.dtype != dtype:
        raise TypeError(f"{name} dtype must be {dtype.name}, but received: {scalar.dtype}")
    return scalar
