"""A GraphDef as a mutable graph: nodes by name, who uses them, constants as arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import tensorflow as tf

Node: TypeAlias = Any  # a NodeDef; protocol buffers have no types


class Graph:
    """Nodes of the top level of a graph. Nodes that nothing uses any more are dropped when it is written."""

    def __init__(self, graph_def: Any, outputs: Iterable[str]) -> None:
        self._source = graph_def
        self.nodes: dict[str, Node] = {node.name: node for node in graph_def.node}
        self.outputs = [name.partition(":")[0] for name in outputs]
        self._users: dict[str, list[str]] = {}
        for node in graph_def.node:
            for name in node.input:
                self._users.setdefault(_node(name), []).append(node.name)
        self._fresh: Counter[str] = Counter()

    def only_user(self, node: Node) -> Node | None:
        """The one node that uses this one's only value, or None."""
        users = self._users.get(node.name, [])
        return self.nodes.get(users[0]) if len(users) == 1 and node.name not in self.outputs else None

    def used_once(self, node: Node) -> bool:
        """Whether one input of one node is all that this node is for."""
        return len(self._users.get(node.name, [])) == 1

    def of(self, node: Node, index: int) -> Node:
        """The node behind an input."""
        return self.nodes[_node(node.input[index])]

    def constant(self, node: Node) -> np.ndarray | None:
        """The value of a constant, or None."""
        if node.op == "Identity" and len(node.input) == 1:
            node = self.of(node, 0)
        return tf.make_ndarray(node.attr["value"].tensor) if node.op == "Const" else None

    def add_constant(self, name: str, value: np.ndarray) -> str:
        """Put a constant in; its name."""
        return str(self.add("Const", name, [], dtype=value.dtype, value=value).name)

    def add(self, op: str, name: str, inputs: Sequence[str], **attrs: object) -> Node:
        """Put a node in, under this name or one like it."""
        node = tf.compat.v1.NodeDef(op=op, name=self._free(name), input=inputs)
        for key, value in attrs.items():
            if isinstance(value, np.dtype):
                node.attr[key].type = tf.as_dtype(value).as_datatype_enum
            elif isinstance(value, np.ndarray):
                node.attr[key].tensor.CopyFrom(tf.make_tensor_proto(value))
            else:
                node.attr[key].CopyFrom(value)
        self.nodes[node.name] = node
        for used in inputs:
            self._users.setdefault(_node(used), []).append(node.name)
        return node

    def replace(self, old: Node, new: Node) -> None:
        """Let `new` stand under the name of `old`, so that nothing else changes."""
        del self.nodes[new.name]
        new.name = old.name
        self.nodes[old.name] = new

    def written(self) -> Any:
        """The graph with what the outputs need, each node after its inputs."""
        needed: dict[str, None] = {}
        stack = [*reversed(self.outputs)]
        while stack:
            name = stack[-1]
            missing = [n for n in map(_node, self.nodes[name].input) if n not in needed]
            if name in needed or not missing:
                needed[stack.pop()] = None
            else:
                stack.extend(missing)
        result = tf.compat.v1.GraphDef(versions=self._source.versions, library=self._source.library)
        result.node.extend(self.nodes[name] for name in needed)
        return result

    def _free(self, name: str) -> str:
        while (candidate := f"{name}_{self._fresh[name]}" if self._fresh[name] else name) in self.nodes:
            self._fresh[name] += 1
        return candidate


def _node(name: str) -> str:
    return name.lstrip("^").partition(":")[0]
