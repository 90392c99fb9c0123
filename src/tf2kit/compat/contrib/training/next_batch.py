"""What a `SequenceQueueingStateSaver` gives in a step.

Adapted from TensorFlow 1.15, contrib/training/python/training/sequence_queueing_state_saver.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .sequence_checks import check_shape

__all__ = ["NextQueuedSequenceBatch"]


class NextQueuedSequenceBatch:
    """One segment of each of ``batch_size`` sequences; ``save_state`` must run for each state before the next batch."""

    def __init__(self, state_saver: Any) -> None:
        self._saver = state_saver
        indices, keys, values = state_saver.barrier.take_many(
            state_saver.batch_size, state_saver._allow_small_batch, name="BarrierTakeMany"
        )
        self._indices, self._keys = indices, keys
        self._values = {name: values[i] for name, i in state_saver._index.items()}
        self._is_done = self.sequence + 1 >= self.sequence_count
        finished = tf.reduce_sum(tf.cast(self._is_done, tf.int32))
        # sequences that end make room for others
        with tf.control_dependencies([state_saver._capacity_queue.dequeue_many(finished)]):
            self._states = {k: tf.identity(v) for k, v in self._group("state").items()}
        self._context, self._sequences = self._group("context"), self._group("sequence")

    def _group(self, kind: str) -> dict[str, Any]:
        return {k.partition(":")[2]: v for k, v in self._values.items() if k.startswith(kind + ":")}

    @property
    def total_length(self) -> Any:
        """Lengths of the whole sequences, int32 ``[batch]``."""
        return self._values["total_length"]

    @property
    def length(self) -> Any:
        """Lengths of these segments without padding, int32 ``[batch]``."""
        return self._values["length"]

    @property
    def batch_size(self) -> Any:
        """How many segments there are, int32 scalar."""
        return tf.squeeze(tf.shape(self.length))

    @property
    def insertion_index(self) -> Any:
        """When each sequence came in, int64 ``[batch]``."""
        return self._indices

    @property
    def key(self) -> Any:
        """Keys of the segments, ``%05d_of_%05d:original_key``, string ``[batch]``."""
        return self._keys

    @property
    def next_key(self) -> Any:
        """Keys of the segments that come next, ``STOP:original_key`` at the end, string ``[batch]``."""
        return self._values["next_key"]

    @property
    def sequence(self) -> Any:
        """Which segment of its sequence each one is, int32 ``[batch]``."""
        return self._values["sequence"]

    @property
    def sequence_count(self) -> Any:
        """How many segments each sequence has, int32 ``[batch]``."""
        return self._values["sequence_count"]

    @property
    def context(self) -> dict[str, Any]:
        """Tensors ``[batch, …]`` by name."""
        return self._context

    @property
    def sequences(self) -> dict[str, Any]:
        """Tensors ``[batch, num_unroll, …]`` by name."""
        return self._sequences

    def state(self, state_name: str) -> Any:
        """The state that the segments start with, ``[batch, …]``."""
        return self._states[state_name]

    def save_state(self, state_name: str, value: Any, name: str | None = None) -> Any:
        """The operation that gives a state ``[batch, …]`` to the segments that come next; KeyError for an unknown name."""
        if state_name not in self._states:
            raise KeyError(f"state was not declared: {state_name}")
        with (
            tf.name_scope(name, "InputQueueingStateSaver_SaveState", values=[value]),
            tf.colocate_with(self._saver._capacity_queue.queue_ref),
        ):
            going_on = tf.reshape(tf.where_v2(tf.logical_not(self._is_done)), [-1])
            value = check_shape(tf.identity(value, name=f"convert_{state_name}"), tf.shape(self._states[state_name]))
            keys = tf.gather(self.next_key, going_on)
            return self._saver._insert(f"state:{state_name}", keys, tf.gather(value, going_on))
