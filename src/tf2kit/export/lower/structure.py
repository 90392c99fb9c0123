"""Ops that are no computation: calls, reads of variables, and those that only pass a value on."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from . import flow, lists
from .bodies import Node
from .tracer import Build, Tracer, short
from .values import Handle, Table, Value


def _call(tracer: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value]:
    return tracer.call(tracer.body(node.attr["f"].func.name), inputs, scope=short(node))


def _pass(_: Tracer, __: Node, inputs: Sequence[Value]) -> Sequence[Value]:
    return list(inputs)


def _read(tracer: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    if not isinstance(inputs[0], Handle):
        return None
    return [tracer.constant(inputs[0], tf.as_dtype(node.attr["dtype"].type))]


def _gather(tracer: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    """ResourceGather: rows of a variable."""
    if not isinstance(inputs[0], Handle):
        return None
    dims = node.attr["batch_dims"].i
    weights = tracer.constant(inputs[0], tf.as_dtype(node.attr["dtype"].type))
    return [tf.gather(weights, inputs[1], axis=dims, batch_dims=dims)]


def _shared(_: Tracer, node: Node, __: Sequence[Value]) -> Sequence[Value]:
    """A variable or table that a graph of TensorFlow 1 names; it is the one that was restored under this name."""
    attrs = {
        key: node.attr[key] for key in ("container", "dtype", "shape", "key_dtype", "value_dtype") if key in node.attr
    }
    shared = node.attr["shared_name"].s.decode() or node.name
    arguments = {
        key: tf.as_dtype(attr.type)
        if key.endswith("dtype")
        else tf.TensorShape(attr.shape)
        if key == "shape"
        else attr.s
        for key, attr in attrs.items()
    }
    with tf.init_scope():
        return [Handle(getattr(tf.raw_ops, node.op)(shared_name=shared, **arguments))]


def _find(tracer: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    """LookupTableFindV2: in a table of the new graph, or by comparing with all keys."""
    if not isinstance(inputs[0], Handle):
        return None
    key_dtype, value_dtype = (tf.as_dtype(node.attr[name].type) for name in ("Tin", "Tout"))
    table = tracer.table(inputs[0], key_dtype, value_dtype)
    keys, default = (tracer.tensor(value, node) for value in inputs[1:])
    if key_dtype in tracer.compare and value_dtype.is_numeric:
        return [_compared(table, keys, default)]
    # TF.js forgets the shape of the keys
    found = tf.raw_ops.LookupTableFindV2(
        table_handle=tracer.table_node(table), keys=tf.reshape(keys, [-1]), default_value=default
    )
    return [tf.reshape(found, tf.shape(keys))]


def _compared(table: Table, keys: tf.Tensor, default: tf.Tensor) -> tf.Tensor:
    """The value of the only key that is equal, or the default: a sum with at most one term that is not zero."""
    hits = tf.equal(keys[..., tf.newaxis], tf.constant(table.keys, table.key_dtype))
    values = tf.constant(table.values, table.value_dtype)
    found = tf.reduce_sum(tf.where(hits, values, tf.zeros_like(values)), axis=-1)
    return tf.where(tf.reduce_any(hits, axis=-1), found, default)


def _table_size(_: Tracer, __: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    if not isinstance(inputs[0], Handle):
        return None
    with tf.init_scope():
        size = tf.raw_ops.LookupTableSizeV2(table_handle=inputs[0].tensor).numpy()
    return [tf.constant(size, tf.int64)]


STRUCTURE: dict[str, Build] = {
    "PartitionedCall": _call,
    "StatefulPartitionedCall": _call,
    "Identity": _pass,
    "IdentityN": _pass,
    "StopGradient": _pass,
    "PreventGradient": _pass,
    "EnsureShape": _pass,
    "CheckNumerics": _pass,
    "ReadVariableOp": _read,
    "ResourceGather": _gather,
    "VarHandleOp": _shared,
    "HashTableV2": _shared,
    "MutableHashTableV2": _shared,
    "LookupTableFindV2": _find,
    "LookupTableSizeV2": _table_size,
    **flow.FLOW,
    **lists.LISTS,
}
