"""Texts as bytes. LiteRT can look words up but neither split a text nor change it, so texts that are taken apart come in as UTF-8 bytes.

An input of shape (…,) becomes uint8 of shape (…, SIZE), filled up with zeros. What text layers do — lower case, characters left out, words
between white space, numbers of words — is arithmetic on these bytes, and exact: a word counts as found only if all its bytes are equal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from tf2kit.export.lower.bodies import Node
from tf2kit.export.lower.structure import STRUCTURE as PLAIN
from tf2kit.export.lower.tracer import Build, Tracer
from tf2kit.export.lower.values import Handle, Table, Value

from .texts import SIZE
from .words import Words, found

_TAKE_APART = ("StringLower", "StringUpper", "StaticRegexReplace", "StringSplit", "StringSplitV2")
_BLANKS = b" \t\n\v\f\r"
# a class in brackets, an escaped character or a plain one; of escaped letters only those that mean the same in RE2 and in Python
_ESCAPED = r"\\[^A-Za-z0-9]|\\[dDntrwW]"
_ONE = re.compile(rf"\[\^?(?:{_ESCAPED}|[^\]\\])+\]|{_ESCAPED}|[^\\^$.|?*+()\[{{]")


@dataclass(frozen=True)
class Text:
    """Strings of shape (…,) as bytes of shape (…, SIZE), int32; zeros are behind the end."""

    bytes: tf.Tensor

    def mapped(self, table: Sequence[int]) -> Text:
        """Each byte replaced by that of the table; those that become zero vanish."""
        made = tf.gather(tf.constant(table, tf.int32), self.bytes)
        vanish = any(not new for new in table[1:])
        return Text(_closed_up(made) if vanish else made)


def inputs_taken_apart(function: Any) -> set[str]:
    """Names of the signature's string inputs, if it takes any string apart."""
    graph = function.graph.as_graph_def()
    ops = {n.op for nodes in (graph.node, *(f.node_def for f in graph.library.function)) for n in nodes}
    if ops.isdisjoint(_TAKE_APART):
        return set()
    return {name for name, spec in function.structured_input_signature[1].items() if spec.dtype == tf.string}


def spec(given: tf.TensorSpec, name: str) -> tf.TensorSpec:
    """What the input becomes."""
    return tf.TensorSpec([*given.shape, SIZE], tf.uint8, name)


def of_input(argument: tf.Tensor) -> Text:
    """An input of that kind as a text."""
    return Text(tf.cast(argument, tf.int32))


def _closed_up(given: tf.Tensor) -> tf.Tensor:
    """The bytes that are not zero, moved to the front."""
    flat = tf.reshape(given, [-1, SIZE])
    stays = tf.cast(flat > 0, tf.int32)
    # the rest goes into a column that is cut off
    places = tf.where(flat > 0, tf.cumsum(stays, axis=1, exclusive=True), SIZE)
    rows = tf.broadcast_to(tf.range(tf.shape(flat)[0])[:, tf.newaxis], tf.shape(flat))
    moved = tf.scatter_nd(tf.stack([rows, places], -1), flat, tf.stack([tf.shape(flat)[0], SIZE + 1]))
    return tf.reshape(moved[:, :SIZE], tf.shape(given))


