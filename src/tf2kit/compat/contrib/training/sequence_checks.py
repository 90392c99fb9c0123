"""Checks of shapes of sequences, made when they are known and else when they run.

Adapted from TensorFlow 1.15, contrib/training/python/training/sequence_queueing_state_saver.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["check_dimensions", "check_names", "check_rank", "check_shape", "checked_multiple"]


def check_names(kind: str, values: Any) -> None:
    """TypeError for what is no dictionary with names; ValueError for a name with a colon."""
    if not isinstance(values, Mapping):
        raise TypeError(f"{kind} must be a dict")
    for name in values:
        if not isinstance(name, str):
            raise TypeError(f"{kind} key must be string: {name}")
        if ":" in name:
            raise ValueError(f"{kind} key may not have a colon: '{name}'")


def checked_multiple(value: Any, multiple_of: int, message: str) -> Any:
    """Assertion that an integer scalar is a multiple, and not zero."""
    fits = tf.logical_and(tf.equal(tf.mod(value, multiple_of), 0), tf.not_equal(value, 0))
    text = [f"{message} should be a multiple of: ", tf.as_string(multiple_of), ", but saw value: ", tf.as_string(value)]
    return tf.Assert(fits, [tf.string_join([*text, ". Consider setting pad=True."])])


def check_rank(value: Any, rank: int) -> Any:
    """The tensor, with a rank; ValueError if it is known to have another one."""
    assertion = tf.Assert(tf.equal(rank, tf.rank(value)), [f"Rank of {value.name}: {rank} expected.", tf.shape(value)])
    with tf.control_dependencies([assertion]):
        checked = tf.identity(value, name="rank_checked")
    try:
        checked.set_shape(checked.get_shape().with_rank(rank))
    except ValueError as error:
        raise ValueError(f"Rank check failed for {value.name}: {error}") from None
    return checked


def check_shape(value: Any, expected: Any) -> Any:
    """The tensor, checked to have the shape that is the value of another tensor."""
    assertion = tf.Assert(
        tf.reduce_all(tf.equal(expected, tf.shape(value))), [f"Shape of {value.name}: ", expected, tf.shape(value)]
    )
    with tf.control_dependencies([assertion]):
        checked = tf.identity(value, name="shape_checked")
    known = tf.get_static_value(expected)
    if known is not None:
        try:
            checked.set_shape(checked.get_shape().merge_with([int(size) for size in known]))
        except ValueError as error:
            raise ValueError(f"Shape check failed for {value.name}: {error}") from None
    return checked


def check_dimensions(value: Any, sizes: Sequence[Any], label: str) -> Any:
    """The tensor, whose first dimensions have the given sizes (ints or tensors)."""
    known = value.get_shape().as_list()
    for dimension, size in enumerate(sizes):
        if not tf.is_tensor(size):
            known[dimension] = size
    try:
        value.set_shape(value.get_shape().merge_with(known))
    except ValueError as error:
        raise ValueError(f"Dimensions check failed for {label}: {error}") from None
    shape = tf.shape(value)
    checks = [
        tf.Assert(tf.equal(size, shape[d]), [f"Dimension {d} of tensor labeled {label} should be: ", size, shape])
        for d, size in enumerate(sizes)
    ]
    with tf.control_dependencies(checks):
        return tf.identity(value, name=f"dims_checked_{label}")
