"""What a model says about inputs beyond their types: how many rows an embedding has, which words are in a vocabulary."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from .. import lower
from ..signatures import TensorSpec

# ops that pass a number or a string on, as far as drawing samples goes
_PASSING = {"Cast", "Identity", "Reshape", "ExpandDims", "Squeeze", "Pack", "ConcatV2", "GatherV2"}
_PASSING |= {"SelectV2", "AddV2", "FloorMod", "StringLower", "StringStrip"}
_SPLITTING = {"StaticRegexReplace", "RegexReplace", "StringSplitV2", "StringSplit"}
_WORDS = 64


def added(specs: Mapping[str, TensorSpec], function: Any) -> dict[str, TensorSpec]:
    """The inputs with what is known about their values; as they were where nothing is, or the graph cannot be traced."""
    if not any(spec.dtype == "string" or spec.dtype.startswith(("int", "uint")) for spec in specs.values()):
        return dict(specs)
    try:
        frozen = lower.freeze(function, {})
    except lower.LoweringError:
        return dict(specs)
    return {name: _hinted(spec, frozen, frozen.inputs[name].partition(":")[0]) for name, spec in specs.items()}


def _hinted(spec: TensorSpec, frozen: lower.Frozen, start: str) -> TensorSpec:
    """Follow the input to embeddings and tables."""
    users: dict[str, list[tuple[Any, int]]] = {}
    for node in frozen.graph_def.node:
        for index, name in enumerate(node.input):
            users.setdefault(name.lstrip("^").partition(":")[0], []).append((node, index))
    constants = {node.name: node for node in frozen.graph_def.node if node.op == "Const"}
    tables = {table.name: table for table in frozen.tables}
    high, words, text, seen, waiting = spec.high, spec.words, spec.text, {start}, [start]
    while waiting:
        for node, index in users.get(waiting.pop(), []):
            if node.op == "GatherV2" and index == 1 and node.input[0] in constants:
                rows = constants[node.input[0]].attr["value"].tensor.tensor_shape.dim[0].size
                high = rows if high is None else min(rows, high)
            elif node.op == "LookupTableFindV2" and index == 1 and spec.dtype == "string":
                keys = tables[node.input[0].partition(":")[0]].keys
                words = tuple(tf.compat.as_text(key) for key in keys[:_WORDS])
            elif node.name not in seen and (node.op in _PASSING or node.op in _SPLITTING):
                text = text or node.op in _SPLITTING
                seen.add(node.name)
                waiting.append(node.name)
    return dataclasses.replace(spec, high=high, words=words, text=text)
