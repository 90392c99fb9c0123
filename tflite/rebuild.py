"""A SavedModel traced anew for LiteRT: no ops that it lacks, no lists of tensors, no loops of known length, no texts.

Unlike `tf2kit.export.lower.freeze` this keeps what functions change: if a signature assigns to variables, they stay variables, and what
has effects keeps its order, so that training on the device works. The tracer is that of `lower`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tensorflow as tf

from tf2kit.export import lower
from tf2kit.export.lower.bodies import Body, Node
from tf2kit.export.lower.structure import STRUCTURE
from tf2kit.export.lower.tracer import Build, Tracer, _pick
from tf2kit.export.lower.values import Handle, Table, TensorList, Value

from . import effects, text
from .words import Words

UNROLL = 256
# LiteRT's tables map strings to int64 and int64 to strings; other keys are compared
_COMPARED = (tf.int64, tf.int32)


@dataclass
class Rebuilder(Tracer):
    """A tracer whose functions may change variables and whose tables are new ones, filled while the model is loaded."""

    made: list[tf.lookup.StaticHashTable] = field(default_factory=list)

    def call(self, body: Body, arguments: Sequence[Value], scope: str = "") -> list[Value]:
        """As `Tracer.call`, with nodes that have effects, in an order that control edges allow."""
        if scope:
            with tf.name_scope(scope):
                return self.call(body, arguments)
        made: dict[str, Sequence[Value]] = {n: [value] for n, value in zip(body.inputs, arguments, strict=True)}
        for node in effects.in_order(body, self.library):
            made[node.name] = self._trace(node, [_pick(made, i) for i in node.input if not i.startswith("^")])
        return [_pick(made, name) for name in body.outputs]

    def table_node(self, table: Table) -> tf.Tensor:
        """A table of the new model with the same content."""
        if table.name not in self._table_nodes:
            with tf.init_scope():
                content = tf.lookup.KeyValueTensorInitializer(
                    tf.constant(table.keys, table.key_dtype), tf.constant(table.values, table.value_dtype)
                )
                default = tf.zeros([], table.value_dtype) if table.value_dtype != tf.string else tf.constant("")
                self.made.append(tf.lookup.StaticHashTable(content, default))
            self._table_nodes[table.name] = self.made[-1].resource_handle
        return self._table_nodes[table.name]

    def tensor(self, value: Value, node: Node) -> tf.Tensor:
        """As `Tracer.tensor`; texts are none."""
        if isinstance(value, (text.Text, Words)):
            what = f"{node.op} ({node.name}) does something with texts that LiteRT cannot and that tf2kit does not rewrite."
            raise lower.LoweringError(what, node.op, node.name)
        return super().tensor(value, node)


def rebuild(saved_model: Path, names: Sequence[str], out: Path, rules: Mapping[str, lower.Rule]) -> list[str]:
    """Write a SavedModel with the same signatures at `out`.

    Returns:
      Inputs that became bytes, as ``signature/input``.

    Raises:
      lower.LoweringError: an op cannot be built.
    """
    loaded = tf.saved_model.load(str(saved_model))
    functions = {name: loaded.signatures[name] for name in names}
    structure = {**STRUCTURE, **text.STRUCTURE}
    if effects.any_in(functions.values()):
        structure |= effects.STRUCTURE
    module, texts = tf.Module(), {}
    # what functions capture has to be reachable from what is saved
    module.variables_read = [v for f in functions.values() for v in f.variables]
    module.tables, signatures = [], {}
    for name, function in functions.items():
        texts[name] = text.inputs_taken_apart(function)
        again, specs = _again(function, structure, rules, texts[name], module.tables)
        signatures[name] = again.get_concrete_function(**specs)
    tf.saved_model.save(module, str(out), signatures=signatures)
    return [f"{name}/{given}" for name, inputs in texts.items() for given in sorted(inputs)]


def _again(
    function: Any, structure: Mapping[str, Build], rules: Mapping[str, lower.Rule], texts: set[str], tables: list[Any]
) -> tuple[Any, dict[str, tf.TensorSpec]]:
    """A tf.function that builds the signature anew, and what its arguments are."""
    source = function.graph.as_graph_def()
    library = {f.signature.name: f for f in source.library.function}
    given = function.structured_input_signature[1]
    names = list(function._arg_keywords or sorted(given))[: len(function.inputs) - len(function.graph.captures)]
    results = sorted(function.structured_outputs)

    def again(**arguments: tf.Tensor) -> dict[str, tf.Tensor]:
        root = tf.compat.v1.get_default_graph()
        tracer = Rebuilder(root, library, structure, rules, UNROLL, _COMPARED, made=tables)
        values: dict[str, Any] = {}
        for name, inside in zip(names, function.inputs, strict=False):
            values[inside.op.name] = text.of_input(arguments[name]) if name in texts else arguments[name]
        for outside, inside in function.graph.captures:
            is_handle = outside.dtype == tf.resource
            values[inside.op.name] = Handle(outside) if is_handle else tf.constant(outside.numpy(), outside.dtype)
        body = Body(tuple(source.node), tuple(values), tuple(tensor.name for tensor in function.outputs))
        returned = tracer.call(body, list(values.values()))
        return {n: tf.identity(_plain(value, n)) for n, value in zip(results, returned, strict=True)}

    specs = {
        name: text.spec(given[name], name)
        if name in texts
        else tf.TensorSpec(given[name].shape, given[name].dtype, name)
        for name in names
    }
    return tf.function(again, autograph=False), specs


def _plain(value: Value, name: str) -> tf.Tensor:
    if isinstance(value, (Handle, TensorList, text.Text, Words)):
        raise lower.LoweringError(f'The output "{name}" is no tensor of numbers; LiteRT cannot give it back.')
    return value
