"""The interface of helpers, and the one that is made of functions.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/helper.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import abc
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["CustomHelper", "Helper", "embedding_function"]


class Helper(abc.ABC):
    """Chooses ids and next inputs for a `BasicDecoder`."""

    @property
    @abc.abstractmethod
    def batch_size(self) -> Any:
        """Number of sequences, an int32 scalar."""
        raise NotImplementedError("batch_size has not been implemented")

    @property
    @abc.abstractmethod
    def sample_ids_shape(self) -> Any:
        """Shape of the ids without the batch."""
        raise NotImplementedError("sample_ids_shape has not been implemented")

    @property
    @abc.abstractmethod
    def sample_ids_dtype(self) -> Any:
        """Type of the ids."""
        raise NotImplementedError("sample_ids_dtype has not been implemented")

    @abc.abstractmethod
    def initialize(self, name: str | None = None) -> Any:
        """``(finished, inputs)`` before the first step."""

    @abc.abstractmethod
    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Ids for the outputs of a step."""

    @abc.abstractmethod
    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> Any:
        """``(finished, next_inputs, next_state)`` after a step."""


class CustomHelper(Helper):
    """A helper made of functions.

    Args:
      initialize_fn: gives ``(finished, inputs)``.
      sample_fn: of ``time``, ``outputs``, ``state``: gives ids.
      next_inputs_fn: of ``time``, ``outputs``, ``state``, ``sample_ids``: gives ``(finished, next_inputs, next_state)``.
      sample_ids_shape: of the ids without the batch; scalars if None.
      sample_ids_dtype: int32 if None.
    """

    def __init__(
        self,
        initialize_fn: Callable[[], Any],
        sample_fn: Callable[..., Any],
        next_inputs_fn: Callable[..., Any],
        sample_ids_shape: Any = None,
        sample_ids_dtype: Any = None,
    ) -> None:
        self._initialize_fn = initialize_fn
        self._sample_fn = sample_fn
        self._next_inputs_fn = next_inputs_fn
        self._batch_size: Any = None
        self._sample_ids_shape = tf.TensorShape(sample_ids_shape or [])
        self._sample_ids_dtype = sample_ids_dtype or tf.int32

    @property
    def batch_size(self) -> Any:
        """Number of sequences; ValueError before `initialize`."""
        if self._batch_size is None:
            raise ValueError("batch_size accessed before initialize was called")
        return self._batch_size

    @property
    def sample_ids_shape(self) -> Any:
        """Shape of the ids without the batch."""
        return self._sample_ids_shape

    @property
    def sample_ids_dtype(self) -> Any:
        """Type of the ids."""
        return self._sample_ids_dtype

    def initialize(self, name: str | None = None) -> Any:
        """``(finished, inputs)`` before the first step."""
        with tf.name_scope(name, f"{type(self).__name__}Initialize"):
            finished, next_inputs = self._initialize_fn()
            if self._batch_size is None:
                self._batch_size = tf.size(finished)
        return finished, next_inputs

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:
        """Ids for the outputs of a step."""
        with tf.name_scope(name, f"{type(self).__name__}Sample", (time, outputs, state)):
            return self._sample_fn(time=time, outputs=outputs, state=state)

    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> Any:
        """``(finished, next_inputs, next_state)`` after a step."""
        with tf.name_scope(name, f"{type(self).__name__}NextInputs", (time, outputs, state)):
            return self._next_inputs_fn(time=time, outputs=outputs, state=state, sample_ids=sample_ids)


def embedding_function(embedding: Any) -> Callable[[Any], Any]:
    """``embedding`` if it is a function of ids, else the look-up in it."""
    if callable(embedding):
        return embedding  # type: ignore[no-any-return]
    return lambda ids: tf.nn.embedding_lookup(embedding, ids)
