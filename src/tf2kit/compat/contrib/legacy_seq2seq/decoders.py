"""Decoders without attention, and the choice between given and own inputs.

Adapted from TensorFlow 1.15, contrib/legacy_seq2seq/python/ops/seq2seq.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest

LoopFunction = Callable[[Any, int], Any]
Decoded = tuple[list[Any], Any]


def _extract_argmax_and_embed(
    embedding: Any, output_projection: Any = None, update_embedding: bool = True
) -> LoopFunction:
    """A loop function ``(output, step) -> input`` that embeds the most likely symbol; programs import it by this name.

    Args:
      embedding: ``[symbols, size]``.
      output_projection: a pair (W, B) that makes logits of outputs.
      update_embedding: let gradients reach the embedding through these inputs.
    """

    def loop_function(prev: Any, _: int) -> Any:
        if output_projection is not None:
            prev = tf.nn.xw_plus_b(prev, output_projection[0], output_projection[1])
        embedded = tf.nn.embedding_lookup(embedding, tf.argmax(prev, 1))
        return embedded if update_embedding else tf.stop_gradient(embedded)

    return loop_function


def rnn_decoder(
    decoder_inputs: Iterable[Any],
    initial_state: Any,
    cell: Any,
    loop_function: LoopFunction | None = None,
    scope: Any = None,
) -> Decoded:
    """Outputs ``[batch, output_size]`` of every step, and the last state.

    With a ``loop_function`` only the first of ``decoder_inputs`` (each ``[batch, input_size]``) is used; the others are made of outputs.
    """
    with tf.variable_scope(scope or "rnn_decoder"):
        state = initial_state
        outputs: list[Any] = []
        for i, given in enumerate(decoder_inputs):
            inp = next_input(given, outputs, loop_function)
            if i > 0:
                tf.get_variable_scope().reuse_variables()
            output, state = cell(inp, state)
            outputs.append(output)
    return outputs, state


def next_input(given: Any, outputs: list[Any], loop_function: LoopFunction | None) -> Any:
    """The given input, or the one that the loop function makes of the last output."""
    if loop_function is None or not outputs:
        return given
    with tf.variable_scope("loop_function", reuse=True):
        return loop_function(outputs[-1], len(outputs))


def embedding_rnn_decoder(
    decoder_inputs: list[Any],
    initial_state: Any,
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    output_projection: Any = None,
    feed_previous: bool = False,
    update_embedding_for_previous: bool = True,
    scope: Any = None,
) -> Decoded:
    """`rnn_decoder` on ids ``[batch]``, looked up in a variable ``embedding``.

    Args:
      decoder_inputs: ids of every step.
      initial_state: of the cell.
      cell: an RNNCell.
      num_symbols: rows of the embedding.
      embedding_size: columns of the embedding.
      output_projection: a pair (W ``[output_size, num_symbols]``, B ``[num_symbols]``), used when outputs are fed back.
      feed_previous: decode greedily: only the first of ``decoder_inputs`` is used.
      update_embedding_for_previous: let gradients reach the embedding through own symbols.
      scope: ``embedding_rnn_decoder`` if None.

    Raises:
      ValueError: ``output_projection`` has another shape.
    """
    with tf.variable_scope(scope or "embedding_rnn_decoder") as scope:
        if output_projection is not None:
            check_projection(output_projection, num_symbols, scope.dtype)
        embedding = tf.get_variable("embedding", [num_symbols, embedding_size])
        loop_function = None
        if feed_previous:
            loop_function = _extract_argmax_and_embed(embedding, output_projection, update_embedding_for_previous)
        embedded = (tf.nn.embedding_lookup(embedding, i) for i in decoder_inputs)
        return rnn_decoder(embedded, initial_state, cell, loop_function=loop_function)


def check_projection(output_projection: Any, num_symbols: int, dtype: Any) -> None:
    """ValueError unless the pair (W, B) makes ``num_symbols`` logits."""
    weights = tf.convert_to_tensor(output_projection[0], dtype=dtype)
    weights.get_shape().assert_is_compatible_with([None, num_symbols])
    biases = tf.convert_to_tensor(output_projection[1], dtype=dtype)
    biases.get_shape().assert_is_compatible_with([num_symbols])


def fed_or_not(
    feed_previous: Any, decode: Callable[[bool], Decoded], steps: int, structure_of: Callable[[], Any]
) -> Decoded:
    """``decode(feed_previous)`` for a bool tensor: both graphs, with the same variables, and a choice when they run.

    Args:
      feed_previous: bool scalar.
      decode: called with True and then with False, in a scope that shares the variables.
      steps: number of outputs.
      structure_of: gives a state like the one that ``decode`` ends with.
    """

    def flat(fed: bool) -> list[Any]:
        with tf.variable_scope(tf.get_variable_scope(), reuse=None if fed else True):
            outputs, state = decode(fed)
            return outputs + (nest.flatten(state) if nest.is_nested(state) else [state])

    found = tf.cond(feed_previous, lambda: flat(True), lambda: flat(False))
    structure = structure_of()
    states = found[steps:]
    state = nest.pack_sequence_as(structure, states) if nest.is_nested(structure) else states[0]
    return found[:steps], state
