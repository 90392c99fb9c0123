"""Softmax losses over a sample of the classes.

Adapted from TensorFlow 1.15, contrib/nn/python/ops/sampling_ops.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import embedding_ops, nn_impl

__all__ = ["rank_sampled_softmax_loss", "sampled_sparse_softmax_loss"]


def rank_sampled_softmax_loss(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    num_sampled: int,
    num_resampled: int,
    num_classes: int,
    num_true: int,
    sampled_values: Any,
    resampling_temperature: Any,
    remove_accidental_hits: bool,
    partition_strategy: str,
    name: str | None = None,
) -> Any:
    """Sampled softmax loss whose classes are the ones with the largest logits of a larger sample.

    Args:
      weights: ``[num_classes, dim]``, or a list of its parts.
      biases: ``[num_classes]``.
      labels: int64 ``[batch, num_true]``.
      inputs: ``[batch, dim]``.
      num_sampled: classes of the first sample.
      num_resampled: classes that are kept.
      num_classes: how many there are.
      num_true: labels of an example.
      sampled_values: what a ``*_candidate_sampler`` gave, or None for the learned unigram one.
      resampling_temperature: small for the largest logit over the batch, large for all logits.
      remove_accidental_hits: leave out sampled classes that are labels.
      partition_strategy: ``div`` or ``mod``.
      name: of the operations.

    Returns:
      Losses ``[batch]``.

    Raises:
      ValueError: numbers that do not fit, or another strategy.
    """
    if num_sampled > num_classes:
        raise ValueError(f"num_sampled ({num_sampled}) cannot be greater than num_classes ({num_classes})")
    if num_sampled <= num_resampled:
        raise ValueError(f"num_resampled ({num_resampled}) must be less than num_sampled ({num_sampled})")
    if partition_strategy not in ("div", "mod"):
        raise ValueError(f"unsupported partition_strategy ({partition_strategy})")
    values = [weights, biases, labels, inputs, sampled_values, resampling_temperature]
    with tf.name_scope(name, "rank_sampled_softmax_loss", values) as scope:
        if not sampled_values:
            sampled_values = tf.nn.learned_unigram_candidate_sampler(
                true_classes=labels, num_true=num_true, num_sampled=num_sampled, unique=True, range_max=num_classes
            )
        sampled, true_count, sampled_count = (tf.stop_gradient(v) for v in sampled_values)
        sampled = tf.cast(sampled, tf.int64)
        logits = _batch_logits(weights, inputs / resampling_temperature, sampled, partition_strategy)
        logits += _biases(biases, sampled, partition_strategy) / resampling_temperature
        _, kept = tf.nn.top_k(logits, k=num_resampled, sorted=False)
        return tf.nn.sampled_softmax_loss(
            weights=weights,
            biases=biases,
            labels=labels,
            inputs=inputs,
            num_sampled=num_resampled,
            num_classes=num_classes,
            num_true=num_true,
            sampled_values=(tf.gather(sampled, kept), true_count, tf.gather(sampled_count, kept)),
            remove_accidental_hits=remove_accidental_hits,
            partition_strategy=partition_strategy,
            name=scope,
        )


def _batch_logits(weights: Any, inputs: Any, classes: Any, strategy: str) -> Any:
    """Log of the sum over the batch of the exponentials of each class's logits."""

    def over_batch(embeddings: Any) -> Any:
        return tf.reduce_logsumexp(tf.matmul(embeddings, inputs, transpose_b=True), axis=1)

    return embedding_ops._embedding_lookup_and_transform(weights, classes, strategy, transform_fn=over_batch)


def _biases(biases: Any, classes: Any, strategy: str) -> Any:
    return tf.reshape(tf.nn.embedding_lookup(biases, classes, strategy), [-1])


def sampled_sparse_softmax_loss(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    num_sampled: int,
    num_classes: int,
    sampled_values: Any = None,
    remove_accidental_hits: bool = True,
    partition_strategy: str = "mod",
    name: str = "sampled_sparse_softmax_loss",
) -> Any:
    """``tf.nn.sampled_softmax_loss`` for one label an example, by the sparse cross entropy; losses ``[batch]``."""
    logits, _ = nn_impl._compute_sampled_logits(
        weights=weights,
        biases=biases,
        labels=labels,
        inputs=inputs,
        num_sampled=num_sampled,
        num_classes=num_classes,
        num_true=1,
        sampled_values=sampled_values,
        subtract_log_q=True,
        remove_accidental_hits=remove_accidental_hits,
        partition_strategy=partition_strategy,
        name=name,
    )
    # the label's logit is the first one
    first = tf.zeros([tf.shape(logits)[0], 1], dtype=tf.int64)
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.squeeze(first), logits=logits)
