"""Helpers that read given inputs at some steps and own outputs at others (https://arxiv.org/abs/1506.03099).

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/helper.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from .decoder import _transpose_batch_time
from .helper_base import embedding_function
from .sampling import bernoulli_sample, categorical_sample
from .training import TrainingHelper, _unstack_ta

__all__ = ["ScheduledEmbeddingTrainingHelper", "ScheduledOutputTrainingHelper"]


class ScheduledEmbeddingTrainingHelper(TrainingHelper):
    """Reads an id that it samples from the outputs with ``sampling_probability``, the given input otherwise.

    Ids are -1 where nothing was sampled.

    Args:
      embedding: a function of ids, or the ``params`` of ``tf.nn.embedding_lookup``.
      sampling_probability: scalar.
      seed: of the ids.
      scheduling_seed: of the choice between id and input.

    Raises:
      ValueError: a probability of another rank.
    """

    def __init__(
        self,
        inputs: Any,
        sequence_length: Any,
        embedding: Any,
        sampling_probability: Any,
        time_major: bool = False,
        seed: int | None = None,
        scheduling_seed: int | None = None,
        name: str | None = None,
    ) -> None:
        with tf.name_scope(name, "ScheduledEmbeddingSamplingWrapper", [embedding, sampling_probability]):
            self._embedding_fn = embedding_function(embedding)
            self._sampling_probability = _probability(sampling_probability)
            self._seed = seed
            self._scheduling_seed = scheduling_seed
            super().__init__(inputs=inputs, sequence_length=sequence_length, time_major=time_major, name=name)

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:  # type: ignore[override]
        """Ids, or -1."""
        with tf.name_scope(name, "ScheduledEmbeddingTrainingHelperSample", [time, outputs, state]):
            chosen = bernoulli_sample(
                probs=self._sampling_probability,
                dtype=tf.bool,
                sample_shape=self.batch_size,
                seed=self._scheduling_seed,
            )
            ids = categorical_sample(logits=outputs, seed=self._seed)
            return tf.where(chosen, ids, tf.fill([self.batch_size], -1))

    def next_inputs(  # type: ignore[override]
        self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> Any:
        """``(finished, next_inputs, state)``."""
        with tf.name_scope(name, "ScheduledEmbeddingTrainingHelperNextInputs", [time, outputs, state, sample_ids]):
            finished, given, state = super().next_inputs(time=time, outputs=outputs, state=state, name=name)
            next_inputs = tf.cond(
                tf.reduce_all(finished),
                lambda: given,
                lambda: _replaced(
                    given, sample_ids > -1, lambda where: self._embedding_fn(tf.gather_nd(sample_ids, where))
                ),
            )
            return finished, next_inputs, state


class ScheduledOutputTrainingHelper(TrainingHelper):
    """Reads its last output with ``sampling_probability``, the given input otherwise. Ids say which: True for the output.

    Args:
      sampling_probability: scalar.
      seed: of the choice.
      next_inputs_fn: applied to outputs before they are read.
      auxiliary_inputs: like ``inputs`` up to the last dimension; joined to what is read.

    Raises:
      ValueError: a probability of another rank.
    """

    def __init__(
        self,
        inputs: Any,
        sequence_length: Any,
        sampling_probability: Any,
        time_major: bool = False,
        seed: int | None = None,
        next_inputs_fn: Callable[[Any], Any] | None = None,
        auxiliary_inputs: Any = None,
        name: str | None = None,
    ) -> None:
        values = [inputs, auxiliary_inputs, sampling_probability]
        with tf.name_scope(name, "ScheduledOutputTrainingHelper", values):
            self._sampling_probability = _probability(sampling_probability)
            self._auxiliary_input_tas = None
            if auxiliary_inputs is not None:
                auxiliary = tf.convert_to_tensor(auxiliary_inputs, name="auxiliary_inputs")
                inputs = tf.concat((tf.convert_to_tensor(inputs, name="inputs"), auxiliary), -1)
                self._auxiliary_input_tas = _unstack_ta(auxiliary if time_major else _transpose_batch_time(auxiliary))
            self._seed = seed
            self._next_inputs_fn = next_inputs_fn
            super().__init__(inputs=inputs, sequence_length=sequence_length, time_major=time_major, name=name)

    def sample(self, time: Any, outputs: Any, state: Any, name: str | None = None) -> Any:  # type: ignore[override]
        """1 where the next input is the output, else 0."""
        with tf.name_scope(name, "ScheduledOutputTrainingHelperSample", [time, outputs, state]):
            return bernoulli_sample(probs=self._sampling_probability, sample_shape=self.batch_size, seed=self._seed)

    def next_inputs(  # type: ignore[override]
        self, time: Any, outputs: Any, state: Any, sample_ids: Any, name: str | None = None
    ) -> Any:
        """``(finished, next_inputs, state)``."""
        with tf.name_scope(name, "ScheduledOutputTrainingHelperNextInputs", [time, outputs, state, sample_ids]):
            finished, given, state = super().next_inputs(time=time, outputs=outputs, state=state, name=name)
            chosen = tf.cast(sample_ids, tf.bool)
            all_given = tf.logical_or(tf.reduce_all(finished), tf.logical_not(tf.reduce_any(chosen)))
            next_inputs = tf.cond(all_given, lambda: given, lambda: self._mixed(given, chosen, outputs, time + 1))
            return finished, next_inputs, state

    def _mixed(self, given: Any, chosen: Any, outputs: Any, next_time: Any) -> Any:
        if self._next_inputs_fn is None:
            return tf.where(chosen, self._with_auxiliary(outputs, next_time), given)
        function = self._next_inputs_fn
        return _replaced(
            given,
            chosen,
            lambda where: self._with_auxiliary(function(tf.gather_nd(outputs, where)), next_time, where),
        )

    def _with_auxiliary(self, outputs: Any, next_time: Any, where: Any = None) -> Any:
        if self._auxiliary_input_tas is None:
            return outputs
        auxiliary = self._auxiliary_input_tas.read(next_time)
        if where is not None:
            auxiliary = tf.gather_nd(auxiliary, where)
        return tf.concat((outputs, auxiliary), -1)


def _probability(value: Any) -> Any:
    probability = tf.convert_to_tensor(value, name="sampling_probability")
    shape = probability.get_shape()
    if shape.ndims not in (0, 1):
        raise ValueError(f"sampling_probability must be either a scalar or a vector. saw shape: {shape}")
    return probability


def _replaced(given: Any, chosen: Any, rows_at: Callable[[Any], Any]) -> Any:
    """``given`` with the chosen rows (bool ``[batch]``) replaced by ``rows_at(where)``, ``where`` their indices ``[n, 1]``."""
    where = tf.cast(tf.where(chosen), tf.int32)
    elsewhere = tf.cast(tf.where(tf.logical_not(chosen)), tf.int32)
    shape = tf.shape(given)
    kept = tf.gather_nd(given, elsewhere)
    return tf.scatter_nd(where, rows_at(where), shape) + tf.scatter_nd(elsewhere, kept, shape)
