"""Einsum as transpositions, reshapes and one product of matrices. The wasm backend of TF.js has no kernel for it."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from .bodies import Node


def einsum(node: Node, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor] | None:
    """Two operands without repeated labels and with known ranks; other equations stay as they are."""
    equation = node.attr["equation"].s.decode().replace(" ", "")
    ranks = [x.shape.rank for x in inputs]
    if len(inputs) != 2 or None in ranks:
        return None
    left, right, out = _labels(equation, ranks)
    if any(len(set(labels)) != len(labels) for labels in (left, right, out)):
        return None
    x, left = _sum_away(inputs[0], left, right + out)
    y, right = _sum_away(inputs[1], right, left + out)
    batch = [c for c in left if c in right and c in out]
    inner = [c for c in left if c in right and c not in out]
    rows = [c for c in left if c not in right]
    columns = [c for c in right if c not in left]
    x = tf.transpose(x, [left.index(c) for c in batch + rows + inner])
    y = tf.transpose(y, [right.index(c) for c in batch + inner + columns])
    sizes = _sizes(x, batch + rows + inner) | _sizes(y, batch + inner + columns)
    product = tf.matmul(_grouped(x, sizes, batch, rows, inner), _grouped(y, sizes, batch, inner, columns))
    whole = batch + rows + columns
    product = tf.reshape(product, _stacked([sizes[c] for c in whole]))
    return [tf.transpose(product, [whole.index(c) for c in out])]


def _labels(equation: str, ranks: Sequence[int]) -> tuple[list[str], list[str], list[str]]:
    """One label for each axis; an ellipsis gets labels that no equation has, counted from the right because it broadcasts there."""
    operands, _, result = equation.partition("->")
    most = max(rank - len(labels.replace("...", "")) for rank, labels in zip(ranks, operands.split(","), strict=True))
    ellipsis = "0123456789"[:most]

    def spread(labels: str, rank: int | None) -> list[str]:
        count = most if rank is None else rank - len(labels.replace("...", ""))
        return list(labels.replace("...", ellipsis[most - count :]))

    left, right = (spread(labels, rank) for labels, rank in zip(operands.split(","), ranks, strict=True))
    return left, right, spread(result, None)


def _sum_away(x: tf.Tensor, labels: list[str], needed: Sequence[str]) -> tuple[tf.Tensor, list[str]]:
    alone = [index for index, c in enumerate(labels) if c not in needed]
    return (tf.reduce_sum(x, axis=alone) if alone else x), [c for c in labels if c in needed]


def _sizes(x: tf.Tensor, labels: Sequence[str]) -> dict[str, int | tf.Tensor]:
    dynamic = tf.shape(x)
    return {c: x.shape[i] if x.shape[i] is not None else dynamic[i] for i, c in enumerate(labels)}


def _grouped(x: tf.Tensor, sizes: dict[str, int | tf.Tensor], batch: list[str], *groups: list[str]) -> tf.Tensor:
    """The axes of each group as one."""
    dims: list[int | tf.Tensor] = [sizes[c] for c in batch]
    for group in groups:
        size: int | tf.Tensor = 1
        for c in group:
            size = size * sizes[c]
        dims.append(size)
    return tf.reshape(x, _stacked(dims))


def _stacked(dims: Sequence[int | tf.Tensor]) -> tf.Tensor:
    """A shape; one open size is -1, so that it need not be computed."""
    if sum(isinstance(d, tf.Tensor) for d in dims) == 1:
        dims = [-1 if isinstance(d, tf.Tensor) else d for d in dims]
    return tf.stack(dims) if any(isinstance(d, tf.Tensor) for d in dims) else tf.constant(list(dims), tf.int32)
