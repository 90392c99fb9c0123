"""The hinge loss of Crammer and Singer.

Adapted from TensorFlow 1.15, contrib/kernel_methods/python/losses.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["sparse_multiclass_hinge_loss"]


def sparse_multiclass_hinge_loss(
    labels: Any,
    logits: Any,
    weights: Any = 1.0,
    scope: str | None = None,
    loss_collection: str | None = tf.GraphKeys.LOSSES,
    reduction: str = tf.losses.Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Any:
    """By how much the best wrong class plus 1 exceeds the right one, at least 0.

    Args:
      labels: int32 or int64 ``[n]`` or ``[n, 1]``.
      logits: ``[n, classes]``.
      weights: a number, ``[n]`` or ``[n, 1]``.
      scope: of the operations.
      loss_collection: the loss is added to it.
      reduction: see tf.losses.

    Returns:
      float32 loss: a scalar, or ``[n]`` without reduction.

    Raises:
      ValueError: another rank or type.
    """
    with tf.name_scope(scope, "sparse_multiclass_hinge_loss", (logits, labels)) as scope:
        if logits.get_shape().ndims != 2:
            raise ValueError(
                f"logits should have rank 2 ([batch_size, num_classes]). Given rank is {logits.get_shape().ndims}"
            )
        logits = tf.cast(logits, tf.float32)
        classes = tf.shape(logits)[1]
        labels = _checked(labels, classes)
        weights = tf.convert_to_tensor(weights)
        if weights.get_shape().ndims not in (0, 1, 2):
            raise ValueError(
                "non-scalar weights should have rank 1 ([batch_size]) or 2 ([batch_size, 1]). "
                f"Given rank is {weights.get_shape().ndims}"
            )
        if weights.get_shape().ndims > 0:
            weights = tf.reshape(weights, shape=[-1])
            weights.get_shape().assert_is_compatible_with(labels.get_shape())
        index = tf.stack([tf.range(tf.shape(logits)[0]), tf.cast(labels, tf.int32)], axis=1)
        right = tf.expand_dims(tf.gather_nd(logits, index), 1)
        margin = logits - right + tf.one_hot(labels, classes, on_value=0.0, off_value=1.0)
        loss = tf.reduce_max(tf.nn.relu(margin), axis=1)
        return tf.losses.compute_weighted_loss(loss, weights, scope, loss_collection, reduction=reduction)


def _checked(labels: Any, classes: Any) -> Any:
    """Labels ``[n]``; at run time an error for a label beyond the classes."""
    if labels.dtype not in (tf.int32, tf.int64):
        raise ValueError(f"Invalid dtype for labels: {labels.dtype}. Acceptable dtypes: int32 and int64")
    if labels.get_shape().ndims not in (1, 2):
        raise ValueError(
            f"labels should have rank 1 ([batch_size]) or 2 ([batch_size, 1]). Given rank is {labels.get_shape().ndims}"
        )
    with tf.control_dependencies([tf.assert_less(labels, tf.cast(classes, labels.dtype))]):
        return tf.reshape(labels, shape=[-1])
