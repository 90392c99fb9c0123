"""Beams from the ids and parents of every step.

In TensorFlow 1.15 ``gather_tree`` was an operation of its own (contrib/seq2seq/kernels/beam_search_ops.cc). `gather_tree_from_array`
is adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/beam_search_decoder.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["gather_tree", "gather_tree_from_array"]


def gather_tree(
    step_ids: Any, parent_ids: Any, max_sequence_lengths: Any, end_token: Any, name: str | None = None
) -> Any:
    """Follow every beam from its last step to its first.

    Args:
      step_ids: int32 ``[time, batch, beams]``, the id that each beam added at each step.
      parent_ids: like ``step_ids``, the beam of the step before that each beam continued.
      max_sequence_lengths: int32 ``[batch]``; beams are followed from their last step before it.
      end_token: int32 scalar; fills beams past the length, and past the first end token in them.
      name: of the operations.

    Returns:
      int32 ``[time, batch, beams]``, the ids of whole beams.

    Raises:
      ValueError: shapes that do not fit.
      tf.errors.InvalidArgumentError: when run, a beam with a parent that does not exist. (On a GPU, 1.15 gave -1 for it.)
    """
    with tf.name_scope(name, "GatherTree", [step_ids, parent_ids, max_sequence_lengths, end_token]):
        step_ids = tf.ensure_shape(tf.convert_to_tensor(step_ids, tf.int32, name="step_ids"), [None, None, None])
        parent_ids = tf.convert_to_tensor(parent_ids, tf.int32, name="parent_ids")
        shape = step_ids.get_shape().merge_with(parent_ids.get_shape())
        lengths = tf.convert_to_tensor(max_sequence_lengths, tf.int32, name="max_sequence_lengths")
        lengths.get_shape().assert_is_compatible_with([shape[1]])
        end_token = tf.ensure_shape(tf.convert_to_tensor(end_token, tf.int32, name="end_token"), [])
        time = tf.shape(step_ids)[0]
        in_bounds = tf.transpose(tf.sequence_mask(lengths, maxlen=time))[:, :, None]
        ancestors = _ancestors(parent_ids, in_bounds)
        beams = tf.where_v2(in_bounds, tf.gather(step_ids, ancestors, batch_dims=2), end_token)
        ends = tf.cumsum(tf.cast(tf.equal(beams, end_token), tf.int32), axis=0, exclusive=True)
        found = tf.where_v2(ends > 0, end_token, beams)
        found.set_shape(shape)
        return found


def _ancestors(parent_ids: Any, in_bounds: Any) -> Any:
    """The beam at each step that each last beam goes back to; past the length, the beam itself."""
    time, batch_size, beam_width = (tf.shape(parent_ids)[i] for i in range(3))
    itself = tf.tile(tf.range(beam_width)[None], [batch_size, 1])
    # one more than there are steps: an array is never empty, and the last step has something to come from
    array = tf.TensorArray(tf.int32, size=time + 1, clear_after_read=False).write(time, itself)
    parents = tf.concat([tf.where_v2(in_bounds, parent_ids, itself[None]), itself[None]], 0)

    def step_back(t: Any, later: Any, array: Any) -> tuple[Any, Any, Any]:
        last = tf.greater_equal(t + 1, time)
        here = tf.cond(last, lambda: itself, lambda: tf.gather(parents[t + 1], later, batch_dims=1))
        return t - 1, here, array.write(t, here)

    shape = tf.TensorShape([None, None])
    _, _, array = tf.while_loop(
        lambda t, *_: t >= 0, step_back, (time - 1, tf.ensure_shape(itself, shape), array), back_prop=False
    )
    found = array.stack()[:time]
    valid = tf.reduce_all(tf.logical_and(found >= 0, found < beam_width))
    with tf.control_dependencies([tf.Assert(valid, ["Saw invalid parent id", found])]):
        return tf.identity(found)


def gather_tree_from_array(t: Any, parent_ids: Any, sequence_length: Any) -> Any:
    """What an array kept of each beam, sorted into whole beams.

    Args:
      t: a stacked array ``[time, batch, beams, …]`` or ``[time, batch * beams, …]``.
      parent_ids: int32 ``[time, batch, beams]``.
      sequence_length: ``[batch, beams]``; later steps stay where they are.

    Returns:
      A tensor like ``t``.
    """
    max_time, batch_size, beam_width = (
        tf.dimension_value(parent_ids.shape.dims[i]) or tf.shape(parent_ids)[i] for i in range(3)
    )
    beam_ids = tf.tile(tf.range(beam_width)[None, None], [max_time, batch_size, 1])
    sorted_beam_ids = gather_tree(
        step_ids=beam_ids,
        parent_ids=parent_ids,
        max_sequence_lengths=tf.cast(tf.reduce_max(sequence_length, axis=1), tf.int32),
        end_token=beam_width + 1,
    )
    in_bound_steps = tf.transpose(tf.sequence_mask(sequence_length, maxlen=max_time), perm=[2, 0, 1])
    sorted_beam_ids = tf.where(in_bound_steps, x=sorted_beam_ids, y=beam_ids)
    gathered = tf.gather(tf.reshape(t, [max_time, batch_size, beam_width, -1]), sorted_beam_ids, batch_dims=2)
    return tf.reshape(gathered, tf.shape(t))
