"""Ops that TensorFlow makes for gradients and LiteRT has no kernel for, built from what it has: training without select ops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import tensorflow as tf

from tf2kit.export import lower
from tf2kit.export.lower.bodies import Node

Tensors = Sequence[tf.Tensor]


def relu(_: Node, inputs: Tensors) -> Tensors:
    """The gradient where the value was above 0."""
    return [_where(inputs[1] > 0, inputs[0])]


def relu6(_: Node, inputs: Tensors) -> Tensors:
    """The gradient where the value was between 0 and 6."""
    return [_where(tf.logical_and(inputs[1] > 0, inputs[1] < 6), inputs[0])]


def _where(test: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    return tf.where(test, gradient, tf.zeros_like(gradient))


def convolution_weights(node: Node, inputs: Tensors) -> Tensors | None:
    """Conv2DBackpropFilter: for each place in the kernel, the pixels that it met times the gradients of what it made."""
    x, sizes, gradient = inputs
    shape = tf.get_static_value(sizes)
    if shape is None or not _images(node, x, gradient) or shape[2] != x.shape[-1]:
        return None
    dilations = list(node.attr["dilations"].list.i) or [1, 1, 1, 1]
    steps = list(node.attr["strides"].list.i)[1:3]
    spans = [(int(size) - 1) * d + 1 for size, d in zip(shape[:2], dilations[1:3], strict=True)]
    if (x := _padded(node, x, gradient, spans, steps)) is None:
        return None
    made = tf.reshape(gradient, [-1, gradient.shape[-1]])
    parts = []
    for row in range(shape[0]):
        for column in range(shape[1]):
            met = _met(x, gradient, (row * dilations[1], column * dilations[2]), steps)
            parts.append(tf.matmul(tf.reshape(met, [-1, x.shape[-1]]), made, transpose_a=True))
    return [tf.reshape(tf.stack(parts), shape)]


def _images(node: Node, *tensors: tf.Tensor) -> bool:
    return node.attr["data_format"].s in (b"", b"NHWC") and all(None not in t.shape[1:].as_list() for t in tensors)


def _padded(node: Node, x: tf.Tensor, made: tf.Tensor, spans: list[int], steps: list[int]) -> tf.Tensor | None:
    """The image with the border that the padding SAME gives it; None for borders that are written out."""
    padding = node.attr["padding"].s
    if padding == b"VALID":
        return x
    if padding != b"SAME":
        return None
    borders = [[0, 0]]
    for axis, span, step in zip((1, 2), spans, steps, strict=True):
        missing = max((made.shape[axis] - 1) * step + span - x.shape[axis], 0)
        borders.append([missing // 2, missing - missing // 2])
    return tf.pad(x, [*borders, [0, 0]])


def _met(x: tf.Tensor, made: tf.Tensor, offset: tuple[int, int], steps: list[int]) -> tf.Tensor:
    """The pixels under one place of a window, for each window."""
    height, width = made.shape[1:3]
    (top, left), (down, right) = offset, steps
    return x[:, top : top + (height - 1) * down + 1 : down, left : left + (width - 1) * right + 1 : right, :]


def largest(node: Node, inputs: Tensors) -> Tensors | None:
    """MaxPoolGrad of windows side by side: each gradient goes to the first pixel of its window that is the largest."""
    x, best, gradient = inputs
    if not _images(node, x, best) or (window := _side_by_side(node, x, best)) is None:
        return None
    parts, free = [], tf.ones_like(best, tf.bool)
    for offset in _places(window):
        hit = tf.logical_and(tf.equal(_met(x, best, offset, window), best), free)
        free = tf.logical_and(free, tf.logical_not(hit))
        parts.append(_where(hit, gradient))
    return [_put_back(parts, x, best, window)]


def average(node: Node, inputs: Tensors) -> Tensors | None:
    """AvgPoolGrad of windows side by side: each pixel gets its share."""
    shape, gradient = tf.get_static_value(inputs[0]), inputs[1]
    if shape is None or not _images(node, gradient):
        return None
    x = tf.zeros(shape)
    if (window := _side_by_side(node, x, gradient)) is None:
        return None
    share = gradient / (window[0] * window[1])
    return [_put_back([share] * (window[0] * window[1]), x, gradient, window)]


def _side_by_side(node: Node, x: tf.Tensor, made: tf.Tensor) -> list[int] | None:
    """The size of windows that neither overlap nor reach over the border."""
    window = list(node.attr["ksize"].list.i)[1:3]
    inside = all(made.shape[axis] * size <= x.shape[axis] for axis, size in zip((1, 2), window, strict=True))
    return window if window == list(node.attr["strides"].list.i)[1:3] and inside else None


def _places(window: list[int]) -> Iterator[tuple[int, int]]:
    yield from ((row, column) for row in range(window[0]) for column in range(window[1]))


def _put_back(parts: list[tf.Tensor], x: tf.Tensor, made: tf.Tensor, window: list[int]) -> tf.Tensor:
    """Pixels sorted by their place in the window, as an image of the size of `x`."""
    height, width, channels = made.shape[1:]
    rows = [tf.stack(parts[r * window[1] : (r + 1) * window[1]], axis=3) for r in range(window[0])]
    rows = [tf.reshape(row, [-1, height, width * window[1], channels]) for row in rows]
    image = tf.reshape(tf.stack(rows, axis=2), [-1, height * window[0], width * window[1], channels])
    rest = [x.shape[axis] - image.shape[axis] for axis in (1, 2)]
    return tf.pad(image, [[0, 0], [0, rest[0]], [0, rest[1]], [0, 0]]) if any(rest) else image


RULES: dict[str, lower.Rule] = {
    "ReluGrad": relu,
    "Relu6Grad": relu6,
    "Conv2DBackpropFilter": convolution_weights,
    "MaxPoolGrad": largest,
    "AvgPoolGrad": average,
    # the sizes that gradients of convolutions ask for, one by one, so that they are known while tracing
    "ShapeN": lambda n, i: [tf.shape(x, tf.as_dtype(n.attr["out_type"].type or tf.int32)) for x in i],
    "TanhGrad": lambda _, i: [i[1] * (1 - i[0] * i[0])],
    "SigmoidGrad": lambda _, i: [i[1] * i[0] * (1 - i[0])],
    "RsqrtGrad": lambda _, i: [i[1] * i[0] * i[0] * i[0] * -0.5],
}
