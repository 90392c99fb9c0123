"""Connected components of images: an operation of tf.contrib.image, written as a loop in the graph."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["connected_components"]


def connected_components(images: Any) -> Any:
    """int32 ids of the components of equal, non-zero pixels that touch at their sides.

    Ids count from 1 in the order of first pixels, through the whole batch; zero pixels have the id 0.

    Args:
      images: ``[rows, columns]`` or ``[n, rows, columns]``, usually bool.

    Raises:
      TypeError: another rank.
    """
    with tf.name_scope("connected_components"):
        given = tf.convert_to_tensor(images, name="images")
        rank = len(given.get_shape())
        if rank not in (2, 3):
            raise TypeError(f"images should have rank 2 (HW) or 3 (NHW). Static shape is {given.get_shape()}")
        batch = given[None] if rank == 2 else given
        colored = tf.not_equal(batch, tf.zeros_like(batch))
        own = tf.reshape(tf.range(tf.size(batch)), tf.shape(batch))
        first = _first_pixels(batch, colored, own)
        starts = tf.cast(tf.reshape(colored & tf.equal(first, own), [-1]), tf.int32)
        ids = tf.where(colored, tf.gather(tf.cumsum(starts), first), tf.zeros_like(first))
        ids.set_shape(batch.get_shape())
        return ids[0] if rank == 2 else ids


def _first_pixels(images: Any, colored: Any, own: Any) -> Any:
    """For each pixel the lowest index in its component: indices travel to neighbors, and along them, until nothing changes."""
    above, below = [[0, 0], [1, 0], [0, 0]], [[0, 0], [0, 1], [0, 0]]
    before, behind = [[0, 0], [0, 0], [1, 0]], [[0, 0], [0, 0], [0, 1]]
    rows = tf.equal(images[:, 1:], images[:, :-1]) & colored[:, 1:]
    columns = tf.equal(images[:, :, 1:], images[:, :, :-1]) & colored[:, :, 1:]
    none = tf.int32.max

    def spread(first: Any, _: Any) -> tuple[Any, Any]:
        up = tf.where(rows, tf.minimum(first[:, 1:], first[:, :-1]), tf.fill(tf.shape(rows), none))
        left = tf.where(columns, tf.minimum(first[:, :, 1:], first[:, :, :-1]), tf.fill(tf.shape(columns), none))
        found = [tf.pad(up, where, constant_values=none) for where in (above, below)]
        found += [tf.pad(left, where, constant_values=none) for where in (before, behind)]
        lowest = tf.reduce_min(tf.stack([first, *found]), 0)
        lowest = tf.gather(tf.reshape(lowest, [-1]), lowest)
        return lowest, tf.reduce_any(tf.not_equal(lowest, first))

    any_shape = tf.TensorShape([None, None, None])
    shapes = [any_shape, tf.TensorShape([])]
    first, _ = tf.while_loop(lambda _, changed: changed, spread, [own, tf.constant(True)], shapes, back_prop=False)
    return first
