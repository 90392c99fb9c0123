"""model.json: the graph without its constants, the signature, and where the constants lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf
from google.protobuf import json_format

from tf2kit.export.lower import Frozen, Table

from .weights import Weights


def topology(graph_def: Any, weights: Weights) -> dict[str, Any]:
    """The graph as JSON; what its constants hold goes to `weights`.

    Constants of a function get its name in front: for TF.js, all weights are one map.
    """
    for node in graph_def.node:
        _strip(node, weights)
    for function in graph_def.library.function:
        constants = {
            node.name: f"{function.signature.name}/{node.name}" for node in function.node_def if node.op == "Const"
        }
        for node in function.node_def:
            node.input[:] = [_renamed(name, constants) for name in node.input]
            node.name = constants.get(node.name, node.name)
            _strip(node, weights)
        for key, name in function.ret.items():
            function.ret[key] = _renamed(name, constants)
        for key in list(function.attr):
            del function.attr[key]
        function.arg_attr.clear()
    return dict(json_format.MessageToDict(graph_def))


def _renamed(name: str, constants: Mapping[str, str]) -> str:
    node, colon, rest = name.partition(":")
    return constants.get(node, node) + colon + rest


def _strip(node: Any, weights: Weights) -> None:
    for key in [key for key in node.attr if key.startswith("_")]:
        del node.attr[key]
    if node.op != "Const":
        return
    value = tf.make_ndarray(node.attr["value"].tensor)
    weights.add(node.name, value)
    tensor = node.attr["value"].tensor
    dtype, shape = tensor.dtype, tensor.tensor_shape
    tensor = tf.compat.v1.AttrValue(tensor={"dtype": dtype, "tensor_shape": shape})
    node.attr["value"].CopyFrom(tensor)


def signature(frozen: Frozen) -> dict[str, Any]:
    """Names, types and shapes of what goes in and comes out; open sizes are -1."""
    return {
        "inputs": {name: _info(tensor, frozen.specs[tensor]) for name, tensor in frozen.inputs.items()},
        "outputs": {name: _info(tensor, frozen.specs[tensor]) for name, tensor in frozen.outputs.items()},
    }


def _info(tensor: str, spec: tf.TensorSpec) -> dict[str, Any]:
    shape: dict[str, Any] = {"unknownRank": True}
    if spec.shape.rank is not None:
        shape = {"dim": [{"size": str(-1 if size is None else size)} for size in spec.shape]}
    dtype = json_format.MessageToDict(tf.compat.v1.AttrValue(type=spec.dtype.as_datatype_enum))["type"]
    return {"name": tensor, "dtype": dtype, "tensorShape": shape}


def initializer(tables: Sequence[Table], weights: Weights) -> dict[str, Any]:
    """A graph that fills the hash tables. TF.js runs it once, when the model is loaded, and finds a table by the name of its node."""
    graph = tf.Graph()
    with graph.as_default():
        for table in tables:
            handle = tf.raw_ops.HashTableV2(
                key_dtype=table.key_dtype, value_dtype=table.value_dtype, shared_name=table.name, name=table.name
            )
            tf.raw_ops.LookupTableImportV2(
                table_handle=handle,
                keys=tf.constant(table.keys, table.key_dtype, name=f"{table.name}/keys"),
                values=tf.constant(table.values, table.value_dtype, name=f"{table.name}/values"),
                name=f"{table.name}/fill",
            )
    return topology(graph.as_graph_def(), weights)
