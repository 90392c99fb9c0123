"""The ops TensorList…, as long as a list's length and the positions in it are known; else None, and the op is built as it is."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from . import static
from .bodies import Node
from .tracer import Build, Tracer
from .values import TensorList, Value


def _shape(value: Value) -> tf.TensorShape:
    """An element shape as ops give it: a vector with -1 for what is open, or the scalar -1."""
    known = None if isinstance(value, TensorList) else static.value(value)
    if known is None or known.ndim == 0:
        return tf.TensorShape(None)
    return tf.TensorShape([None if size < 0 else int(size) for size in known])


def _index(value: Value) -> int | None:
    known = static.value(value) if isinstance(value, tf.Tensor) else None
    return None if known is None else int(known)


def _reserve(_: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    count = _index(inputs[1])
    if count is None:
        return None
    return [TensorList((None,) * count, _shape(inputs[0]), tf.as_dtype(node.attr["element_dtype"].type))]


def _empty(_: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value]:
    return [TensorList((), _shape(inputs[0]), tf.as_dtype(node.attr["element_dtype"].type))]


def _from_tensor(_: Tracer, __: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    tensor = inputs[0]
    if not isinstance(tensor, tf.Tensor) or tensor.shape.rank is None or tensor.shape[0] is None:
        return None
    return [TensorList(tuple(tf.unstack(tensor)), tensor.shape[1:], tensor.dtype)]


def _get(_: Tracer, __: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    index = _index(inputs[1])
    if not isinstance(inputs[0], TensorList) or index is None:
        return None
    return [inputs[0].filled()[index]]


def _set(_: Tracer, __: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    index = _index(inputs[1])
    if not isinstance(inputs[0], TensorList) or index is None or not isinstance(inputs[2], tf.Tensor):
        return None
    return [inputs[0].with_item(index, inputs[2])]


def _push(_: Tracer, __: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    if not isinstance(inputs[0], TensorList) or not isinstance(inputs[1], tf.Tensor):
        return None
    return [inputs[0].with_item(len(inputs[0].items), inputs[1])]


def _pop(_: Tracer, __: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    if not isinstance(inputs[0], TensorList):
        return None
    whole = inputs[0]
    return [TensorList(whole.items[:-1], whole.shape, whole.dtype), whole.filled()[-1]]


def _stack(_: Tracer, __: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    return [tf.stack(inputs[0].filled())] if isinstance(inputs[0], TensorList) and inputs[0].items else None


def _length(_: Tracer, __: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    return [tf.constant(len(inputs[0].items), tf.int32)] if isinstance(inputs[0], TensorList) else None


LISTS: dict[str, Build] = {
    "TensorListReserve": _reserve,
    "EmptyTensorList": _empty,
    "TensorListFromTensor": _from_tensor,
    "TensorListGetItem": _get,
    "TensorListSetItem": _set,
    "TensorListPushBack": _push,
    "TensorListPopBack": _pop,
    "TensorListStack": _stack,
    "TensorListLength": _length,
}
