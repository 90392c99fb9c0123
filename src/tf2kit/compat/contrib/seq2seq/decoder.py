"""The interface of decoders, and the loop that runs one.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/decoder.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import abc
import contextlib
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import control_flow_util
from tensorflow.python.ops.rnn import _transpose_batch_time
from tensorflow.python.util import nest
from tf_keras.src.layers.rnn.legacy_cells import _zero_state_tensors

__all__ = ["Decoder", "_create_zero_outputs", "_transpose_batch_time", "dynamic_decode"]


class Decoder(abc.ABC):
    """What `dynamic_decode` runs: `initialize` once, `step` in the loop, `finalize` at the end.

    Inputs, states and outputs are tensors or nested structures of them.
    """

    @property
    def batch_size(self) -> Any:
        """Number of sequences."""
        raise NotImplementedError

    @property
    def output_size(self) -> Any:
        """Shapes of one step's outputs without the batch, as nested as the outputs."""
        raise NotImplementedError

    @property
    def output_dtype(self) -> Any:
        """Types of the outputs, as nested as the outputs."""
        raise NotImplementedError

    @abc.abstractmethod
    def initialize(self, name: str | None = None) -> Any:
        """``(finished, inputs, state)`` before the first step; ``finished`` is bool ``[batch]``."""
        raise NotImplementedError

    @abc.abstractmethod
    def step(self, time: Any, inputs: Any, state: Any, name: str | None = None) -> Any:
        """``(outputs, next_state, next_inputs, finished)`` of one step; ``time`` is an int32 scalar."""
        raise NotImplementedError

    def finalize(self, outputs: Any, final_state: Any, sequence_lengths: Any) -> Any:
        """``(outputs, state)`` made of those of all steps; without this method they stay as they are."""
        raise NotImplementedError

    @property
    def tracks_own_finished(self) -> bool:
        """Whether `step` says for all sequences that they are finished, also for those that were before.

        True for a decoder that shuffles sequences between steps, like beam search.
        """
        return False


def _create_zero_outputs(size: Any, dtype: Any, batch_size: Any) -> Any:
    return nest.map_structure(lambda s, d: _zero_state_tensors(s, batch_size, d), size, dtype)


def dynamic_decode(
    decoder: Decoder,
    output_time_major: bool = False,
    impute_finished: bool = False,
    maximum_iterations: Any = None,
    parallel_iterations: int = 32,
    swap_memory: bool = False,
    scope: Any = None,
    **kwargs: Any,  # noqa: ARG001
) -> tuple[Any, Any, Any]:
    """Decode until all sequences are finished.

    Args:
      decoder: a `Decoder`.
      output_time_major: outputs ``[time, batch, …]`` instead of ``[batch, time, …]``; saves a transposition.
      impute_finished: after its end a sequence keeps its state and puts out zeros.
      maximum_iterations: int32 scalar, the largest number of steps.
      parallel_iterations: passed to ``tf.while_loop``.
      swap_memory: passed to ``tf.while_loop``.
      scope: variable scope, ``decoder`` if None.
      **kwargs: ignored, as 1.15 did for a `Decoder`.

    Returns:
      ``(outputs, state, lengths)``, the lengths int32 and shaped like ``finished``.

    Raises:
      TypeError: ``decoder`` is not a `Decoder`.
      ValueError: ``maximum_iterations`` is not a scalar, or is missing where XLA needs it.
    """
    if not isinstance(decoder, Decoder):
        raise TypeError(f"Expected decoder to be type Decoder, but saw: {type(decoder)}")
    with tf.variable_scope(scope, "decoder") as varscope:
        context = tf.get_default_graph()._get_control_flow_context()
        _cache_variables(varscope, context)
        limit = _limit(maximum_iterations)
        finished, inputs, state = decoder.initialize()
        zero_outputs = _create_zero_outputs(decoder.output_size, decoder.output_dtype, decoder.batch_size)
        in_xla = control_flow_util.GetContainingXLAContext(context) is not None
        if in_xla and limit is None:
            raise ValueError("maximum_iterations is required for XLA compilation.")
        if limit is not None:
            finished = tf.logical_or(finished, limit <= 0)
        lengths = tf.zeros_like(finished, dtype=tf.int32)
        arrays = _output_arrays(decoder, limit if in_xla else None)
        _, arrays, state, _, _, lengths = tf.while_loop(
            lambda *variables: tf.logical_not(tf.reduce_all(variables[4])),
            _Body(decoder, zero_outputs if impute_finished else None),
            loop_vars=(tf.constant(0, dtype=tf.int32), arrays, state, inputs, finished, lengths),
            parallel_iterations=parallel_iterations,
            maximum_iterations=limit,
            swap_memory=swap_memory,
        )
        outputs = nest.map_structure(lambda ta: ta.stack(), arrays)
        with contextlib.suppress(NotImplementedError):
            outputs, state = decoder.finalize(outputs, state, lengths)
        if not output_time_major:
            outputs = nest.map_structure(_transpose_batch_time, outputs)
    return outputs, state, lengths


