"""Beams as a dimension of their own, and as part of the batch.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/beam_search_decoder.py, Copyright 2017 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest

from .tree import gather_tree_from_array

_HINT = "Consider setting reorder_tensor_arrays to False to disable TensorArray reordering during the beam search."


def tile_batch(t: Any, multiplier: int, name: str | None = None) -> Any:
    """``[batch, …]`` tensors, nested or not, as ``[batch * multiplier, …]``: each row ``multiplier`` times, one after the other.

    Raises:
      ValueError: an unknown rank, or a scalar.
    """
    with tf.name_scope(name, "tile_batch", [*nest.flatten(t), multiplier]):
        return nest.map_structure(lambda t_: _tile_batch(t_, multiplier), t)


def _tile_batch(t: Any, multiplier: int) -> Any:
    t = tf.convert_to_tensor(t, name="t")
    shape = tf.shape(t)
    if t.shape.ndims is None or t.shape.ndims < 1:
        raise ValueError("t must have statically known rank")
    batch_size = tf.dimension_value(t.shape[0])
    tiled = tf.tile(tf.expand_dims(t, 1), [1, multiplier] + [1] * (t.shape.ndims - 1))
    tiled = tf.reshape(tiled, tf.concat(([shape[0] * multiplier], shape[1:]), 0))
    static = None if batch_size is None else batch_size * multiplier
    tiled.set_shape(tf.TensorShape([static]).concatenate(t.shape[1:]))
    return tiled


class Beams:
    """Splits ``[batch * beams, …]`` into ``[batch, beams, …]`` and merges it again, for decoders of ``beam_width`` beams."""

    def __init__(self, batch_size: Any, beam_width: int) -> None:
        self._batch_size = batch_size
        self._beam_width = beam_width

    def _merge_batch_beams(self, t: Any, s: Any = None) -> Any:
        """``[batch, beams, …]`` as ``[batch * beams, …]``; ``s`` is what is known of the other sizes."""
        batch_size = tf.get_static_value(self._batch_size)
        merged = tf.reshape(t, tf.concat(([self._batch_size * self._beam_width], tf.shape(t)[2:]), 0))
        static = None if batch_size is None else batch_size * self._beam_width
        merged.set_shape(tf.TensorShape([static]).concatenate(_known(s)))
        return merged

    def _split_batch_beams(self, t: Any, s: Any = None) -> Any:
        """``[batch * beams, …]`` as ``[batch, beams, …]``; ValueError if known sizes do not allow it."""
        split = tf.reshape(t, tf.concat(([self._batch_size, self._beam_width], tf.shape(t)[1:]), 0))
        batch_size = tf.get_static_value(self._batch_size)
        expected = tf.TensorShape([batch_size, self._beam_width]).concatenate(_known(s))
        if not split.shape.is_compatible_with(expected):
            raise ValueError(
                "Unexpected behavior when reshaping between beam width and batch size.  The reshaped tensor has shape: "
                f"{split.shape}.  We expected it to have shape (batch_size, beam_width, depth) == {expected}.  Perhaps "
                "you forgot to create a zero_state with batch_size=encoder_batch_size * beam_width?"
            )
        split.set_shape(expected)
        return split

    def _maybe_split_batch_beams(self, t: Any, s: Any) -> Any:
        """Scalars and TensorArrays stay as they are; ValueError for an unknown rank."""
        if isinstance(t, tf.TensorArray):
            return t
        _check_ndims(t)
        return self._split_batch_beams(t, s) if t.shape.ndims >= 1 else t

    def _maybe_merge_batch_beams(self, t: Any, s: Any) -> Any:
        """Scalars and TensorArrays stay as they are; ValueError for an unknown rank."""
        if isinstance(t, tf.TensorArray):
            return t
        _check_ndims(t)
        return self._merge_batch_beams(t, s) if t.shape.ndims >= 2 else t

    def _maybe_sort_array_beams(self, t: Any, parent_ids: Any, sequence_length: Any) -> Any:
        """A TensorArray as a tensor, with every step's beams in the order of the last ones; or as it is, with a warning."""
        if not isinstance(t, tf.TensorArray):
            return t
        shape = t.element_shape
        if shape.ndims is None or shape.ndims < 1:
            tf.logging.warn(
                f"The TensorArray {t.handle.name} in the cell state is not amenable to sorting based on the beam search "
                "result. For a TensorArray to be sorted, its elements shape must be defined and have at least a rank of "
                f"1, but saw shape: {shape}"
            )
            return t
        if not self._may_be_beams(shape):
            return t
        stacked = t.stack()
        with tf.control_dependencies([self._assert_beams(stacked)]):
            return gather_tree_from_array(stacked, parent_ids, sequence_length)

    def _may_be_beams(self, shape: Any) -> bool:
        """Whether elements of this shape can be ``[batch, beams, -1]``, from what is known; a warning if not."""
        batch_size, beams = tf.get_static_value(self._batch_size), self._beam_width
        first = tf.dimension_value(shape[0])
        second = tf.dimension_value(shape[1]) if shape.ndims >= 2 else None
        # as 1.15: [batch * beams, n] of known sizes is refused as well
        if (
            batch_size is not None
            and first is not None
            and (first != batch_size * beams or (second is not None and (first, second) != (batch_size, beams)))
        ):
            tf.logging.warn(
                f"TensorArray reordering expects elements to be reshapable to {tf.TensorShape([batch_size, beams, None])} "
                f"which is incompatible with the current shape {shape}. {_HINT}"
            )
            return False
        return True

    def _assert_beams(self, t: Any) -> Any:
        shape = tf.shape(t)
        fits = tf.equal(shape[1], self._batch_size * self._beam_width)
        if t.shape.ndims != 2:
            split = tf.logical_and(tf.equal(shape[1], self._batch_size), tf.equal(shape[2], self._beam_width))
            fits = tf.logical_or(fits, split)
        message = (
            "TensorArray reordering expects elements to be reshapable to [batch_size, beam_size, -1] which is "
            f"incompatible with the dynamic shape of {t.name} elements. {_HINT}"
        )
        return tf.Assert(fits, [message])


