"""Helpers that feed what was decoded back in.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/helper.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from .helper_base import Helper, embedding_function
from .sampling import categorical_sample

__all__ = ["GreedyEmbeddingHelper", "InferenceHelper", "SampleEmbeddingHelper"]


class GreedyEmbeddingHelper(Helper):
    """Embeds the argmax of the outputs.

    Args:
      embedding: a function of ids, or the ``params`` of ``tf.nn.embedding_lookup``.
      start_tokens: int32 ``[batch]``.
      end_token: int32 scalar.

    Raises:
      ValueError: other ranks.
    """

    def __init__(self, embedding: Any, start_tokens: Any, end_token: Any) -> None:
        self._embedding_fn = embedding_function(embedding)
        self._start_tokens = tf.convert_to_tensor(start_tokens, dtype=tf.int32, name="start_tokens")
        self._end_token = tf.convert_to_tensor(end_token, dtype=tf.int32, name="end_token")
        if self._start_tokens.get_shape().ndims != 1:
            raise ValueError("start_tokens must be a vector")
        self._batch_size = tf.size(start_tokens)
        if self._end_token.get_shape().ndims != 0:
            raise ValueError("end_token must be a scalar")
        self._start_inputs = self._embedding_fn(self._start_tokens)

    @property
    def batch_size(self) -> Any:
        """Number of sequences."""
        return self._batch_size

    @property
    def sample_ids_shape(self) -> Any:
        """Scalars."""
        return tf.TensorShape([])

    @property
    def sample_ids_dtype(self) -> Any:
        """Type of the ids."""
        return tf.int32

    def initialize(self, name: str | None = None) -> Any:  # noqa: ARG002
        """``(finished, inputs)`` before the first step."""
        return tf.tile([False], [self._batch_size]), self._start_inputs

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:  # noqa: ARG002
        """The argmax of logits ``[batch, symbols]``; TypeError for nested outputs."""
        return tf.argmax(_single(outputs), axis=-1, output_type=tf.int32)

    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> Any:  # noqa: ARG002
        """``(finished, next_inputs, state)``."""
        finished = tf.equal(sample_ids, self._end_token)
        next_inputs = tf.cond(
            tf.reduce_all(finished),
            lambda: self._start_inputs,  # any value will do
            lambda: self._embedding_fn(sample_ids),
        )
        return finished, next_inputs, state


class SampleEmbeddingHelper(GreedyEmbeddingHelper):
    """Embeds samples drawn from the outputs.

    Args:
      embedding: as `GreedyEmbeddingHelper`, like the two after it.
      softmax_temperature: logits are divided by it; above 1 samples are more random. 1 if None.
      seed: of the samples.
    """

    def __init__(
        self,
        embedding: Any,
        start_tokens: Any,
        end_token: Any,
        softmax_temperature: Any = None,
        seed: int | None = None,
    ) -> None:
        super().__init__(embedding, start_tokens, end_token)
        self._softmax_temperature = softmax_temperature
        self._seed = seed

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:  # noqa: ARG002
        """Ids drawn from logits ``[batch, symbols]``; TypeError for nested outputs."""
        logits = _single(outputs)
        if self._softmax_temperature is not None:
            logits = logits / self._softmax_temperature
        return categorical_sample(logits=logits, seed=self._seed)


class InferenceHelper(Helper):
    """Feeds what a function samples back in.

    Args:
      sample_fn: of outputs: gives samples.
      sample_shape: of a sample, without the batch.
      sample_dtype: of samples.
      start_inputs: ``[batch, …]``.
      end_fn: of samples: gives bool ``[batch]``.
      next_inputs_fn: of samples: gives the next inputs; samples themselves if None.
    """

    def __init__(
        self,
        sample_fn: Callable[[Any], Any],
        sample_shape: Any,
        sample_dtype: Any,
        start_inputs: Any,
        end_fn: Callable[[Any], Any],
        next_inputs_fn: Callable[[Any], Any] | None = None,
    ) -> None:
        self._sample_fn = sample_fn
        self._end_fn = end_fn
        self._sample_shape = tf.TensorShape(sample_shape)
        self._sample_dtype = sample_dtype
        self._next_inputs_fn = next_inputs_fn
        self._batch_size = tf.shape(start_inputs)[0]
        self._start_inputs = tf.convert_to_tensor(start_inputs, name="start_inputs")

    @property
    def batch_size(self) -> Any:
        """Number of sequences."""
        return self._batch_size

    @property
    def sample_ids_shape(self) -> Any:
        """Shape of a sample."""
        return self._sample_shape

    @property
    def sample_ids_dtype(self) -> Any:
        """Type of samples."""
        return self._sample_dtype

    def initialize(self, name: str | None = None) -> Any:  # noqa: ARG002
        """``(finished, inputs)`` before the first step."""
        return tf.tile([False], [self._batch_size]), self._start_inputs

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:  # noqa: ARG002
        """Samples for the outputs of a step."""
        return self._sample_fn(outputs)

    def next_inputs(self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None) -> Any:  # noqa: ARG002
        """``(finished, next_inputs, state)``."""
        next_inputs = sample_ids if self._next_inputs_fn is None else self._next_inputs_fn(sample_ids)
        return self._end_fn(sample_ids), next_inputs, state


def _single(outputs: Any) -> Any:
    if not isinstance(outputs, tf.Tensor):
        raise TypeError(f"Expected outputs to be a single Tensor, got: {type(outputs)}")
    return outputs
