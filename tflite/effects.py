"""Variables that signatures change: which functions do, in what order, and how it is written for LiteRT."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf2kit.export.lower import bodies
from tf2kit.export.lower.bodies import Body, Node
from tf2kit.export.lower.tracer import Build, Tracer
from tf2kit.export.lower.values import Handle, Value

_ASSIGN = ("AssignVariableOp", "AssignAddVariableOp", "AssignSubVariableOp", "ResourceApplyGradientDescent")


def any_in(functions: Iterable[Any]) -> bool:
    """Whether one of the ConcreteFunctions changes a variable."""
    definitions = [f.graph.as_graph_def() for f in functions]
    return any(
        node.op in _ASSIGN
        for graph in definitions
        for nodes in (graph.node, *(f.node_def for f in graph.library.function))
        for node in nodes
    )


def in_order(body: Body, library: Mapping[str, Any]) -> list[Node]:
    """The nodes that the outputs need and those with effects, each after its inputs and after what a control edge puts before it."""
    if not any(_has_effect(node, library) for node in body.nodes):
        return bodies.in_order(body)
    nodes = {node.name: node for node in body.nodes}
    done, order = set(body.inputs), []
    roots = [name.partition(":")[0] for name in body.outputs]
    roots += [node.name for node in body.nodes if _has_effect(node, library)]
    stack, waiting = roots[::-1], set()
    while stack:
        name = stack[-1]
        before = [] if name in done else [i.lstrip("^").partition(":")[0] for i in nodes[name].input]
        missing = [i for i in before if i not in done]
        if missing and name not in waiting:
            waiting.add(name)
            stack.extend(missing)
            continue
        stack.pop()
        if name not in done:
            done.add(name)
            order.append(nodes[name])
    return order


def _has_effect(node: Node, library: Mapping[str, Any]) -> bool:
    if node.op in _ASSIGN:
        return True
    called = [attr.func.name for attr in node.attr.values() if attr.func.name]
    called += [function.name for attr in node.attr.values() for function in attr.list.func]
    called += [node.op] if node.op in library else []
    return any(_has_effect(inner, library) for name in called for inner in library[name].node_def)


def _read(_: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    if not isinstance(inputs[0], Handle):
        return None
    return [_content(inputs[0], node)]


def _content(handle: Handle, node: Node) -> tf.Tensor:
    return tf.raw_ops.ReadVariableOp(resource=handle.tensor, dtype=tf.as_dtype(node.attr["dtype"].type))


def _gather(tracer: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    if not isinstance(inputs[0], Handle):
        return None
    dims = node.attr["batch_dims"].i
    return [tf.gather(_content(inputs[0], node), tracer.tensor(inputs[1], node), axis=dims, batch_dims=dims)]


def _assign(tracer: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    if not isinstance(inputs[0], Handle):
        return None
    getattr(tf.raw_ops, node.op)(resource=inputs[0].tensor, value=tracer.tensor(inputs[1], node))
    return []


def _descend(tracer: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    if not isinstance(inputs[0], Handle):
        return None
    rate, gradient = (tracer.tensor(value, node) for value in inputs[1:])
    tf.raw_ops.AssignSubVariableOp(resource=inputs[0].tensor, value=rate * gradient)
    return []


# Reads are no constants where any function changes a variable
STRUCTURE: dict[str, Build] = {
    "ReadVariableOp": _read,
    "ResourceGather": _gather,
    "AssignVariableOp": _assign,
    "AssignAddVariableOp": _assign,
    "AssignSubVariableOp": _assign,
    "ResourceApplyGradientDescent": _descend,
}
