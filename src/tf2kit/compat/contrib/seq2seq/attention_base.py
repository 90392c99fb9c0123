"""What attention mechanisms have in common: memory, masks, layers, and the first alignments.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/attention_wrapper.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest
from tf_keras.src.layers.rnn.legacy_cells import _zero_state_tensors

from .._keras2 import LAYERS

__all__ = [
    "AttentionMechanism",
    "_BaseAttentionMechanism",
    "_BaseMonotonicAttentionMechanism",
    "_maybe_mask_score",
    "_prepare_memory",
    "_zero_state_tensors",
]


class AttentionMechanism:
    """What an `AttentionWrapper` can be made of."""

    @property
    def alignments_size(self) -> Any:
        """Length of the memory."""
        raise NotImplementedError

    @property
    def state_size(self) -> Any:
        """Size of the mechanism's state."""
        raise NotImplementedError


class _BaseAttentionMechanism(AttentionMechanism):
    """Keeps a memory ``[batch, time, …]`` and its keys; subclasses score queries in ``__call__(query, state)``.

    Args:
      query_layer: a layer of ``tf.layers`` for queries, or None.
      memory: usually the outputs of an encoder.
      probability_fn: of a score and the previous alignments, both ``[batch, time]``: gives probabilities.
      memory_sequence_length: ``[batch]``; memory past it is zero, and its score ``score_mask_value``.
      memory_layer: a layer of ``tf.layers`` that makes keys of the memory; its type is that of the mechanism.
      check_inner_dims_defined: the memory must have known sizes.
      score_mask_value: minus infinity if None.
      custom_key_value_fn: of keys and values: gives other keys and values.

    Raises:
      TypeError: a layer or function of another type.
      ValueError: a memory with sizes that are not known.
    """

    def __init__(
        self,
        query_layer: Any,
        memory: Any,
        probability_fn: Callable[[Any, Any], Any],
        memory_sequence_length: Any = None,
        memory_layer: Any = None,
        check_inner_dims_defined: bool = True,
        score_mask_value: Any = None,
        custom_key_value_fn: Callable[[Any, Any], Any] | None = None,
        name: str | None = None,
    ) -> None:
        if query_layer is not None and not isinstance(query_layer, LAYERS):
            raise TypeError(f"query_layer is not a Layer: {type(query_layer).__name__}")
        if memory_layer is not None and not isinstance(memory_layer, LAYERS):
            raise TypeError(f"memory_layer is not a Layer: {type(memory_layer).__name__}")
        self._query_layer = query_layer
        self._memory_layer = memory_layer
        self.dtype = self.memory_layer.dtype
        if not callable(probability_fn):
            raise TypeError(f"probability_fn must be callable, saw type: {type(probability_fn).__name__}")
        if score_mask_value is None:
            score_mask_value = tf.as_dtype(self.dtype).as_numpy_dtype(-np.inf)
        self._probability_fn: Callable[[Any, Any], Any] = lambda score, previous: probability_fn(
            _maybe_mask_score(score, memory_sequence_length, score_mask_value), previous
        )
        with tf.name_scope(name, "BaseAttentionMechanismInit", nest.flatten(memory)):
            self._values = _prepare_memory(memory, memory_sequence_length, check_inner_dims_defined)
            self._keys = self.memory_layer(self._values) if self.memory_layer else self._values
            if custom_key_value_fn is not None:
                self._keys, self._values = custom_key_value_fn(self._keys, self._values)
            self._batch_size = tf.dimension_value(self._keys.shape[0]) or tf.shape(self._keys)[0]
            self._alignments_size = tf.dimension_value(self._keys.shape[1]) or tf.shape(self._keys)[1]

    @property
    def memory_layer(self) -> Any:
        """The layer that makes keys of the memory."""
        return self._memory_layer

    @property
    def query_layer(self) -> Any:
        """The layer for queries, or None."""
        return self._query_layer

    @property
    def values(self) -> Any:
        """The memory, masked."""
        return self._values

    @property
    def keys(self) -> Any:
        """The memory after its layer."""
        return self._keys

    @property
    def batch_size(self) -> Any:
        """Number of sequences; a tensor if it is not known yet."""
        return self._batch_size

    @property
    def alignments_size(self) -> Any:
        """Length of the memory; a tensor if it is not known yet."""
        return self._alignments_size

    @property
    def state_size(self) -> Any:
        """Length of the memory: the state is the last alignments."""
        return self._alignments_size

    def initial_alignments(self, batch_size: Any, dtype: Any) -> Any:
        """Zeros ``[batch, time]``."""
        return _zero_state_tensors(self._alignments_size, batch_size, dtype)

    def initial_state(self, batch_size: Any, dtype: Any) -> Any:
        """The state before the first step: the initial alignments."""
        return self.initial_alignments(batch_size, dtype)


class _BaseMonotonicAttentionMechanism(_BaseAttentionMechanism):
    """Attention that starts at the first place."""

    def initial_alignments(self, batch_size: Any, dtype: Any) -> Any:
        """``[1, 0, …]`` for all sequences."""
        return tf.one_hot(tf.zeros((batch_size,), dtype=tf.int32), self._alignments_size, dtype=dtype)


def _prepare_memory(memory: Any, memory_sequence_length: Any = None, check_inner_dims_defined: bool = True) -> Any:
    """The memory as tensors, zero past its length; ValueError for sizes that are not known, if they are checked."""
    memory = nest.map_structure(lambda m: tf.convert_to_tensor(m, name="memory"), memory)
    if memory_sequence_length is not None:
        memory_sequence_length = tf.convert_to_tensor(memory_sequence_length, name="memory_sequence_length")
    if check_inner_dims_defined:
        for m in nest.flatten(memory):
            if not m.get_shape()[2:].is_fully_defined():
                raise ValueError(
                    f"Expected memory {m.name} to have fully defined inner dims, but saw shape: {m.get_shape()}"
                )
    if memory_sequence_length is None:
        return memory
    first = nest.flatten(memory)[0]
    mask = tf.sequence_mask(memory_sequence_length, maxlen=tf.shape(first)[1], dtype=first.dtype)

    def masked(m: Any) -> Any:
        rank = m.get_shape().ndims if m.get_shape().ndims is not None else tf.rank(m)
        return m * tf.reshape(mask, tf.concat((tf.shape(mask), tf.ones(rank - 2, dtype=tf.int32)), 0))

    return nest.map_structure(masked, memory)


def _maybe_mask_score(score: Any, memory_sequence_length: Any = None, score_mask_value: Any = None) -> Any:
    """The score ``[batch, time]``, replaced past the length of the memory."""
    if memory_sequence_length is None:
        return score
    message = "All values in memory_sequence_length must be greater than zero."
    with tf.control_dependencies([tf.assert_positive(memory_sequence_length, message=message)]):
        mask = tf.sequence_mask(memory_sequence_length, maxlen=tf.shape(score)[1])
    return tf.where(mask, score, score_mask_value * tf.ones_like(score))
