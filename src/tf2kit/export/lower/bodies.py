"""Functions and graphs as lists of nodes in one notation, and the order in which they are needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from tensorflow.python.framework import op_def_registry

from .values import LoweringError

Node: TypeAlias = Any  # a NodeDef; protocol buffers have no types


@dataclass(frozen=True)
class Body:
    """Nodes, the names of those that stand for arguments, and the tensors that come out (``node:2``)."""

    nodes: tuple[Node, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def of_function(definition: Any) -> Body:
    """A FunctionDef. Its tensors are called ``node:argument:1``; here they get the notation of graphs, ``node:1``."""
    flat = {argument.name: argument.name for argument in definition.signature.input_arg}
    for node in definition.node_def:
        for index, name in enumerate(_outputs(node)):
            flat[name] = f"{node.name}:{index}"
    nodes = []
    for node in definition.node_def:
        copy = type(node)()
        copy.CopyFrom(node)
        copy.input[:] = [flat.get(name, name) for name in node.input]
        nodes.append(copy)
    inputs = tuple(argument.name for argument in definition.signature.input_arg)
    outputs = tuple(flat[definition.ret[argument.name]] for argument in definition.signature.output_arg)
    return Body(tuple(nodes), inputs, outputs)


def _outputs(node: Node) -> Iterable[str]:
    definition = op_def_registry.get(node.op)
    for argument in definition.output_arg if definition else ():
        count = 1
        if argument.number_attr:
            count = node.attr[argument.number_attr].i
        elif argument.type_list_attr:
            count = len(node.attr[argument.type_list_attr].list.type)
        yield from (f"{node.name}:{argument.name}:{index}" for index in range(count))


def in_order(body: Body) -> list[Node]:
    """The nodes that the outputs need, each after its inputs. Control edges are no needs: nothing here has side effects.

    Raises:
      LoweringError: the graph has a cycle, as loops of TensorFlow 1 have.
    """
    nodes = {node.name: node for node in body.nodes}
    done, order = set(body.inputs), []
    stack = [name.partition(":")[0] for name in reversed(body.outputs)]
    waiting: set[str] = set()
    while stack:
        name = stack[-1]
        missing = [] if name in done else [i for i in inputs(nodes[name]) if i not in done]
        if missing and name in waiting:
            node = nodes[name]
            message = (
                f"{node.op} ({name}) is part of a loop as TensorFlow 1 writes it. "
                "Build the graph with tf.compat.v1.enable_control_flow_v2() and save it again."
            )
            raise LoweringError(message, node.op, name)
        if missing:
            waiting.add(name)
            stack.extend(missing)
            continue
        stack.pop()
        if name not in done:
            done.add(name)
            order.append(nodes[name])
    return order


def inputs(node: Node) -> list[str]:
    """Names of the nodes whose values the node takes."""
    return [name.partition(":")[0] for name in node.input if not name.startswith("^")]
