"""Beam search.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/beam_search_decoder.py, Copyright 2017 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest
from tf_keras.src.layers.rnn.legacy_cell_wrappers import assert_like_rnncell

from .._keras2 import KERAS_LAYERS
from .basic_decoder import rnn_output_size
from .beam_scores import (
    _get_scores,
    _length_penalty,
    _mask_probs,
    attention_probs_from_attn_state,
    get_attention_probs,
)
from .beam_shapes import (
    Beams,
    _check_ndims,
    _maybe_tensor_gather_helper,
    _tensor_gather_helper,
    _tile_batch,
    tile_batch,
)
from .beam_step import (
    BeamSearchDecoderOutput,
    BeamSearchDecoderState,
    FinalBeamSearchDecoderOutput,
    _beam_search_step,
)
from .decoder import Decoder
from .helper_base import embedding_function
from .tree import gather_tree, gather_tree_from_array

__all__ = [
    "BeamSearchDecoder",
    "BeamSearchDecoderOutput",
    "BeamSearchDecoderState",
    "FinalBeamSearchDecoderOutput",
    "_beam_search_step",
    "_check_ndims",
    "_get_scores",
    "_length_penalty",
    "_mask_probs",
    "_maybe_tensor_gather_helper",
    "_tensor_gather_helper",
    "_tile_batch",
    "attention_probs_from_attn_state",
    "gather_tree_from_array",
    "get_attention_probs",
    "tile_batch",
]


class BeamSearchDecoder(Beams, Decoder):
    """Keeps the ``beam_width`` best sequences at every step.

    With an `AttentionWrapper`, tile memory, lengths and encoder state with `tile_batch` (not ``tf.tile``), and ask its
    ``zero_state`` for ``batch_size * beam_width``.

    Args:
      embedding: a function of ids, or the ``params`` of ``tf.nn.embedding_lookup``.
      start_tokens: int32 ``[batch]``.
      end_token: int32 scalar.
      initial_state: of the cell, for ``batch * beam_width`` sequences.
      output_layer: a layer for outputs before they are scored.
      length_penalty_weight: divide scores by ``((5 + length) / 6) ** weight`` (https://arxiv.org/abs/1609.08144).
      coverage_penalty_weight: penalize memory that got little attention; the cell must be an `AttentionWrapper`.
      reorder_tensor_arrays: at the end, stack TensorArrays of the state and sort them into whole beams, if their shapes allow it.

    Raises:
      TypeError: a cell or layer of another type.
      ValueError: tokens of other ranks.
    """

    def __init__(
        self,
        cell: Any,
        embedding: Any,
        start_tokens: Any,
        end_token: Any,
        initial_state: Any,
        beam_width: int,
        output_layer: Any = None,
        length_penalty_weight: Any = 0.0,
        coverage_penalty_weight: Any = 0.0,
        reorder_tensor_arrays: bool = True,
    ) -> None:
        assert_like_rnncell("cell", cell)
        if output_layer is not None and not isinstance(output_layer, KERAS_LAYERS):
            raise TypeError(f"output_layer must be a Layer, received: {type(output_layer)}")
        self._cell = cell
        self._output_layer = output_layer
        self._reorder_tensor_arrays = reorder_tensor_arrays
        self._length_penalty_weight = length_penalty_weight
        self._coverage_penalty_weight = coverage_penalty_weight
        self._embedding_fn = embedding_function(embedding)
        tokens = tf.convert_to_tensor(start_tokens, dtype=tf.int32, name="start_tokens")
        if tokens.get_shape().ndims != 1:
            raise ValueError("start_tokens must be a vector")
        self._end_token = tf.convert_to_tensor(end_token, dtype=tf.int32, name="end_token")
        if self._end_token.get_shape().ndims != 0:
            raise ValueError("end_token must be a scalar")
        super().__init__(tf.size(start_tokens), beam_width)
        self._initial_cell_state = nest.map_structure(
            self._maybe_split_batch_beams, initial_state, self._cell.state_size
        )
        self._start_tokens = tf.tile(tf.expand_dims(tokens, 1), [1, beam_width])
        self._start_inputs = self._embedding_fn(self._start_tokens)
        # all beams start equal, so only the first one goes on
        self._finished = self._first_beam(False, True, tf.bool)

    def _first_beam(self, first: Any, others: Any, dtype: Any) -> Any:
        zeros = tf.zeros([self._batch_size], dtype=tf.int32)
        return tf.one_hot(zeros, depth=self._beam_width, on_value=first, off_value=others, dtype=dtype)

    @property
    def batch_size(self) -> Any:
        """Number of sequences, each with its beams."""
        return self._batch_size

    @property
    def tracks_own_finished(self) -> bool:
        """True: beams change places between steps."""
        return True

    def _rnn_output_size(self) -> Any:
        return rnn_output_size(self._cell, self._output_layer)

    @property
    def output_size(self) -> BeamSearchDecoderOutput:
        """One number for each beam."""
        shape = tf.TensorShape([self._beam_width])
        return BeamSearchDecoderOutput(scores=shape, predicted_ids=shape, parent_ids=shape)

    @property
    def output_dtype(self) -> BeamSearchDecoderOutput:
        """Types: scores have that of the state."""
        dtype = nest.flatten(self._initial_cell_state)[0].dtype
        scores = nest.map_structure(lambda _: dtype, self._rnn_output_size())
        return BeamSearchDecoderOutput(scores=scores, predicted_ids=tf.int32, parent_ids=tf.int32)

    def initialize(self, name: str | None = None) -> Any:  # noqa: ARG002
        """``(finished, start_inputs, initial_state)``."""
        dtype = nest.flatten(self._initial_cell_state)[0].dtype
        zero, never = tf.convert_to_tensor(0.0, dtype=dtype), tf.convert_to_tensor(-np.inf, dtype=dtype)
        attention_probs = get_attention_probs(self._initial_cell_state, self._coverage_penalty_weight)
        state = BeamSearchDecoderState(
            cell_state=self._initial_cell_state,
            log_probs=self._first_beam(zero, never, dtype),
            finished=self._finished,
            lengths=tf.zeros([self._batch_size, self._beam_width], dtype=tf.int64),
            accumulated_attention_probs=() if attention_probs is None else attention_probs,
        )
        return self._finished, self._start_inputs, state

    def step(self, time: Any, inputs: Any, state: Any, name: str | None = None) -> Any:
        """``(outputs, next_state, next_inputs, finished)``, all ``[batch, beams, …]``."""
        with tf.name_scope(name, "BeamSearchDecoderStep", (time, inputs, state)):
            inputs = nest.map_structure(lambda inp: self._merge_batch_beams(inp, s=inp.shape[2:]), inputs)
            sizes = self._cell.state_size
            cell_state = nest.map_structure(self._maybe_merge_batch_beams, state.cell_state, sizes)
            cell_outputs, next_cell_state = self._cell(inputs, cell_state)
            cell_outputs = nest.map_structure(lambda o: self._split_batch_beams(o, o.shape[1:]), cell_outputs)
            next_cell_state = nest.map_structure(self._maybe_split_batch_beams, next_cell_state, sizes)
            if self._output_layer is not None:
                cell_outputs = self._output_layer(cell_outputs)
            output, next_state = _beam_search_step(
                time=time,
                logits=cell_outputs,
                next_cell_state=next_cell_state,
                beam_state=state,
                batch_size=self._batch_size,
                beam_width=self._beam_width,
                end_token=self._end_token,
                length_penalty_weight=self._length_penalty_weight,
                coverage_penalty_weight=self._coverage_penalty_weight,
            )
            next_inputs = tf.cond(
                tf.reduce_all(next_state.finished),
                lambda: self._start_inputs,
                lambda: self._embedding_fn(output.predicted_ids),
            )
        return output, next_state, next_inputs, next_state.finished

    def finalize(self, outputs: Any, final_state: Any, sequence_lengths: Any) -> Any:  # noqa: ARG002
        """`FinalBeamSearchDecoderOutput` and the state; lengths are those of the state."""
        predicted_ids = gather_tree(
            outputs.predicted_ids,
            outputs.parent_ids,
            max_sequence_lengths=tf.cast(tf.reduce_max(final_state.lengths, axis=1), tf.int32),
            end_token=self._end_token,
        )
        if self._reorder_tensor_arrays:
            cell_state = nest.map_structure(
                lambda t: self._maybe_sort_array_beams(t, outputs.parent_ids, final_state.lengths),
                final_state.cell_state,
            )
            final_state = final_state._replace(cell_state=cell_state)
        return FinalBeamSearchDecoderOutput(predicted_ids, outputs), final_state
