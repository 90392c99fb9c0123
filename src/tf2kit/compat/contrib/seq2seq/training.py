"""The helper that reads given inputs.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/helper.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .decoder import _transpose_batch_time
from .helper_base import Helper

__all__ = ["TrainingHelper", "_unstack_ta"]


def _unstack_ta(inp: Any) -> Any:
    """An array with the steps of a time-major tensor."""
    array = tf.TensorArray(dtype=inp.dtype, size=tf.shape(inp)[0], element_shape=inp.get_shape()[1:])
    return array.unstack(inp)


class TrainingHelper(Helper):
    """Reads ``inputs`` ``[batch, time, …]``; ids are the argmax of outputs.

    Args:
      sequence_length: int ``[batch]``.
      time_major: ``inputs`` are ``[time, batch, …]``.

    Raises:
      ValueError: ``sequence_length`` is not a vector.
    """

    def __init__(self, inputs: Any, sequence_length: Any, time_major: bool = False, name: str | None = None) -> None:
        with tf.name_scope(name, "TrainingHelper", [inputs, sequence_length]):
            inputs = tf.convert_to_tensor(inputs, name="inputs")
            self._inputs = inputs
            if not time_major:
                inputs = _transpose_batch_time(inputs)
            self._input_tas = _unstack_ta(inputs)
            self._sequence_length = tf.convert_to_tensor(sequence_length, name="sequence_length")
            shape = self._sequence_length.get_shape()
            if shape.ndims != 1:
                raise ValueError(f"Expected sequence_length to be a vector, but received shape: {shape}")
            self._zero_inputs = tf.zeros_like(inputs[0, :])
            self._batch_size = tf.size(sequence_length)

    @property
    def inputs(self) -> Any:
        """The inputs, as they were given."""
        return self._inputs

    @property
    def sequence_length(self) -> Any:
        """The lengths ``[batch]``."""
        return self._sequence_length

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

    def initialize(self, name: str | None = None) -> Any:
        """``(finished, inputs)`` before the first step."""
        with tf.name_scope(name, "TrainingHelperInitialize"):
            finished = tf.equal(0, self._sequence_length)
            return finished, self._read(0, tf.reduce_all(finished))

    def sample(self, time: Any, outputs: Any, name: str | None = None, **unused_kwargs: Any) -> Any:  # type: ignore[override]  # noqa: ARG002
        """The argmax of the outputs."""
        with tf.name_scope(name, "TrainingHelperSample", [time, outputs]):
            return tf.cast(tf.argmax(outputs, axis=-1), tf.int32)

    def next_inputs(  # type: ignore[override]
        self,
        time: Any,
        outputs: Any,
        state: Any,
        name: str | None = None,
        **unused_kwargs: Any,  # noqa: ARG002
    ) -> Any:
        """``(finished, next_inputs, state)``: zeros once all sequences are finished."""
        with tf.name_scope(name, "TrainingHelperNextInputs", [time, outputs, state]):
            next_time = time + 1
            finished = next_time >= self._sequence_length
            return finished, self._read(next_time, tf.reduce_all(finished)), state

    def _read(self, time: Any, all_finished: Any) -> Any:
        return tf.cond(all_finished, lambda: self._zero_inputs, lambda: self._input_tas.read(time))
