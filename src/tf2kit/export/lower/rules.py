"""What is built in place of ops that runtimes lack. A rule gets the old node and its inputs in the new graph.

It returns as many tensors as the op has outputs (as far as they are used), or None where this case of the op stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import tensorflow as tf

from .bodies import Node

Rule: TypeAlias = Callable[[Node, Sequence[tf.Tensor]], "Sequence[tf.Tensor] | None"]


def erfc(_: Node, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor]:
    """The exact GELU: erfc(x) = 1 - erf(x). Both runtimes have Erf; the difference is below 2e-7 everywhere."""
    return [1 - tf.math.erf(inputs[0])]


def bucketize(node: Node, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor]:
    """The number of boundaries that are not above the value."""
    x = inputs[0] if inputs[0].dtype.is_floating else tf.cast(inputs[0], tf.float32)
    boundaries = tf.constant(list(node.attr["boundaries"].list.f), x.dtype)
    return [tf.reduce_sum(tf.cast(x[..., tf.newaxis] >= boundaries, tf.int32), axis=-1)]


def matrix_band_part(_: Node, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor]:
    """Rows and columns compared. TF.js 4.22 reads the upper bound from the lower bound's place, so a causal mask lets all through."""
    x, lower, upper = inputs
    dtype = lower.dtype
    shape = tf.shape(x, out_type=dtype)
    rows = tf.range(x.shape[-2] or shape[-2], dtype=dtype)[:, tf.newaxis]
    columns = tf.range(x.shape[-1] or shape[-1], dtype=dtype)[tf.newaxis, :]
    below = tf.logical_or(lower < 0, rows - columns <= lower)
    above = tf.logical_or(upper < 0, columns - rows <= upper)
    return [tf.where(tf.logical_and(below, above), x, tf.zeros_like(x))]


def roll(_: Node, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor] | None:
    """Two slices in the other order, for each axis, where shift and axis are constants."""
    x = inputs[0]
    shifts, axes = (tf.get_static_value(i) for i in inputs[1:])
    if shifts is None or axes is None:
        return None
    for shift, axis in zip(shifts.reshape(-1), axes.reshape(-1), strict=True):
        size = x.shape[int(axis)] if x.shape[int(axis)] is not None else tf.shape(x)[int(axis)]
        back = tf.math.floormod(-int(shift), size)
        x = tf.concat([_slice(x, int(axis), back, size), _slice(x, int(axis), 0, back)], int(axis))
    return [x]


def _slice(x: tf.Tensor, axis: int, begin: tf.Tensor | int, end: tf.Tensor | int) -> tf.Tensor:
    axis = axis % x.shape.rank
    return x[(slice(None),) * axis + (slice(begin, end),)]


def invert_permutation(_: Node, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor]:
    """Where each number stands: the order that sorts it."""
    x = inputs[0]
    hits = tf.equal(x[tf.newaxis, :], tf.range(tf.size(x, out_type=x.dtype))[:, tf.newaxis])
    return [tf.argmax(tf.cast(hits, tf.int32), axis=1, output_type=x.dtype)]


def space_to_depth(node: Node, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor] | None:
    """Blocks of pixels side by side in the channels."""
    x, size = inputs[0], node.attr["block_size"].i
    if node.attr["data_format"].s not in (b"", b"NHWC") or None in x.shape[1:]:
        return None
    _, height, width, channels = x.shape
    x = tf.reshape(x, [-1, height // size, size, width // size, size, channels])
    return [
        tf.reshape(tf.transpose(x, [0, 1, 3, 2, 4, 5]), [-1, height // size, width // size, size * size * channels])
    ]


def _zero_where(test: tf.Tensor, value: tf.Tensor) -> tf.Tensor:
    return tf.where(test, tf.zeros_like(value), value)


COMMON: dict[str, Rule] = {
    "Erfc": erfc,
    "Bucketize": bucketize,
    "MatrixBandPart": matrix_band_part,
    "Roll": roll,
    "SpaceToDepth": space_to_depth,
    "InvertPermutation": invert_permutation,
    "LogicalXor": lambda _, i: [tf.not_equal(tf.cast(i[0], tf.int32), tf.cast(i[1], tf.int32))],
    "Rint": lambda _, i: [tf.round(i[0])],
    "Softsign": lambda _, i: [i[0] / (1 + tf.abs(i[0]))],
    "ApproximateEqual": lambda n, i: [tf.abs(i[0] - i[1]) < (n.attr["tolerance"].f or 1e-5)],
    "BatchMatMulV3": lambda n, i: [tf.linalg.matmul(*i, adjoint_a=n.attr["adj_x"].b, adjoint_b=n.attr["adj_y"].b)],
    "BiasAddV1": lambda _, i: [tf.nn.bias_add(i[0], i[1])],
    "L2Loss": lambda _, i: [tf.reduce_sum(tf.square(i[0])) / 2],
    "Inv": lambda _, i: [1 / i[0]],
    "MulNoNan": lambda _, i: [_zero_where(tf.equal(i[1], 0), i[0] * i[1])],
    "Xdivy": lambda _, i: [_zero_where(tf.equal(i[0], 0), i[0] / i[1])],
    "Xlogy": lambda _, i: [_zero_where(tf.equal(i[0], 0), i[0] * tf.math.log(i[1]))],
    "Xlog1py": lambda _, i: [_zero_where(tf.equal(i[0], 0), i[0] * tf.math.log1p(i[1]))],
}