def _known(s: Any) -> Any:
    return tf.TensorShape(tf.get_static_value(s) if isinstance(s, tf.Tensor) else s)


def _check_ndims(t: Any) -> None:
    if t.shape.ndims is None:
        raise ValueError(f"Expected tensor ({t}) to have known rank, but ndims == None.")


def _maybe_tensor_gather_helper(
    gather_indices: Any, gather_from: Any, batch_size: Any, range_size: Any, gather_shape: list[Any]
) -> Any:
    """`_tensor_gather_helper` for tensors of at least the rank of ``gather_shape``; others, and TensorArrays, stay as they are."""
    if isinstance(gather_from, tf.TensorArray):
        return gather_from
    _check_ndims(gather_from)
    if gather_from.shape.ndims < len(gather_shape):
        return gather_from
    return _tensor_gather_helper(gather_indices, gather_from, batch_size, range_size, gather_shape)


def _tensor_gather_helper(
    gather_indices: Any,
    gather_from: Any,
    batch_size: Any,
    range_size: Any,
    gather_shape: list[Any],
    name: str | None = None,
) -> Any:
    """Rows of each sequence by index.

    Args:
      gather_indices: ``[batch, n]``.
      gather_from: ``[batch, …]``.
      batch_size: number of sequences.
      range_size: number of rows of each sequence.
      gather_shape: of ``gather_from`` with all rows in one dimension: ``[-1]``, or ``[batch * beams, -1]`` to keep what is after them.
      name: of the operations.
    """
    with tf.name_scope(name, "tensor_gather_helper"):
        offsets = tf.expand_dims(tf.range(batch_size) * range_size, 1)
        indices = tf.reshape(gather_indices + offsets, [-1])
        output = tf.gather(tf.reshape(gather_from, gather_shape), indices)
        rank = 1 + len(gather_shape)
        output = tf.reshape(output, tf.shape(gather_from)[:rank], name="output")
        output.set_shape(tf.TensorShape([tf.get_static_value(batch_size)]).concatenate(gather_from.shape[1:rank]))
        return output
