"""Ops that LiteRT has no kernel for, and what is built in their place. What other targets lack too is in tf2kit.export.lower."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from tf2kit.export import lower
from tf2kit.export.lower.bodies import Node
from tf2kit.export.lower.einsum import einsum
from tf2kit.export.lower.ragged import ragged_to_tensor

from . import gradients

Tensors = Sequence[tf.Tensor]

# Numerator (odd powers) and denominator (even powers) of the rational function that Eigen and XLA use for float32: within 4e-7 of erf
_ERF_ABOVE = (-2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05,
              -7.34990630326855e-04, -2.95459980854025e-03, -1.60960333262415e-02)  # fmt: skip
_ERF_BELOW = (-1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03, -7.37332916720468e-03,
              -1.42647390514189e-02)  # fmt: skip


def erf(_: Node, inputs: Tensors) -> Tensors:
    """A quotient of polynomials between -4 and 4; beyond, erf is 1 to the last place of float32."""
    x = tf.clip_by_value(inputs[0], -4.0, 4.0)
    square = x * x
    return [x * tf.math.polyval(list(_ERF_ABOVE), square) / tf.math.polyval(list(_ERF_BELOW), square)]


def erfc(node: Node, inputs: Tensors) -> Tensors:
    """1 - erf(x)."""
    return [1 - erf(node, inputs)[0]]


def dense_bincount(node: Node, inputs: Tensors) -> Tensors | None:
    """How often each number occurs in a row: compared with all of them, and counted (or weighed, or only seen)."""
    numbers, size, weights = inputs
    count, plain = _bound(size), inputs[2].shape.num_elements() == 0
    if numbers.shape.rank not in (1, 2) or (count is None and (numbers.shape.rank != 1 or not plain)):
        return None
    if count is None:
        ones = tf.ones_like(numbers, weights.dtype)
        counts = _added_up(numbers, ones, size)
        return [tf.minimum(counts, 1) if node.attr["binary_output"].b else counts]
    hits = _hits(numbers, count, weights.dtype)
    if node.attr["binary_output"].b:
        return [tf.reduce_max(hits, axis=-2)]
    return [tf.reduce_sum(hits if plain else hits * weights[..., tf.newaxis], axis=-2)]


def ragged_bincount(node: Node, inputs: Tensors) -> Tensors | None:
    """The same for rows of different lengths: row i is what lies between the splits i and i + 1."""
    splits, numbers, size, weights = inputs
    count = _bound(size)
    if count is None:
        return None
    places = tf.range(tf.size(numbers, splits.dtype))
    rows = tf.reduce_sum(tf.cast(splits[tf.newaxis, 1:] <= places[:, tf.newaxis], tf.int32), axis=1)
    hits = _hits(numbers, count, weights.dtype)
    if weights.shape.num_elements() != 0 and not node.attr["binary_output"].b:
        hits = hits * weights[:, tf.newaxis]
    counts = tf.scatter_nd(rows[:, tf.newaxis], hits, tf.stack([tf.size(splits) - 1, count]))
    return [tf.minimum(counts, 1) if node.attr["binary_output"].b else counts]


def _hits(numbers: tf.Tensor, count: int, kind: tf.DType) -> tf.Tensor:
    return tf.cast(tf.equal(numbers[..., tf.newaxis], tf.range(count, dtype=numbers.dtype)), kind)


def _added_up(numbers: tf.Tensor, values: tf.Tensor, size: tf.Tensor) -> tf.Tensor:
    """The values of each number below `size`; those of others go into a place that is cut off."""
    size = tf.cast(size, numbers.dtype)
    made = tf.scatter_nd(tf.minimum(numbers, size)[:, tf.newaxis], values, tf.stack([size + 1]))
    return made[:-1]


def _bound(size: tf.Tensor) -> int | None:
    """A size that is known, or that Keras holds between equal bounds: min(maximum, max(minimum, largest number + 1))."""
    known = tf.get_static_value(size)
    if known is not None:
        return int(known)
    op = size.op
    if op.type in ("Cast", "Identity"):
        return _bound(op.inputs[0])
    bounds = [_bound(i) for i in op.inputs] if op.type in ("Minimum", "Maximum") else []
    upper = [b for b in bounds if b is not None]
    return upper[0] if op.type == "Minimum" and len(upper) == 1 else None


RULES: dict[str, lower.Rule] = {
    **gradients.RULES,
    **{op: rule for op, rule in lower.COMMON.items() if op != "Erfc"},  # the converter makes GELU of it
    "DenseBincount": dense_bincount,
    "Einsum": einsum,
    "RaggedBincount": ragged_bincount,
    "RaggedTensorToTensor": ragged_to_tensor,
}

# where an Erfc is no part of a GELU that the converter knows
WITH_ERF: dict[str, lower.Rule] = {**RULES, "Erf": erf, "Erfc": erfc}