class _Body:
    """One turn of the loop; ``zero_outputs`` are what finished sequences put out, None leaves outputs and states alone."""

    def __init__(self, decoder: Decoder, zero_outputs: Any) -> None:
        self._decoder = decoder
        self._zero_outputs = zero_outputs

    def __call__(self, time: Any, arrays: Any, state: Any, inputs: Any, finished: Any, lengths: Any) -> tuple[Any, ...]:
        outputs, next_state, next_inputs, next_finished = self._decoder.step(time, inputs, state)
        if not self._decoder.tracks_own_finished:
            next_finished = tf.logical_or(next_finished, finished)
        next_lengths = tf.where(tf.logical_not(finished), tf.fill(tf.shape(lengths), time + 1), lengths)
        nest.assert_same_structure(state, next_state)
        nest.assert_same_structure(arrays, outputs)
        nest.assert_same_structure(inputs, next_inputs)
        if self._zero_outputs is not None:
            outputs = nest.map_structure(lambda out, zero: tf.where(finished, zero, out), outputs, self._zero_outputs)
            next_state = nest.map_structure(lambda new, old: _kept(new, old, finished), next_state, state)
        arrays = nest.map_structure(lambda ta, out: ta.write(time, out), arrays, outputs)
        return time + 1, arrays, next_state, next_inputs, next_finished, next_lengths


def _kept(new: Any, old: Any, finished: Any) -> Any:
    """The old state of finished sequences; arrays and scalars are common to all sequences and go on."""
    if isinstance(old, tf.TensorArray):
        return new
    new.set_shape(old.shape)
    return new if new.shape.ndims == 0 else tf.where(finished, old, new)


def _cache_variables(varscope: tf.VariableScope, context: Any) -> None:
    """Read variables once, before the loop; not inside of another loop, which may have training steps that change them."""
    in_loop = control_flow_util.GetContainingWhileContext(context) is not None
    if not in_loop and varscope.caching_device is None:
        varscope.set_caching_device(lambda op: op.device)


def _limit(maximum_iterations: Any) -> Any:
    if maximum_iterations is None:
        return None
    limit = tf.convert_to_tensor(maximum_iterations, dtype=tf.int32, name="maximum_iterations")
    if limit.get_shape().ndims != 0:
        raise ValueError("maximum_iterations must be a scalar")
    return limit


def _output_arrays(decoder: Decoder, size: Any) -> Any:
    """Arrays for the outputs of the steps; they grow unless there is a size."""

    def element_shape(shape: Any) -> Any:
        if not isinstance(shape, tf.TensorShape) or shape.ndims == 0:
            return None
        batch_size = tf.get_static_value(tf.convert_to_tensor(decoder.batch_size, name="batch_size"))
        return tf.TensorShape([batch_size]).concatenate(shape)

    def array(shape: Any, dtype: Any) -> Any:
        dynamic = size is None
        return tf.TensorArray(
            dtype, size=0 if dynamic else size, dynamic_size=dynamic, element_shape=element_shape(shape)
        )

    return nest.map_structure(array, decoder.output_size, decoder.output_dtype)
