"""The cross-entropy of sequences.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/loss.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["sequence_loss"]


def sequence_loss(
    logits: Any,
    targets: Any,
    weights: Any,
    average_across_timesteps: bool = True,
    average_across_batch: bool = True,
    sum_over_timesteps: bool = False,
    sum_over_batch: bool = False,
    softmax_loss_function: Callable[..., Any] | None = None,
    name: str | None = None,
) -> Any:
    """Weighted cross-entropy, reduced over time, over the batch, over both, or not at all.

    Args:
      logits: ``[batch, time, symbols]``.
      targets: ids ``[batch, time]``.
      weights: floats ``[batch, time]``; zeros mask padding.
      average_across_timesteps: reduce over time, divided by the sum of weights.
      average_across_batch: reduce over the batch, divided by the sum of weights.
      sum_over_timesteps: reduce over time, divided by the number of weights that are not zero.
      sum_over_batch: reduce over the batch, divided by the number of weights that are not zero.
      softmax_loss_function: called with ``labels`` and ``logits`` by name, in place of the sparse softmax.
      name: of the operations.

    Raises:
      ValueError: other ranks, or an average and a sum over the same dimension.
    """
    _check(logits, targets, weights)
    if average_across_timesteps and sum_over_timesteps:
        raise ValueError("average_across_timesteps and sum_over_timesteps cannot be set to True at same time.")
    if average_across_batch and sum_over_batch:
        raise ValueError("average_across_batch and sum_over_batch cannot be set to True at same time.")
    with tf.name_scope(name, "sequence_loss", [logits, targets, weights]):
        flat = {"labels": tf.reshape(targets, [-1]), "logits": tf.reshape(logits, [-1, tf.shape(logits)[2]])}
        crossent = (softmax_loss_function or tf.nn.sparse_softmax_cross_entropy_with_logits)(**flat)
        crossent *= tf.reshape(weights, [-1])
        if average_across_timesteps and average_across_batch:
            return tf.div_no_nan(tf.reduce_sum(crossent), tf.reduce_sum(weights))
        if sum_over_timesteps and sum_over_batch:
            count = tf.cast(tf.count_nonzero(weights), crossent.dtype)
            return tf.div_no_nan(tf.reduce_sum(crossent), count)
        crossent = tf.reshape(crossent, tf.shape(logits)[0:2])
        if average_across_timesteps or average_across_batch:
            axis = [0] if average_across_batch else [1]
            return tf.div_no_nan(tf.reduce_sum(crossent, axis=axis), tf.reduce_sum(weights, axis=axis))
        if sum_over_timesteps or sum_over_batch:
            axis = [0] if sum_over_batch else [1]
            count = tf.cast(tf.count_nonzero(weights, axis=axis), crossent.dtype)
            return tf.div_no_nan(tf.reduce_sum(crossent, axis=axis), count)
        return crossent


def _check(logits: Any, targets: Any, weights: Any) -> None:
    if len(logits.get_shape()) != 3:
        raise ValueError("Logits must be a [batch_size x sequence_length x logits] tensor")
    if len(targets.get_shape()) != 2:
        raise ValueError("Targets must be a [batch_size x sequence_length] tensor")
    if len(weights.get_shape()) != 2:
        raise ValueError("Weights must be a [batch_size x sequence_length] tensor")
