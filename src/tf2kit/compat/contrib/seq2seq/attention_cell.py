"""A cell that attends to a memory.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/attention_wrapper.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest
from tf_keras.src.layers.rnn.legacy_cell_wrappers import assert_like_rnncell
from tf_keras.src.layers.rnn.legacy_cells import RNNCell

from .attention_base import _zero_state_tensors
from .attention_layers import _compute_attention, layers_of, mechanisms_of
from .attention_state import AttentionWrapperState


class AttentionWrapper(RNNCell):
    """Wraps a cell: its input is joined with the last attention, and its output queries the mechanisms.

    For a `BeamSearchDecoder` tile memory, lengths and encoder state with `tile_batch`, and ask `zero_state` for
    ``batch_size * beam_width``.

    Args:
      attention_mechanism: one, or a list of several; then the next argument is a list too, and fields of the state are tuples.
      attention_layer_size: the attention is a layer's output of this size, for context and output together; the context if None.
      alignment_history: keep all alignments in a TensorArray.
      cell_input_fn: of inputs and attention: gives inputs for the cell; concatenation if None.
      output_attention: put the attention out, as Luong; else the output of the cell, as Bahdanau.
      initial_cell_state: what `zero_state` has as the cell's state.
      attention_layer: a layer, or a list of them, in place of ``attention_layer_size``.
      attention_fn: in place of `_compute_attention`; its attention must have the size that the layer has.

    Raises:
      TypeError: a cell or mechanism of another type, or a ``cell_input_fn`` that cannot be called.
      ValueError: other numbers of layers than of mechanisms, or both kinds of layers.
    """

    def __init__(
        self,
        cell: Any,
        attention_mechanism: Any,
        attention_layer_size: Any = None,
        alignment_history: bool = False,
        cell_input_fn: Callable[[Any, Any], Any] | None = None,
        output_attention: bool = True,
        initial_cell_state: Any = None,
        name: str | None = None,
        attention_layer: Any = None,
        attention_fn: Callable[..., Any] | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(name=name, dtype=dtype)
        assert_like_rnncell("cell", cell)
        self._is_multi = isinstance(attention_mechanism, list | tuple)
        self._attention_mechanisms = mechanisms_of(attention_mechanism)
        if cell_input_fn is not None and not callable(cell_input_fn):
            raise TypeError(f"cell_input_fn must be callable, saw type: {type(cell_input_fn).__name__}")
        self._cell = cell
        self._cell_input_fn = cell_input_fn or (lambda inputs, attention: tf.concat([inputs, attention], -1))
        self._attention_layers, self._attention_layer_size = layers_of(
            cell, self._attention_mechanisms, attention_layer_size, attention_layer
        )
        self._attention_fn = attention_fn or _compute_attention
        self._output_attention = output_attention
        self._alignment_history = alignment_history
        self._initial_cell_state = None
        with tf.name_scope(name, "AttentionWrapperInit"):
            if initial_cell_state is not None:
                self._initial_cell_state = self._checked_initial_state(initial_cell_state)

    def _checked_initial_state(self, state: Any) -> Any:
        last = nest.flatten(state)[-1]
        batch_size = tf.dimension_value(last.shape[0]) or tf.shape(last)[0]
        message = (
            f"When constructing AttentionWrapper {self._base_name}: Non-matching batch sizes between the memory "
            "(encoder output) and initial_cell_state.  Are you using the BeamSearchDecoder?  You may need to tile your "
            "initial state via the tf.contrib.seq2seq.tile_batch function with argument multiple=beam_width."
        )
        with tf.control_dependencies(self._batch_size_checks(batch_size, message)):
            return nest.map_structure(lambda s: tf.identity(s, name="check_initial_cell_state"), state)

    def _batch_size_checks(self, batch_size: Any, error_message: str) -> list[Any]:
        return [
            tf.assert_equal(batch_size, mechanism.batch_size, message=error_message)
            for mechanism in self._attention_mechanisms
        ]

    def _item_or_tuple(self, seq: Iterable[Any]) -> Any:
        """A tuple if the mechanisms came as a list, else the only element."""
        t = tuple(seq)
        return t if self._is_multi else t[0]

    @property
    def output_size(self) -> Any:
        """Width of the attention, or of the cell's output."""
        return self._attention_layer_size if self._output_attention else self._cell.output_size

    @property
    def state_size(self) -> AttentionWrapperState:
        """Sizes of the state, as nested as the state."""
        mechanisms = self._attention_mechanisms
        return AttentionWrapperState(
            cell_state=self._cell.state_size,
            time=tf.TensorShape([]),
            attention=self._attention_layer_size,
            alignments=self._item_or_tuple(a.alignments_size for a in mechanisms),
            attention_state=self._item_or_tuple(a.state_size for a in mechanisms),
            alignment_history=self._item_or_tuple(
                a.alignments_size if self._alignment_history else () for a in mechanisms
            ),
        )

    def zero_state(self, batch_size: Any, dtype: Any) -> AttentionWrapperState:
        """The state before the first step.

        Raises:
          ValueError: the memory has another batch size; an InvalidArgumentError when it runs, if that is not known yet.
        """
        with tf.name_scope(f"{type(self).__name__}ZeroState", values=[batch_size]):
            cell_state = self._initial_cell_state
            if cell_state is None:
                cell_state = self._cell.get_initial_state(batch_size=batch_size, dtype=dtype)
            message = (
                f"When calling zero_state of AttentionWrapper {self._base_name}: Non-matching batch sizes between the "
                "memory (encoder output) and the requested batch size.  Are you using the BeamSearchDecoder?  If so, make "
                "sure your encoder output has been tiled to beam_width via tf.contrib.seq2seq.tile_batch, and the "
                "batch_size= argument passed to zero_state is batch_size * beam_width."
            )
            with tf.control_dependencies(self._batch_size_checks(batch_size, message)):
                cell_state = nest.map_structure(lambda s: tf.identity(s, name="checked_cell_state"), cell_state)
            mechanisms = self._attention_mechanisms
            alignments = [m.initial_alignments(batch_size, dtype) for m in mechanisms]
            return AttentionWrapperState(
                cell_state=cell_state,
                time=tf.zeros([], dtype=tf.int32),
                attention=_zero_state_tensors(self._attention_layer_size, batch_size, dtype),
                alignments=self._item_or_tuple(alignments),
                attention_state=self._item_or_tuple(m.initial_state(batch_size, dtype) for m in mechanisms),
                alignment_history=self._item_or_tuple(
                    tf.TensorArray(dtype, size=0, dynamic_size=True, element_shape=a.shape)
                    if self._alignment_history
                    else ()
                    for a in alignments
                ),
            )

    def call(self, inputs: Any, state: AttentionWrapperState) -> tuple[Any, AttentionWrapperState]:
        """Attention, or output of the cell, and the next state; TypeError for another state."""
        if not isinstance(state, AttentionWrapperState):
            raise TypeError(
                f"Expected state to be instance of AttentionWrapperState. Received type {type(state)} instead."
            )
        cell_inputs = self._cell_input_fn(inputs, state.attention)
        cell_output, next_cell_state = self._cell(cell_inputs, state.cell_state)
        cell_output = self._checked_output(cell_output)
        read = self._read(cell_output, state)
        attention = tf.concat([r[0] for r in read], 1)
        next_state = AttentionWrapperState(
            time=state.time + 1,
            cell_state=next_cell_state,
            attention=attention,
            alignments=self._item_or_tuple(r[1] for r in read),
            attention_state=self._item_or_tuple(r[2] for r in read),
            alignment_history=self._item_or_tuple(r[3] for r in read),
        )
        return (attention if self._output_attention else cell_output), next_state

    def _checked_output(self, cell_output: Any) -> Any:
        batch_size = tf.dimension_value(cell_output.shape[0]) or tf.shape(cell_output)[0]
        message = (
            f"When applying AttentionWrapper {self.name}: Non-matching batch sizes between the memory (encoder output) "
            "and the query (decoder output).  Are you using the BeamSearchDecoder?  You may need to tile your memory "
            "input via the tf.contrib.seq2seq.tile_batch function with argument multiple=beam_width."
        )
        with tf.control_dependencies(self._batch_size_checks(batch_size, message)):
            return tf.identity(cell_output, name="checked_cell_output")

    def _read(self, cell_output: Any, state: AttentionWrapperState) -> list[tuple[Any, Any, Any, Any]]:
        """Attention, alignments, state and history of each mechanism."""
        states, histories = state.attention_state, state.alignment_history
        if not self._is_multi:
            states, histories = [states], [histories]
        found = []
        for i, mechanism in enumerate(self._attention_mechanisms):
            layer = self._attention_layers[i] if self._attention_layers else None
            attention, alignments, next_state = self._attention_fn(mechanism, cell_output, states[i], layer)
            history = histories[i].write(state.time, alignments) if self._alignment_history else ()
            found.append((attention, alignments, next_state, history))
        return found
