"""The network of the first tutorials: `inference`, `loss`, `training` and `evaluation` of two hidden layers.

Adapted from TensorFlow 1.15, examples/tutorials/mnist/mnist.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import math
from typing import Any

import tensorflow.compat.v1 as tf

NUM_CLASSES = 10
IMAGE_SIZE = 28
IMAGE_PIXELS = IMAGE_SIZE * IMAGE_SIZE


def inference(images: Any, hidden1_units: int, hidden2_units: int) -> Any:
    """Logits ``[n, 10]`` for images ``[n, 784]``."""
    hidden = _layer("hidden1", images, IMAGE_PIXELS, hidden1_units, tf.nn.relu)
    hidden = _layer("hidden2", hidden, hidden1_units, hidden2_units, tf.nn.relu)
    return _layer("softmax_linear", hidden, hidden2_units, NUM_CLASSES)


def loss(logits: Any, labels: Any) -> Any:
    """The mean cross-entropy of logits ``[n, 10]`` and labels ``[n]``; it joins the collection of losses."""
    return tf.losses.sparse_softmax_cross_entropy(labels=tf.to_int64(labels), logits=logits)


def training(loss: Any, learning_rate: float) -> Any:
    """The operation of one step of gradient descent, which counts in a variable ``global_step``; also a summary of the loss."""
    tf.summary.scalar("loss", loss)
    optimizer = tf.train.GradientDescentOptimizer(learning_rate)
    global_step = tf.Variable(0, name="global_step", trainable=False)
    return optimizer.minimize(loss, global_step=global_step)


def evaluation(logits: Any, labels: Any) -> Any:
    """How many of the logits ``[n, 10]`` are largest at the label: an int32 scalar."""
    return tf.reduce_sum(tf.cast(tf.nn.in_top_k(logits, labels, 1), tf.int32))


def _layer(scope: str, inputs: Any, size: int, units: int, activation: Any = None) -> Any:
    with tf.name_scope(scope):
        values = tf.truncated_normal([size, units], stddev=1.0 / math.sqrt(float(size)))
        weights = tf.Variable(values, name="weights")
        biases = tf.Variable(tf.zeros([units]), name="biases")
        outputs = tf.matmul(inputs, weights) + biases
        return outputs if activation is None else activation(outputs)
