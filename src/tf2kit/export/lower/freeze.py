"""A signature of a loaded model as one graph of constants."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tensorflow as tf
from tensorflow.python.framework import func_graph

from .bodies import Body
from .rules import Rule
from .structure import STRUCTURE
from .tracer import Build, Tracer
from .values import Handle, LoweringError, Table, Value


@dataclass(frozen=True)
class Frozen:
    """A graph that needs nothing beside it.

    Attributes:
      graph_def: nodes, and the functions of loops that remain.
      inputs: name in the signature → tensor in the graph, in the signature's order.
      outputs: the same for what comes out.
      specs: shape and dtype of each input and output, by tensor.
      tables: hash tables; a node HashTableV2 of this name stands in the graph where one is used.
    """

    graph_def: Any
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    specs: Mapping[str, tf.TensorSpec]
    tables: Sequence[Table]


def freeze(
    function: Any,
    rules: Mapping[str, Rule],
    unroll: int = 256,
    compare: Collection[tf.DType] = (),
    structure: Mapping[str, Build] | None = None,
) -> Frozen:
    """Build a signature anew.

    Args:
      function: a ConcreteFunction whose arguments and results have names, as `tf.saved_model.load(…).signatures[…]` gives it.
      rules: what is built in place of ops that the target lacks.
      unroll: a loop of at most so many rounds, known while tracing, becomes so many copies of its body.
      compare: types of keys whose lookups become comparisons with all keys, so that no hash table is needed.
      structure: handlers of ops whose values are not only tensors; they go before the ones that are there.

    Raises:
      LoweringError: the graph needs what cannot be written down: a variable that is changed, or an op that cannot be built.
    """
    graph = func_graph.FuncGraph("frozen")
    source = function.graph.as_graph_def()
    library = {f.signature.name: f for f in source.library.function}
    with graph.as_default():
        tracer = Tracer(graph, library, {**STRUCTURE, **(structure or {})}, rules, unroll, compare)
        given = _placeholders(function)
        captured: dict[str, Value] = {
            inside.op.name: Handle(outside)
            if outside.dtype == tf.resource
            else tf.constant(outside.numpy(), outside.dtype)
            for outside, inside in function.graph.captures
        }
        arguments: dict[str, Value] = {name: tensor for name, (_, tensor) in given.items()} | captured
        names = sorted(function.structured_outputs)
        body = Body(tuple(source.node), tuple(arguments), tuple(tensor.name for tensor in function.outputs))
        values = tracer.call(body, list(arguments.values()))
        results = {
            name: tf.identity(_plain(value, name), name=_valid(name)) for name, value in zip(names, values, strict=True)
        }
    inputs = dict(given.values())
    specs = {t.name: tf.TensorSpec(t.shape, t.dtype) for t in [*inputs.values(), *results.values()]}
    return Frozen(
        graph.as_graph_def(),
        {name: tensor.name for name, tensor in inputs.items()},
        {name: tensor.name for name, tensor in results.items()},
        specs,
        list(tracer.tables.values()),
    )


def _placeholders(function: Any) -> dict[str, tuple[str, tf.Tensor]]:
    """Node of an input in the old graph → its name in the signature, and a placeholder in the new graph."""
    specs = function.structured_input_signature[1]
    count = len(function.inputs) - len(function.graph.captures)
    keywords = list(function._arg_keywords or sorted(specs))[:count]
    return {
        tensor.op.name: (
            name,
            tf.compat.v1.placeholder(specs[name].dtype, specs[name].shape, name=_valid(name)),
        )
        for name, tensor in zip(keywords, function.inputs, strict=False)
    }


def _plain(value: Value, name: str) -> tf.Tensor:
    if not isinstance(value, tf.Tensor):
        raise LoweringError(
            f'The output "{name}" is a resource or a list of tensors; give the signature outputs that are tensors.'
        )
    return value


def _valid(name: str) -> str:
    """A name that nodes may have."""
    return re.sub(r"[^A-Za-z0-9_.\\/-]", "_", name).lstrip("_-/\\") or "tensor"
