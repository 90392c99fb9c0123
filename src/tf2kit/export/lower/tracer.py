"""The walk: every node that the outputs need is looked at once, in order, and built into a new graph.

On the way

- variables become constants, and calls of functions become the nodes of these functions (`structure.py`);
- what is known while tracing is computed: shapes, counters, conditions (`static.py`). So an `If` is decided and a loop of known length
  is unrolled, and a recurrent network becomes a graph that can be run without waiting (`flow.py`);
- lists of tensors become Python lists (`lists.py`);
- an op with a rule becomes what the rule builds (`rules.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import tensorflow as tf

from . import bodies, static
from .bodies import Body, Node
from .rules import Rule
from .values import Handle, LoweringError, Table, TensorList, Value

Build = Callable[["Tracer", Node, Sequence[Value]], "Sequence[Value] | None"]


@dataclass
class Tracer:
    """Builds nodes into the current default graph.

    Attributes:
      root: the graph that variables go into as constants; loops capture them from there.
      library: FunctionDefs by name.
      structure: op type → what is done with values that need not be tensors.
      rules: op type → what is built in its place from tensors.
      unroll: a loop of at most so many rounds is unrolled.
      compare: types of keys that are looked up by comparing, without a hash table.
    """

    root: tf.Graph
    library: Mapping[str, Any]
    structure: Mapping[str, Build]
    rules: Mapping[str, Rule]
    unroll: int
    compare: Collection[tf.DType] = ()
    tables: dict[int, Table] = field(default_factory=dict)
    _constants: dict[int, tf.Tensor] = field(default_factory=dict)
    _table_nodes: dict[str, tf.Tensor] = field(default_factory=dict)
    _bodies: dict[str, Body] = field(default_factory=dict)

    def body(self, name: str) -> Body:
        """The function of that name."""
        if name not in self._bodies:
            self._bodies[name] = bodies.of_function(self.library[name])
        return self._bodies[name]

    def call(self, body: Body, arguments: Sequence[Value], scope: str = "") -> list[Value]:
        """Trace a function with these arguments; its nodes get names below `scope`."""
        if scope:
            with tf.name_scope(scope):
                return self.call(body, arguments)
        made: dict[str, Sequence[Value]] = {n: [value] for n, value in zip(body.inputs, arguments, strict=True)}
        for node in bodies.in_order(body):
            made[node.name] = self._trace(node, [_pick(made, i) for i in node.input if not i.startswith("^")])
        return [_pick(made, name) for name in body.outputs]

    def _trace(self, node: Node, inputs: Sequence[Value]) -> Sequence[Value]:
        if node.op in self.library:
            return self.call(self.body(node.op), inputs, scope=short(node))
        try:
            if (build := self.structure.get(node.op)) and (values := build(self, node, inputs)) is not None:
                return values
            tensors = [self.tensor(value, node) for value in inputs]
            if (rule := self.rules.get(node.op)) and (made := rule(node, tensors)) is not None:
                return [static.known(tensor) for tensor in made]
            return self._copy(node, tensors)
        except (ValueError, TypeError, tf.errors.OpError) as error:
            raise LoweringError(f"{node.op} ({node.name}) cannot be built: {error}", node.op, node.name) from error

    def _copy(self, node: Node, inputs: Sequence[tf.Tensor]) -> list[tf.Tensor]:
        attrs = {key: value for key, value in node.attr.items() if not key.startswith("_")}
        graph = tf.compat.v1.get_default_graph()
        op = graph._create_op_internal(node.op, list(inputs), name=short(node), attrs=attrs)
        return [static.known(output) for output in op.outputs]

    def tensor(self, value: Value, node: Node) -> tf.Tensor:
        """The value as an input of an ordinary op."""
        if isinstance(value, TensorList):
            return value.tensor()
        if isinstance(value, Handle):
            message = (
                f"{node.op} ({node.name}) does something with a variable or a resource that only TensorFlow can do."
            )
            raise LoweringError(message, node.op, node.name)
        return value

    def constant(self, handle: Handle, dtype: tf.DType) -> tf.Tensor:
        """What the variable holds; one constant for all that read it."""
        key = id(handle.tensor)
        if key not in self._constants:
            with tf.init_scope():
                content = tf.raw_ops.ReadVariableOp(resource=handle.tensor, dtype=dtype).numpy()
            with self.root.as_default(), self.root.name_scope(None):
                self._constants[key] = tf.constant(content, dtype, name=f"weights/w{len(self._constants)}")
        return self._constants[key]

    def table(self, handle: Handle, key_dtype: tf.DType, value_dtype: tf.DType) -> Table:
        """The hash table behind a handle."""
        key = id(handle.tensor)
        if key not in self.tables:
            with tf.init_scope():
                keys, values = tf.raw_ops.LookupTableExportV2(
                    table_handle=handle.tensor, Tkeys=key_dtype, Tvalues=value_dtype
                )
            name = f"table_{len(self.tables)}"
            self.tables[key] = Table(name, keys.numpy(), values.numpy(), key_dtype, value_dtype)
        return self.tables[key]

    def table_node(self, table: Table) -> tf.Tensor:
        """The node that stands for a table in the new graph; whoever writes the graph fills it."""
        if table.name not in self._table_nodes:
            with self.root.as_default(), self.root.name_scope(None):
                self._table_nodes[table.name] = tf.raw_ops.HashTableV2(
                    key_dtype=table.key_dtype, value_dtype=table.value_dtype, shared_name=table.name, name=table.name
                )
        return self._table_nodes[table.name]


def short(node: Node) -> str:
    """The last part of a node's name, for names below a scope."""
    return str(node.name).rsplit("/", 1)[-1].lstrip("_-") or str(node.op)


def _pick(made: Mapping[str, Sequence[Value]], name: str) -> Value:
    node, _, index = name.partition(":")
    return made[node][int(index or 0)]
