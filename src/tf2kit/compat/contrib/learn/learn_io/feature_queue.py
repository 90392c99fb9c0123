"""Parsed features in a queue of batches.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/learn_io/graph_io.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf


def queue_parsed_features(
    parsed_features: dict[str, Any],
    keys: Any = None,
    feature_queue_capacity: int = 100,
    num_enqueue_threads: int = 2,
    name: str | None = None,
) -> tuple[Any, dict[str, Any]]:
    """Keys (or None) and features, dense or sparse, through a queue of batches."""
    args = [*parsed_features.values(), *([] if keys is None else [keys])]
    with tf.name_scope(name, "queue_parsed_features", args):
        structure = ({key: parsed_features[key] for key in sorted(parsed_features)}, () if keys is None else (keys,))
        tensors = tf.nest.flatten(structure, expand_composites=True)
        queue = tf.FIFOQueue(feature_queue_capacity, [t.dtype for t in tensors])
        tf.summary.scalar(
            f"queue/parsed_features/{queue.name}/fraction_of_{feature_queue_capacity}_full",
            tf.cast(queue.size(), tf.float32) * (1.0 / feature_queue_capacity),
        )
        runner = tf.train.QueueRunner(
            queue,
            [queue.enqueue(tensors) for _ in range(num_enqueue_threads)],
            queue_closed_exception_types=(tf.errors.OutOfRangeError, tf.errors.CancelledError),
        )
        tf.train.add_queue_runner(runner)
        dequeued = queue.dequeue()
        dequeued = dequeued if isinstance(dequeued, list) else [dequeued]
        for old, new in zip(tensors, dequeued, strict=True):
            new.set_shape(old.get_shape())
        features, dequeued_keys = tf.nest.pack_sequence_as(structure, dequeued, expand_composites=True)
        return (dequeued_keys[0] if dequeued_keys else None), features
