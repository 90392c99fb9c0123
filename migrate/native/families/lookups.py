"""Tables of ``tf.contrib.lookup`` and ``tf.lookup``: those of TensorFlow 2, which are filled where they are made."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..refusal import Refusal
from ..state import settle, target_name
from ..structural import argument, handles
from ..values import UNKNOWN, Dropped, Eager, Plain, State, Value, leaves
from . import sparse

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

_KINDS = frozenset({"tf.string", "tf.int32", "tf.int64", "tf.float32"})
_METHODS = frozenset({"lookup", "size"})


@handles("contrib.lookup.index_table_from_tensor")
def _index_table(self: Evaluator, node: ast.Call) -> Value:
    """A table from words to their numbers."""
    given, words = _given(self, node, ("mapping", "num_oov_buckets", "default_value", "hasher_spec", "dtype", "name"))
    if "hasher_spec" in given:
        raise Refusal(given["hasher_spec"], "words that a table does not know are numbered by another hash")
    if "dtype" in given and self.context.tf_name(given["dtype"]) != "tf.string":
        raise Refusal(given["dtype"], "a table is asked for something else than strings")
    buckets = _number(self, given.get("num_oov_buckets"), 0)
    default = _number(self, given.get("default_value"), -1)
    if buckets and default != -1:
        raise Refusal(given["default_value"], "a table has a default and buckets for words that it does not know")

    def text(r: Renderer) -> str:
        content = f"{r.tf('tf.lookup.KeyValueTensorInitializer')}({r.text(words)}, {_numbers(r, words)})"
        if buckets:
            return f"{r.tf('tf.lookup.StaticVocabularyTable')}({content}, num_oov_buckets={buckets})"
        return f"{r.tf('tf.lookup.StaticHashTable')}({content}, default_value={default})"

    return _made(self, node, text)


@handles("contrib.lookup.index_to_string_table_from_tensor")
def _word_table(self: Evaluator, node: ast.Call) -> Value:
    """A table from numbers to their words."""
    given, words = _given(self, node, ("mapping", "default_value", "name"))
    default = given.get("default_value")
    if default is not None and not (isinstance(default, ast.Constant) and isinstance(default.value, str)):
        raise Refusal(default, "the word for numbers that a table does not know is no literal")

    def text(r: Renderer) -> str:
        content = f"{r.tf('tf.lookup.KeyValueTensorInitializer')}({_numbers(r, words)}, {r.text(words)})"
        word = r.text(default) if default is not None else r.context.quoted("UNK")
        return f"{r.tf('tf.lookup.StaticHashTable')}({content}, default_value={word})"

    return _made(self, node, text)


@handles("contrib.lookup.KeyValueTensorInitializer", "lookup.KeyValueTensorInitializer")
def _content(self: Evaluator, node: ast.Call) -> Value:
    """Keys and values of a table."""
    _fixed(self, node, ("keys", "values", "key_dtype", "value_dtype", "name"))
    kind, values = argument(node, 3, "value_dtype"), argument(node, 1, "values")
    known = _is_literal(values) if kind is None else self.context.tf_name(kind) in _KINDS
    if not known:
        raise Refusal(
            node,
            "whether the values of a table have double precision, in which layers would compute, is not known",
            "give the table a value_dtype",
        )
    self.replacements[node.func] = lambda r: r.tf("tf.lookup.KeyValueTensorInitializer")
    return Plain()


@handles("contrib.lookup.HashTable", "lookup.StaticHashTable")
def _hash_table(self: Evaluator, node: ast.Call) -> Value:
    """A table of keys and values."""
    _fixed(self, node, ("initializer", "default_value", "name"))
    return _made(self, node, lambda r: r.tf("tf.lookup.StaticHashTable") + _arguments(r, node))


def _is_literal(node: ast.expr | None) -> bool:
    return isinstance(node, (ast.List, ast.Tuple)) and all(isinstance(e, ast.Constant) for e in node.elts)


def _arguments(r: Renderer, node: ast.Call) -> str:
    given = [r.text(a) for a in node.args] + [f"{k.arg}={r.text(k.value)}" for k in node.keywords]
    return f"({', '.join(given)})"


def _fixed(self: Evaluator, node: ast.Call, parameters: tuple[str, ...]) -> None:
    """Refuse arguments that are not known when the table is made."""
    if len(node.args) > 2 or any(isinstance(a, ast.Starred) for a in node.args):
        raise Refusal(node, "what a table is made of is not known")
    for keyword in node.keywords:
        if keyword.arg not in parameters:
            raise Refusal(keyword.value, f"`{keyword.arg}` of a table is not lifted")
    for given, value in zip([*node.args, *(k.value for k in node.keywords)], self.arguments(node), strict=True):
        if any(not isinstance(leaf, (Plain, Eager)) for leaf in leaves(value)):
            raise Refusal(given, "what a table holds comes from the graph")


def _given(self: Evaluator, node: ast.Call, parameters: tuple[str, ...]) -> tuple[dict[str, ast.expr], ast.expr]:
    """The arguments by their names, and the list of words, which is known when the table is made."""
    given = dict(zip(parameters, node.args, strict=False))
    given.update({str(k.arg): k.value for k in node.keywords})
    words = given.get(parameters[0])
    if words is None or set(given) - set(parameters) or any(isinstance(a, ast.Starred) for a in node.args):
        raise Refusal(node, "what a table of words is made of is not known")
    if any(not isinstance(leaf, (Plain, Eager)) for leaf in leaves(self.value(words))):
        raise Refusal(words, "the words of a table come from the graph")
    return given, _untensored(self, words)


def _made(self: Evaluator, node: ast.Call, text: Callable[[Renderer], str]) -> State:
    """A table is made once, as variables are."""
    state = State("", f"table {node.lineno}:{node.col_offset}", "table", False, node)
    settle(self, node, state, target_name(self.context, node), text)
    return state


def _number(self: Evaluator, node: ast.expr | None, default: int) -> int:
    value = self.value(node) if node is not None else Plain(default)
    if not isinstance(value, Plain) or value.constant is UNKNOWN or not isinstance(value.constant, int):
        raise Refusal(node, "how a table numbers words that it does not know is only known when the program runs")
    return value.constant


def _untensored(self: Evaluator, words: ast.expr) -> ast.expr:
    """The list inside ``tf.constant(words)``: the table makes a tensor of it by itself."""
    is_constant = isinstance(words, ast.Call) and self.context.tf_name(words.func) == "tf.constant"
    return words.args[0] if is_constant and len(words.args) == 1 and not words.keywords else words  # type: ignore[attr-defined]


def _numbers(r: Renderer, words: ast.expr) -> str:
    """The numbers of the words: those of their places in the list."""
    text = r.text(words)
    parsed = ast.parse(text, mode="eval").body
    if any(isinstance(n, ast.Call) for n in ast.walk(parsed)):
        raise Refusal(words, "the words of a table are computed where it is made", "bind them to a name first")
    count = str(len(parsed.elts)) if isinstance(parsed, (ast.List, ast.Tuple)) else f"len({text})"
    return f"{r.tf('tf.range')}({count}, dtype={r.tf('tf.int64')})"


def attribute(node: ast.Attribute) -> Value:
    """``table.initializer``: nothing is left of it."""
    if node.attr in ("init", "initializer"):
        return Dropped("init")
    raise Refusal(node, f"`.{node.attr}` of a table is used")


def method(self: Evaluator, node: ast.Call, base: State, name: str) -> Value:
    """``table.lookup(words)``, which is the same in both versions."""
    found = self.arguments(node)
    if name not in _METHODS:
        raise Refusal(node, f"`.{name}()` of a table has no counterpart")
    return sparse.like(found, self.combine([base, *found], node))
