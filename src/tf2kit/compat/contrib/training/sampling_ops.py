"""Batches of examples that are kept with a probability.

Adapted from TensorFlow 1.15, contrib/training/python/training/sampling_ops.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["rejection_sample", "stratified_sample"]


def rejection_sample(
    tensors: Any,
    accept_prob_fn: Callable[[list[Any]], Any],
    batch_size: int,
    queue_threads: int = 1,
    enqueue_many: bool = False,
    prebatch_capacity: int = 16,
    prebatch_threads: int = 1,
    runtime_checks: bool = False,
    name: str | None = None,
) -> list[Any]:
    """Batches of the examples that ``accept_prob_fn`` lets through.

    Args:
      tensors: list of tensors of one example, or of a batch with ``enqueue_many``.
      accept_prob_fn: from the tensors of one example to a float32 scalar in [0, 1].
      batch_size: of the result.
      queue_threads: that fill the queue of accepted examples.
      enqueue_many: the tensors are batches.
      prebatch_capacity: of the queue that takes batches apart.
      prebatch_threads: that fill it.
      runtime_checks: check the probability in each step.
      name: of the variable scope.

    Returns:
      List of batched tensors.
    """
    with tf.variable_scope(name, "rejection_sample", tensors):
        tensor_list = [tf.convert_to_tensor(t) for t in tensors]
        if enqueue_many:
            tensor_list = _one_by_one(
                _check_batches(tensor_list, tensor_list[0]), capacity=prebatch_capacity, num_threads=prebatch_threads
            )
        probability = accept_prob_fn(tensor_list)
        if runtime_checks:
            checks = [tf.assert_less_equal(0.0, probability), tf.assert_less_equal(probability, 1.0)]
            with tf.control_dependencies(checks):
                probability = tf.identity(probability, name="prob_with_checks")
        keep = tf.random_uniform([]) < probability
        batch = tf.train.maybe_batch(tensor_list, keep_input=keep, batch_size=batch_size, num_threads=queue_threads)
        return [batch] if tf.is_tensor(batch) else batch


def stratified_sample(
    tensors: Any,
    labels: Any,
    target_probs: Any,
    batch_size: int,
    init_probs: Any = None,
    enqueue_many: bool = False,
    queue_capacity: int = 16,
    threads_per_queue: int = 1,
    name: str | None = None,
) -> tuple[list[Any], Any]:
    """Batches in which classes have given frequencies, by rejecting examples of the others.

    Args:
      tensors: list of tensors of one example, or of a batch with ``enqueue_many``.
      labels: integer scalar, or ``[batch]`` with ``enqueue_many``.
      target_probs: ``[classes]``, the frequencies of the result.
      batch_size: of the result.
      init_probs: ``[classes]``, the frequencies of the input; counted in a variable ``class_count`` if it is None.
      enqueue_many: the tensors are batches.
      queue_capacity: of the queue of examples.
      threads_per_queue: that fill each queue.
      name: of the operations.

    Returns:
      List of batched tensors, and labels.

    Raises:
      ValueError: probabilities of another shape.
      tf.errors.InvalidArgumentError: when it runs; labels or probabilities out of range, or a wanted class that never comes.
    """
    with tf.name_scope(name, "stratified_sample", [*tensors, labels]):
        tensor_list = [tf.convert_to_tensor(t) for t in tensors]
        labels = tf.convert_to_tensor(labels)
        target_probs = tf.convert_to_tensor(target_probs, dtype=tf.float32)
        if not enqueue_many:
            tensor_list = [tf.expand_dims(tensor, 0) for tensor in tensor_list]
            labels = tf.expand_dims(labels, 0)
        if init_probs is None:
            target_probs.get_shape().assert_is_fully_defined()
            init_probs = _estimate_data_distribution(labels, target_probs.get_shape().num_elements())
        else:
            init_probs = tf.convert_to_tensor(init_probs, dtype=tf.float32)
        tensor_list, labels = _check_examples(tensor_list, labels, init_probs)
        accept_probs = _acceptance_probabilities(init_probs, target_probs)
        *values, label = _one_by_one([*tensor_list, labels], capacity=queue_capacity, num_threads=threads_per_queue)
        keep = tf.random_uniform([]) < tf.gather(accept_probs, label)
        *batch, label = tf.train.maybe_batch(
            [*values, label], keep_input=keep, batch_size=batch_size, num_threads=threads_per_queue
        )
        return batch, label


def _one_by_one(tensors: list[Any], capacity: int, num_threads: int) -> list[Any]:
    """Examples from batches, through a queue."""
    batched = tf.train.batch(tensors, batch_size=1, num_threads=num_threads, capacity=capacity, enqueue_many=True)
    return [tf.squeeze(x, [0]) for x in (batched if isinstance(batched, list) else [batched])]


def _check_batches(tensors: list[Any], first: Any) -> list[Any]:
    size = tf.dimension_value(first.get_shape()[0])
    for tensor in tensors:
        known = tf.dimension_value(tensor.get_shape().with_rank_at_least(1)[0])
        if None not in (size, known) and size != known:
            raise ValueError(f"Dimensions {known} and {size} are not compatible")
    return tensors


def _estimate_data_distribution(labels: Any, num_classes: int, smoothing_constant: int = 10) -> Any:
    """Frequencies so far, as if each class had been seen ``smoothing_constant`` times before."""
    counts = tf.Variable([smoothing_constant] * num_classes, trainable=False, name="class_count", dtype=tf.int64)
    seen = tf.reduce_sum(tf.one_hot(labels, num_classes, dtype=tf.int64), 0)
    # the sum with zero is a copy, which later assignments do not change
    counts = counts.assign_add(seen) + 0
    return tf.cast(tf.truediv(counts, tf.reduce_sum(counts)), tf.float32)


def _check_probabilities(probs: Any) -> Any:
    probs.get_shape().assert_is_fully_defined()
    probs.get_shape().assert_has_rank(1)
    total, tolerance = tf.reduce_sum(probs), 1e-6
    checks = [
        tf.assert_non_negative(probs),
        tf.assert_less(total, 1.0 + tolerance),
        tf.assert_less(1.0 - tolerance, total),
    ]
    with tf.control_dependencies(checks):
        return tf.identity(probs)


def _check_examples(tensors: list[Any], labels: Any, probs: Any) -> tuple[list[Any], Any]:
    labels.get_shape().assert_has_rank(1)
    _check_batches(tensors, labels)
    size = tf.shape(labels)[0]
    some = tf.assert_positive(size)
    checked = []
    for tensor in tensors:
        with tf.control_dependencies([some, tf.assert_equal(tf.shape(tensor)[0], size)]):
            checked.append(tf.identity(tensor))
    classes = tf.cast(probs.get_shape().num_elements(), labels.dtype)
    checks = [some, tf.assert_integer(labels), tf.assert_non_negative(labels), tf.assert_less(labels, classes)]
    with tf.control_dependencies(checks):
        return checked, tf.identity(labels)


def _acceptance_probabilities(init_probs: Any, target_probs: Any) -> Any:
    """How often each class is kept; the one that is rarest in comparison is always kept."""
    init_probs, target_probs = _check_probabilities(init_probs), _check_probabilities(target_probs)
    if init_probs.get_shape().num_elements() != target_probs.get_shape().num_elements():
        raise ValueError("Probability parameters must have the same length.")
    possible = tf.Assert(
        tf.reduce_all(tf.logical_or(tf.not_equal(init_probs, 0), tf.equal(target_probs, 0))),
        [
            "All classes with zero initial probability must also have zero target probability: ",
            init_probs,
            target_probs,
        ],
    )
    with tf.control_dependencies([possible]):
        ratio = target_probs / tf.identity(init_probs)
    ratio = tf.where_v2(tf.is_nan(ratio), tf.zeros_like(ratio), ratio)
    accept = ratio / tf.reduce_max(ratio)
    rejected = tf.reduce_sum((1 - accept) * init_probs)

    def warn() -> Any:
        message = "Proportion of examples rejected by sampler is high."
        return tf.Print(accept, [accept], message=message, first_n=10)

    return tf.cond(tf.less(rejected, 0.5), lambda: tf.identity(accept), warn)
