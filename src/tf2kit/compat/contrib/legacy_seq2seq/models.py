"""Encoder and decoder together, without attention.

Adapted from TensorFlow 1.15, contrib/legacy_seq2seq/python/ops/seq2seq.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.

Inputs are lists over time: of ``[batch, size]`` tensors, or of ids ``[batch]`` in the ``embedding_…`` models. ``feed_previous``
makes the decoder use its own symbols after the first; as a bool tensor it is looked at when the graph runs.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from .._keras2 import CELLS
from ..rnn.projections import EmbeddingWrapper, OutputProjectionWrapper
from .decoders import (
    Decoded,
    LoopFunction,
    _extract_argmax_and_embed,
    check_projection,
    embedding_rnn_decoder,
    fed_or_not,
    rnn_decoder,
)


def basic_rnn_seq2seq(
    encoder_inputs: list[Any], decoder_inputs: list[Any], cell: Any, dtype: Any = tf.float32, scope: Any = None
) -> Decoded:
    """A copy of the cell encodes, the cell decodes from the state that this ends with."""
    with tf.variable_scope(scope or "basic_rnn_seq2seq"):
        _, state = tf.nn.static_rnn(copy.deepcopy(cell), encoder_inputs, dtype=dtype)
        return rnn_decoder(decoder_inputs, state, cell)


def tied_rnn_seq2seq(
    encoder_inputs: list[Any],
    decoder_inputs: list[Any],
    cell: Any,
    loop_function: LoopFunction | None = None,
    dtype: Any = tf.float32,
    scope: Any = None,
) -> Decoded:
    """The same cell, with the same variables, encodes and decodes."""
    with tf.variable_scope("combined_tied_rnn_seq2seq"):
        scope = scope or "tied_rnn_seq2seq"
        _, state = tf.nn.static_rnn(cell, encoder_inputs, dtype=dtype, scope=scope)
        tf.get_variable_scope().reuse_variables()
        return rnn_decoder(decoder_inputs, state, cell, loop_function=loop_function, scope=scope)


def embedding_rnn_seq2seq(
    encoder_inputs: list[Any],
    decoder_inputs: list[Any],
    cell: Any,
    num_encoder_symbols: int,
    num_decoder_symbols: int,
    embedding_size: int,
    output_projection: Any = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> Decoded:
    """A copy of the cell encodes ids, the cell decodes ids with an embedding of their own; outputs are logits unless projected later."""
    with tf.variable_scope(scope or "embedding_rnn_seq2seq") as scope:
        if dtype is not None:
            scope.set_dtype(dtype)
        encoder_cell = EmbeddingWrapper(copy.deepcopy(cell), num_encoder_symbols, embedding_size)
        _, encoder_state = tf.nn.static_rnn(encoder_cell, encoder_inputs, dtype=scope.dtype)
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols)

        def decode(fed: bool, update: bool = False) -> Decoded:
            return embedding_rnn_decoder(
                decoder_inputs,
                encoder_state,
                cell,
                num_decoder_symbols,
                embedding_size,
                output_projection=output_projection,
                feed_previous=fed,
                update_embedding_for_previous=update,
            )

        if isinstance(feed_previous, bool):
            return decode(feed_previous, update=True)
        return fed_or_not(feed_previous, decode, len(decoder_inputs), lambda: encoder_state)


def embedding_tied_rnn_seq2seq(
    encoder_inputs: list[Any],
    decoder_inputs: list[Any],
    cell: Any,
    num_symbols: int,
    embedding_size: int,
    num_decoder_symbols: int | None = None,
    output_projection: Any = None,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> Decoded:
    """One embedding and one cell encode and decode; ``num_decoder_symbols`` limits the symbols that come out.

    Raises:
      ValueError: ``output_projection`` has another shape.
    """
    with tf.variable_scope(scope or "embedding_tied_rnn_seq2seq", dtype=dtype) as scope:
        dtype = scope.dtype
        if output_projection is not None:
            check_projection(output_projection, num_symbols, dtype)
        embedding = tf.get_variable("embedding", [num_symbols, embedding_size], dtype=dtype)
        encoded = [tf.nn.embedding_lookup(embedding, x) for x in encoder_inputs]
        decoded = [tf.nn.embedding_lookup(embedding, x) for x in decoder_inputs]
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_symbols if num_decoder_symbols is None else num_decoder_symbols)

        def decode(fed: bool, update: bool = False) -> Decoded:
            loop_function = _extract_argmax_and_embed(embedding, output_projection, update) if fed else None
            return tied_rnn_seq2seq(encoded, decoded, cell, loop_function=loop_function, dtype=dtype)

        if isinstance(feed_previous, bool):
            return decode(feed_previous, update=True)

        def zero_state() -> Any:
            batch_size = tf.dimension_value(encoder_inputs[0].get_shape()[0]) or tf.shape(encoder_inputs[0])[0]
            return cell.zero_state(batch_size, dtype)

        return fed_or_not(feed_previous, decode, len(decoder_inputs), zero_state)


def one2many_rnn_seq2seq(
    encoder_inputs: list[Any],
    decoder_inputs_dict: Mapping[Any, list[Any]],
    enc_cell: Any,
    dec_cells_dict: Mapping[Any, Any],
    num_encoder_symbols: int,
    num_decoder_symbols_dict: Mapping[Any, int],
    embedding_size: int,
    feed_previous: Any = False,
    dtype: Any = None,
    scope: Any = None,
) -> tuple[dict[Any, list[Any]], dict[Any, Any]]:
    """One encoder and several decoders by name (http://arxiv.org/abs/1511.06114): their outputs and their states, by name.

    Raises:
      TypeError: a cell is not an RNNCell.
      ValueError: other names for inputs than for cells.
    """
    _check_cells(enc_cell, decoder_inputs_dict, dec_cells_dict)
    outputs_dict, state_dict = {}, {}
    with tf.variable_scope(scope or "one2many_rnn_seq2seq", dtype=dtype) as scope:
        encoder_cell = EmbeddingWrapper(enc_cell, num_encoder_symbols, embedding_size)
        _, encoder_state = tf.nn.static_rnn(encoder_cell, encoder_inputs, dtype=scope.dtype)
        for name, decoder_inputs in decoder_inputs_dict.items():
            symbols = num_decoder_symbols_dict[name]
            with tf.variable_scope(f"one2many_decoder_{name}"):
                cell = OutputProjectionWrapper(dec_cells_dict[name], symbols)
                decode = functools.partial(
                    embedding_rnn_decoder, decoder_inputs, encoder_state, cell, symbols, embedding_size
                )
                found = _one_of_many(decode, feed_previous, len(decoder_inputs), encoder_state)
                outputs_dict[name], state_dict[name] = found
    return outputs_dict, state_dict


def _one_of_many(decode: Callable[..., Decoded], feed_previous: Any, steps: int, encoder_state: Any) -> Decoded:
    if isinstance(feed_previous, bool):
        return decode(feed_previous=feed_previous)
    return fed_or_not(feed_previous, lambda fed: decode(feed_previous=fed), steps, lambda: encoder_state)


def _check_cells(enc_cell: Any, inputs: Mapping[Any, Any], dec_cells: Mapping[Any, Any]) -> None:
    if not isinstance(enc_cell, CELLS):
        raise TypeError(f"enc_cell is not an RNNCell: {type(enc_cell)}")
    if set(dec_cells) != set(inputs):
        raise ValueError("keys of dec_cells_dict != keys of decoder_inputs_dict")
    for cell in dec_cells.values():
        if not isinstance(cell, CELLS):
            raise TypeError(f"dec_cell is not an RNNCell: {type(cell)}")
