"""The decoder that runs a cell with a helper.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/basic_decoder.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest
from tf_keras.src.layers.rnn.legacy_cell_wrappers import assert_like_rnncell

from .._keras2 import LAYERS
from .decoder import Decoder
from .helper import Helper

__all__ = ["BasicDecoder", "BasicDecoderOutput", "rnn_output_size"]


class BasicDecoderOutput(NamedTuple):
    """Outputs ``[batch, output_size]`` and ids ``[batch]`` of a step; with time after (or before) the batch when decoded."""

    rnn_output: Any
    sample_id: Any


class BasicDecoder(Decoder):
    """Runs ``cell`` on what ``helper`` chooses, starting from ``initial_state``.

    Args:
      output_layer: a layer of ``tf.layers``, applied to outputs before they are stored and sampled.

    Raises:
      TypeError: a cell, helper or layer of another type.
    """

    def __init__(self, cell: Any, helper: Any, initial_state: Any, output_layer: Any = None) -> None:
        assert_like_rnncell("cell", cell)
        if not isinstance(helper, Helper):
            raise TypeError(f"helper must be a Helper, received: {type(helper)}")
        if output_layer is not None and not isinstance(output_layer, LAYERS):
            raise TypeError(f"output_layer must be a Layer, received: {type(output_layer)}")
        self._cell = cell
        self._helper = helper
        self._initial_state = initial_state
        self._output_layer = output_layer

    @property
    def batch_size(self) -> Any:
        """Number of sequences."""
        return self._helper.batch_size

    def _rnn_output_size(self) -> Any:
        return rnn_output_size(self._cell, self._output_layer)

    @property
    def output_size(self) -> BasicDecoderOutput:
        """Shapes of outputs and ids, without the batch."""
        return BasicDecoderOutput(rnn_output=self._rnn_output_size(), sample_id=self._helper.sample_ids_shape)

    @property
    def output_dtype(self) -> BasicDecoderOutput:
        """Types of outputs (that of the state) and ids."""
        dtype = nest.flatten(self._initial_state)[0].dtype
        outputs = nest.map_structure(lambda _: dtype, self._rnn_output_size())
        return BasicDecoderOutput(outputs, self._helper.sample_ids_dtype)

    def initialize(self, name: str | None = None) -> Any:  # noqa: ARG002
        """``(finished, first_inputs, initial_state)``."""
        return (*self._helper.initialize(), self._initial_state)

    def step(self, time: Any, inputs: Any, state: Any, name: str | None = None) -> Any:
        """``(outputs, next_state, next_inputs, finished)``."""
        with tf.name_scope(name, "BasicDecoderStep", (time, inputs, state)):
            cell_outputs, cell_state = self._cell(inputs, state)
            if self._output_layer is not None:
                cell_outputs = self._output_layer(cell_outputs)
            sample_ids = self._helper.sample(time=time, outputs=cell_outputs, state=cell_state)
            finished, next_inputs, next_state = self._helper.next_inputs(
                time=time, outputs=cell_outputs, state=cell_state, sample_ids=sample_ids
            )
        return BasicDecoderOutput(cell_outputs, sample_ids), next_state, next_inputs, finished


def rnn_output_size(cell: Any, output_layer: Any) -> Any:
    """Shape of the outputs of a cell after a layer (or None), without the batch."""
    if output_layer is None:
        return cell.output_size
    # layers want shapes with a batch
    with_batch = nest.map_structure(lambda s: tf.TensorShape([None]).concatenate(s), cell.output_size)
    return nest.map_structure(lambda s: s[1:], output_layer.compute_output_shape(with_batch))