def _lower(_: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    return _cased(node, inputs, lambda byte: byte + 32 if 65 <= byte <= 90 else byte)


def _upper(_: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value] | None:
    return _cased(node, inputs, lambda byte: byte - 32 if 97 <= byte <= 122 else byte)


def _cased(node: Node, inputs: Sequence[Any], change: Any) -> Sequence[Any] | None:
    """Only ASCII letters, which is all that TensorFlow changes unless it is told an encoding."""
    if node.attr["encoding"].s or not isinstance(inputs[0], Text):
        return None
    return [inputs[0].mapped([change(byte) for byte in range(256)])]


def _replace(_: Tracer, node: Node, inputs: Sequence[Any]) -> Sequence[Any] | None:
    pattern, rewrite = node.attr["pattern"].s.decode(), node.attr["rewrite"].s
    if not isinstance(inputs[0], Text) or (table := _table(pattern, rewrite)) is None:
        return None
    return [inputs[0].mapped(table)] if node.attr["replace_global"].b else None


def _table(pattern: str, rewrite: bytes) -> list[int] | None:
    """Byte → byte for a pattern that stands for one character, such as [!?.]; None where it may be more than that.

    Bytes from 128 on are parts of characters; all of these match or none.
    """
    if not pattern.isascii() or "[:" in pattern or not _ONE.fullmatch(pattern):
        return None
    hits = [bool(re.fullmatch(pattern, chr(code), re.ASCII)) for code in range(129)]
    if len(rewrite) > 1 or (hits[128] and rewrite):
        return None
    new = rewrite[0] if rewrite else 0
    return [0] + [new if hits[min(byte, 128)] else byte for byte in range(1, 256)]


def _split(_: Tracer, node: Node, inputs: Sequence[Any]) -> Sequence[Any] | None:
    """StringSplitV2 at white space: places of the words (row, number), the words, and the shape that holds them."""
    limit = node.attr["maxsplit"].i if "maxsplit" in node.attr else -1
    if not isinstance(inputs[0], Text) or tf.get_static_value(inputs[1]) != b"" or limit != -1:
        return None
    letters = inputs[0].bytes
    table = [int(byte > 0 and byte not in _BLANKS) for byte in range(256)]
    inside = tf.gather(tf.constant(table, tf.int32), letters)
    first = inside * (1 - tf.pad(inside[:, :-1], [[0, 0], [1, 0]]))
    last = inside * (1 - tf.pad(inside[:, 1:], [[0, 0], [0, 1]]))
    starts, ends = tf.where(first > 0), tf.where(last > 0)
    number = tf.gather_nd(tf.cumsum(first, axis=1) - 1, starts)
    rows = tf.shape(letters, tf.int64)[0]
    longest = tf.reduce_max(tf.reduce_sum(first, axis=1))
    begin, length = tf.cast(starts[:, 1], tf.int32), tf.cast(ends[:, 1] - starts[:, 1] + 1, tf.int32)
    words = Words(letters, tf.cast(starts[:, 0], tf.int32), begin, length)
    indices = tf.stack([starts[:, 0], tf.cast(number, tf.int64)], axis=1)
    return [indices, words, tf.stack([rows, tf.cast(longest, tf.int64)])]


def _find(tracer: Tracer, node: Node, inputs: Sequence[Any]) -> Sequence[Any] | None:
    handle, keys, default = inputs
    if not isinstance(handle, Handle) or not isinstance(keys, (Text, Words)):
        return PLAIN["LookupTableFindV2"](tracer, node, inputs)
    table = tracer.table(handle, tf.string, tf.as_dtype(node.attr["Tout"].type))
    return [_looked_up(keys, table, default)]


def _equal(_: Tracer, node: Node, inputs: Sequence[Any]) -> Sequence[Any] | None:
    """Whether texts are one that is known, as layers ask it of their mask token."""
    texts = [value for value in inputs if isinstance(value, (Text, Words))]
    known = [tf.get_static_value(value) for value in inputs if isinstance(value, tf.Tensor)]
    if len(texts) != 1 or known[0] is None or known[0].size != 1:
        return None
    table = Table("", np.reshape(known[0], [1]), np.ones(1, np.int32), tf.string, tf.int32)
    same = _looked_up(texts[0], table, tf.constant(0)) > 0
    return [same if node.op == "Equal" else tf.logical_not(same)]


def _looked_up(keys: Text | Words, table: Table, default: tf.Tensor) -> tf.Tensor:
    if isinstance(keys, Words):
        return found(keys, table, default)
    whole = Words.whole(tf.reshape(keys.bytes, [-1, SIZE]))
    return tf.reshape(found(whole, table, default), tf.shape(keys.bytes)[:-1])


def _reshape(_: Tracer, __: Node, inputs: Sequence[Any]) -> Sequence[Any] | None:
    if not isinstance(inputs[0], Text):
        return None
    return [Text(tf.reshape(inputs[0].bytes, tf.concat([tf.cast(inputs[1], tf.int32), [SIZE]], 0)))]


def _squeeze(_: Tracer, node: Node, inputs: Sequence[Any]) -> Sequence[Any] | None:
    if not isinstance(inputs[0], Text):
        return None
    given = inputs[0].bytes
    rank = given.shape.rank - 1
    axes = [axis % rank for axis in node.attr["squeeze_dims"].list.i]
    return [Text(tf.squeeze(given, axes or [i for i in range(rank) if given.shape[i] == 1]))]


def _expand(_: Tracer, __: Node, inputs: Sequence[Any]) -> Sequence[Any] | None:
    axis = tf.get_static_value(inputs[1])
    if not isinstance(inputs[0], Text) or axis is None:
        return None
    given = inputs[0].bytes
    return [Text(tf.expand_dims(given, int(np.ravel(axis)[0]) % given.shape.rank))]


def _shape(_: Tracer, node: Node, inputs: Sequence[Any]) -> Sequence[Any] | None:
    if not isinstance(inputs[0], (Text, Words)):
        return None
    kind = tf.as_dtype(node.attr["out_type"].type or tf.int32)
    if isinstance(inputs[0], Words):
        return [tf.shape(inputs[0].begin, kind)]
    return [tf.shape(inputs[0].bytes, kind)[:-1]]


STRUCTURE: Mapping[str, Build] = {
    "StringLower": _lower,
    "StringUpper": _upper,
    "StaticRegexReplace": _replace,
    "StringSplitV2": _split,
    "LookupTableFindV2": _find,
    "Equal": _equal,
    "NotEqual": _equal,
    "Reshape": _reshape,
    "Squeeze": _squeeze,
    "ExpandDims": _expand,
    "Shape": _shape,
}
