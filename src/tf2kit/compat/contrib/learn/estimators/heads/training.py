"""What heads build around their losses: logits, weights, the centered bias and the training operation.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/head.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_slim.layers import linear

from .losses import Loss

TrainOpFn = Callable[[Any], Any]


def made_logits(logits_input: Any, logits: Any, logits_dimension: int) -> Any:
    """The logits, or a linear layer of ``logits_input``; ValueError unless exactly one is given, in the right width."""
    if logits is None:
        if logits_input is None:
            raise ValueError("Neither logits nor logits_input supplied.")
        return linear(logits_input, logits_dimension, scope="logits")
    if logits_input is not None:
        raise ValueError("Both logits and logits_input supplied.")
    logits = tf.convert_to_tensor(logits, name="logits")
    dims = logits.get_shape().dims
    if dims is not None:
        dims[-1].assert_is_compatible_with(logits_dimension)
    return logits


def weight_tensor(features: dict[str, Any], name: str | None) -> Any:
    """float32 weights, two-dimensional if they were one-dimensional."""
    if not name:
        return None
    if name not in features:
        raise ValueError(f"Weights {name} missing from features.")
    with tf.name_scope(None, "weight_tensor", tuple(features.values())):
        weights = tf.cast(features[name], tf.float32)
        if weights.get_shape().ndims != 1:
            return weights
        sparse = isinstance(weights, tf.SparseTensor)
        return tf.sparse.reshape(weights, (-1, 1)) if sparse else tf.reshape(weights, (-1, 1))


def centered_bias(logits_dimension: int, head_name: str | None) -> Any:
    """A bias ``[logits_dimension]`` that is trained on its own."""
    bias = tf.Variable(tf.zeros(shape=(logits_dimension,)), name="centered_bias_weight", trainable=True)
    for dim in range(logits_dimension):
        tf.summary.scalar(f"centered_bias/bias_{dim}" + (f"/{head_name}" if head_name else ""), bias[dim])
    return bias


def _centered_bias_step(bias: Any, batch_size: Any, labels: Any, loss_fn: Loss, weights: Any) -> Any:
    with tf.name_scope(None, "centered_bias_step", (labels,)) as name:
        width = tf.shape(bias)[0]
        logits = tf.reshape(tf.tile(bias, (batch_size,)), (batch_size, width))
        with tf.name_scope(None, "centered_bias", (labels, logits)):
            loss = tf.reduce_mean(loss_fn(labels, logits, weights), name="training_loss")
    return tf.train.AdagradOptimizer(0.1).minimize(loss, var_list=(bias,), name=name)


def made_train_op(
    loss: Any, labels: Any, train_op_fn: TrainOpFn | None, bias: Any, batch_size: Any, loss_fn: Loss, weights: Any
) -> Any:
    """One step of training, of the bias as well if there is one."""
    if train_op_fn is None:
        raise ValueError("train_op_fn can not be None in TRAIN mode")
    bias_step = None if bias is None else _centered_bias_step(bias, batch_size, labels, loss_fn, weights)
    with tf.name_scope(None, "train_op", (loss, labels)):
        train_op = train_op_fn(loss)
        return train_op if bias_step is None else tf.group(train_op, bias_step)
