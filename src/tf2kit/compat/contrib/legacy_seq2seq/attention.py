"""Decoders that attend to the outputs of the encoder.

Adapted from TensorFlow 1.15, contrib/legacy_seq2seq/python/ops/seq2seq.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import copy
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest

from ..rnn.linear import _linear
from ..rnn.projections import EmbeddingWrapper, OutputProjectionWrapper
from .decoders import Decoded, LoopFunction, _extract_argmax_and_embed, fed_or_not, next_input


class _Attention:
    """Heads that read from ``states`` ``[batch, length, size]``: variables ``AttnW_i`` and ``AttnV_i`` in the current scope."""

    def __init__(self, states: Any, num_heads: int, dtype: Any) -> None:
        self._length = tf.dimension_value(states.get_shape()[1]) or tf.shape(states)[1]
        self._size = tf.dimension_value(states.get_shape()[2])
        self._dtype = dtype
        self._hidden = tf.reshape(states, [-1, self._length, 1, self._size])
        self._heads: list[tuple[Any, Any]] = []
        for i in range(num_heads):
            k = tf.get_variable(f"AttnW_{i}", [1, 1, self._size, self._size], dtype=dtype)
            features = tf.nn.conv2d(self._hidden, k, [1, 1, 1, 1], "SAME")
            self._heads.append((features, tf.get_variable(f"AttnV_{i}", [self._size], dtype=dtype)))

    def zeros(self, batch_size: Any) -> list[Any]:
        """What is read before the first step: ``[batch, size]`` of each head."""
        found = [tf.zeros(tf.stack([batch_size, self._size]), dtype=self._dtype) for _ in self._heads]
        for z in found:
            z.set_shape([None, self._size])
        return found

    def __call__(self, query: Any) -> list[Any]:
        """What each head reads for a state ``[batch, n]``, or for the parts of a nested one."""
        if nest.is_nested(query):
            query = tf.concat(nest.flatten(query), 1)
        return [self._read(query, i, *head) for i, head in enumerate(self._heads)]

    def _read(self, query: Any, i: int, features: Any, v: Any) -> Any:
        with tf.variable_scope(f"Attention_{i}"):
            y = tf.reshape(_linear(query, self._size, True), [-1, 1, 1, self._size])
            scores = tf.reduce_sum(v * tf.tanh(features + tf.cast(y, self._dtype)), [2, 3])
            mask = tf.cast(tf.nn.softmax(tf.cast(scores, tf.float32)), self._dtype)
            read = tf.reduce_sum(tf.reshape(mask, [-1, self._length, 1, 1]) * self._hidden, [1, 2])
            return tf.reshape(read, [-1, self._size])


def attention_decoder(
    decoder_inputs: list[Any],
    initial_state: Any,
    attention_states: Any,
    cell: Any,
    output_size: int | None = None,
    num_heads: int = 1,
    loop_function: LoopFunction | None = None,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> Decoded:
    """Outputs ``[batch, output_size]`` of every step, and the last state (http://arxiv.org/abs/1412.7449).

    Each step mixes the input ``[batch, input_size]`` with what the heads read, runs the cell, reads again with the new state, and
    projects the output of the cell together with that.

    Args:
      decoder_inputs: ``[batch, input_size]`` of every step.
      initial_state: of the cell.
      attention_states: ``[batch, length, size]``, the size known.
      cell: an RNNCell.
      output_size: that of the cell, if None.
      num_heads: of the attention.
      loop_function: makes all inputs but the first of outputs.
      dtype: that of the scope, if None.
      scope: ``attention_decoder`` if None.
      initial_state_attention: read with the initial state before the first step, instead of zeros.

    Raises:
      ValueError: no inputs, no heads, or sizes that are not known.
    """
    if not decoder_inputs:
        raise ValueError("Must provide at least 1 input to attention decoder.")
    if num_heads < 1:
        raise ValueError("With less than 1 heads, use a non-attention decoder.")
    if tf.dimension_value(attention_states.get_shape()[2]) is None:
        raise ValueError(f"Shape[2] of attention_states must be known: {attention_states.get_shape()}")
    if output_size is None:
        output_size = cell.output_size
    with tf.variable_scope(scope or "attention_decoder", dtype=dtype) as scope:
        batch_size = tf.shape(decoder_inputs[0])[0]
        attention = _Attention(attention_states, num_heads, scope.dtype)
        state = initial_state
        reads = attention(initial_state) if initial_state_attention else attention.zeros(batch_size)
        outputs: list[Any] = []
        for i, given in enumerate(decoder_inputs):
            if i > 0:
                tf.get_variable_scope().reuse_variables()
            inp = next_input(given, outputs, loop_function)
            x = _mixed_input(inp, reads, scope.dtype)
            cell_output, state = cell(x, state)
            if i == 0 and initial_state_attention:  # it has its variables already
                with tf.variable_scope(tf.get_variable_scope(), reuse=True):
                    reads = attention(state)
            else:
                reads = attention(state)
            with tf.variable_scope("AttnOutputProjection"):
                outputs.append(_linear([tf.cast(cell_output, scope.dtype), *reads], output_size, True))
    return outputs, state


def _mixed_input(inp: Any, reads: list[Any], dtype: Any) -> Any:
    size = tf.dimension_value(inp.get_shape().with_rank(2)[1])
    if size is None:
        raise ValueError(f"Could not infer input size from input: {inp.name}")
    return _linear([tf.cast(e, dtype) for e in [inp, *reads]], size, True)


def embedding_attention_decoder(
    decoder_inputs: list[Any],
    initial_state: Any,
    attention_states: Any,
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    num_heads: int = 1,
    output_size: int | None = None,
    output_projection: Any = None,
    feed_previous: bool = False,
    update_embedding_for_previous: bool = True,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> Decoded:
    """`attention_decoder` on ids ``[batch]``, looked up in a variable ``embedding``; arguments as in `embedding_rnn_decoder`.

    Raises:
      ValueError: ``output_projection`` has another shape, or as `attention_decoder`.
    """
    if output_size is None:
        output_size = cell.output_size
    if output_projection is not None:
        biases = tf.convert_to_tensor(output_projection[1], dtype=dtype)
        biases.get_shape().assert_is_compatible_with([num_symbols])
    with tf.variable_scope(scope or "embedding_attention_decoder", dtype=dtype):
        embedding = tf.get_variable("embedding", [num_symbols, embedding_size])
        loop_function = None
        if feed_previous:
            loop_function = _extract_argmax_and_embed(embedding, output_projection, update_embedding_for_previous)
        return attention_decoder(
            [tf.nn.embedding_lookup(embedding, i) for i in decoder_inputs],
            initial_state,
            attention_states,
            cell,
            output_size=output_size,
            num_heads=num_heads,
            loop_function=loop_function,
            initial_state_attention=initial_state_attention,
        )


def embedding_attention_seq2seq(
    encoder_inputs: list[Any],
    decoder_inputs: list[Any],
    cell: Any,
    num_encoder_symbols: int,
    num_decoder_symbols: int,
    embedding_size: int,
    num_heads: int = 1,
    output_projection: Any = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
    initial_state_attention: bool = False,
) -> Decoded:
    """A copy of the cell encodes ids, the cell decodes with attention to all outputs of the encoder.

    Without ``output_projection`` outputs are logits, and what the attention reads is that wide too. ``feed_previous`` may be a bool tensor.
    """
    with tf.variable_scope(scope or "embedding_attention_seq2seq", dtype=dtype) as scope:
        dtype = scope.dtype
        encoder_cell = EmbeddingWrapper(copy.deepcopy(cell), num_encoder_symbols, embedding_size)
        encoder_outputs, encoder_state = tf.nn.static_rnn(encoder_cell, encoder_inputs, dtype=dtype)
        top_states = [tf.reshape(e, [-1, 1, cell.output_size]) for e in encoder_outputs]
        attention_states = tf.concat(top_states, 1)
        output_size = None
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols)
            output_size = num_decoder_symbols

        def decode(fed: bool, update: bool = False) -> Decoded:
            return embedding_attention_decoder(
                decoder_inputs,
                encoder_state,
                attention_states,
                cell,
                num_decoder_symbols,
                embedding_size,
                num_heads=num_heads,
                output_size=output_size,
                output_projection=output_projection,
                feed_previous=fed,
                update_embedding_for_previous=update,
                initial_state_attention=initial_state_attention,
            )

        if isinstance(feed_previous, bool):
            return decode(feed_previous, update=True)
        return fed_or_not(feed_previous, decode, len(decoder_inputs), lambda: encoder_state)
