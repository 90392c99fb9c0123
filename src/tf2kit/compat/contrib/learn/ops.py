"""tf.contrib.learn.ops: embeddings, losses and sequences as functions of tensors.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/ops, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from .._paths import attributes

__all__ = [
    "categorical_variable",
    "embedding_lookup",
    "mean_squared_error_regressor",
    "rnn_decoder",
    "rnn_seq2seq",
    "seq2seq_inputs",
    "sequence_classifier",
    "softmax_classifier",
]

Tensors = list[Any]


def embedding_lookup(params: Any, ids: Any, name: str = "embedding_lookup") -> Any:
    """Rows of ``params`` for ids of any shape."""
    with tf.name_scope(name, "embedding_lookup", [params, ids]):
        params, ids = tf.convert_to_tensor(params), tf.convert_to_tensor(ids)
        shape = tf.shape(ids)
        flat = tf.nn.embedding_lookup(params, tf.reshape(ids, tf.reduce_prod(shape, keepdims=True)), name=name)
        embeds = tf.reshape(flat, tf.concat([shape, [-1]], 0))
        embeds.set_shape(ids.get_shape().concatenate(params.get_shape()[1:]))
        return embeds


def categorical_variable(tensor_in: Any, n_classes: int, embedding_size: int, name: str) -> Any:
    """Embeddings of categories; the variable is ``name/name_embeddings``."""
    with tf.variable_scope(name):
        return embedding_lookup(tf.get_variable(name + "_embeddings", [n_classes, embedding_size]), tensor_in)


def mean_squared_error_regressor(
    tensor_in: Any, labels: Any, weights: Any, biases: Any, name: str | None = None
) -> tuple[Any, Any]:
    """Predictions of a linear model, and their mean squared error."""
    with tf.name_scope(name, "mean_squared_error_regressor", [tensor_in, labels]):
        predictions = tf.nn.xw_plus_b(tensor_in, weights, biases)
        if len(labels.get_shape()) == 1 and len(predictions.get_shape()) == 2:
            predictions = tf.squeeze(predictions, axis=[1])
        return predictions, tf.losses.mean_squared_error(labels, predictions)


def softmax_classifier(
    tensor_in: Any, labels: Any, weights: Any, biases: Any, class_weight: Any = None, name: str | None = None
) -> tuple[Any, Any]:
    """Probabilities of a linear model, and their cross entropy with one-hot labels."""
    with tf.name_scope(name, "softmax_classifier", [tensor_in, labels]):
        logits = tf.nn.xw_plus_b(tensor_in, weights, biases)
        if class_weight is not None:
            logits = tf.multiply(logits, class_weight)
        return tf.nn.softmax(logits), tf.losses.softmax_cross_entropy(labels, logits)


def sequence_classifier(
    decoding: Tensors, labels: Tensors, sampling_decoding: Tensors | None = None, name: str | None = None
) -> tuple[Any, Any]:
    """Probabilities ``[batch, time, n]`` of each step's logits, and the sum of all cross entropies."""
    with tf.name_scope(name, "sequence_classifier", [decoding, labels]):
        predictions = [tf.nn.softmax(logits) for logits in sampling_decoding or decoding]
        losses = [
            tf.nn.softmax_cross_entropy_with_logits(labels=labels[i], logits=logits, name=f"sequence_loss/xent_raw{i}")
            for i, logits in enumerate(decoding)
        ]
        total = tf.add_n(losses, name="sequence_loss/xent")
        return tf.stack(predictions, axis=1), tf.reduce_sum(total, name="sequence_loss")


def seq2seq_inputs(
    x: Any,
    y: Any,
    input_length: int,  # noqa: ARG001
    output_length: int,  # noqa: ARG001
    sentinel: Any = None,
    name: str | None = None,
) -> tuple[Tensors, Tensors, Tensors]:
    """Steps of ``x``; steps of ``y`` behind a sentinel (zeros by default); and steps of ``y`` in front of it."""
    with tf.name_scope(name, "seq2seq_inputs", [x, y]):
        in_x, steps = tf.unstack(x, axis=1), tf.unstack(y, axis=1)
        if sentinel is None:
            sentinel = tf.zeros(tf.stack([tf.shape(x)[0], steps[0].get_shape().as_list()[1]]))
            sentinel.set_shape(steps[0].get_shape())
        return in_x, [sentinel, *steps], [*steps, sentinel]


def rnn_decoder(decoder_inputs: Tensors, initial_state: Any, cell: Any, scope: Any = None) -> tuple[Tensors, ...]:
    """Outputs and states of a cell that is fed the inputs, and of the same cell that is fed its own outputs."""
    with tf.variable_scope(scope or "dnn_decoder"):
        states, outputs = [initial_state], []
        with tf.name_scope("training", values=[decoder_inputs, initial_state]):
            for i, inputs in enumerate(decoder_inputs):
                if i > 0:
                    tf.get_variable_scope().reuse_variables()
                output, state = cell(inputs, states[-1])
                outputs.append(output)
                states.append(state)
        sampled_outputs, sampled_states = outputs[:1], [initial_state, initial_state]
        with tf.name_scope("sampling", values=[initial_state]):
            for _ in decoder_inputs[1:]:
                output, state = cell(sampled_outputs[-1], sampled_states[-1])
                sampled_outputs.append(output)
                sampled_states.append(state)
    return outputs, states, sampled_outputs, sampled_states


def rnn_seq2seq(
    encoder_inputs: Sequence[Any],
    decoder_inputs: Tensors,
    encoder_cell: Any,
    decoder_cell: Any = None,
    dtype: Any = tf.float32,
    scope: Any = None,
) -> tuple[Tensors, ...]:
    """`rnn_decoder` from the state that a cell has after the encoder's inputs."""
    with tf.variable_scope(scope or "rnn_seq2seq"):
        _, state = tf.nn.static_rnn(encoder_cell, encoder_inputs, dtype=dtype)
        return rnn_decoder(decoder_inputs, state, decoder_cell or encoder_cell)


__getattr__ = attributes(__name__)
