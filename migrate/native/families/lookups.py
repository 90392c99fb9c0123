"""Tables of ``tf.contrib.lookup`` that number words: those of ``tf.lookup``, which are filled where they are made."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..refusal import Refusal
from ..state import settle, target_name
from ..structural import handles
from ..values import UNKNOWN, Dropped, Eager, Plain, State, Value, leaves
from . import sparse

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

_PARAMETERS = ("mapping", "num_oov_buckets", "default_value", "hasher_spec", "dtype", "name")
_METHODS = frozenset({"lookup", "size"})


@handles("contrib.lookup.index_table_from_tensor")
def _index_table(self: Evaluator, node: ast.Call) -> Value:
    """A table from words to their numbers; it is made once, as variables are."""
    given = dict(zip(_PARAMETERS, node.args, strict=False))
    given.update({str(k.arg): k.value for k in node.keywords})
    words = given.get("mapping")
    if words is None or set(given) - set(_PARAMETERS) or any(isinstance(a, ast.Starred) for a in node.args):
        raise Refusal(node, "what a table of words is made of is not known")
    if "hasher_spec" in given:
        raise Refusal(given["hasher_spec"], "words that a table does not know are numbered by another hash")
    if "dtype" in given and self.context.tf_name(given["dtype"]) != "tf.string":
        raise Refusal(given["dtype"], "a table is asked for something else than strings")
    if any(not isinstance(leaf, (Plain, Eager)) for leaf in leaves(self.value(words))):
        raise Refusal(words, "the words of a table come from the graph")
    buckets = _number(self, given.get("num_oov_buckets"), 0)
    default = _number(self, given.get("default_value"), -1)
    if buckets and default != -1:
        raise Refusal(given["default_value"], "a table has a default and buckets for words that it does not know")
    words = _untensored(self, words)
    state = State("", f"table {node.lineno}:{node.col_offset}", "table", False, node)
    settle(self, node, state, target_name(self.context, node), lambda r: _written(r, words, buckets, default))
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


def _written(r: Renderer, words: ast.expr, buckets: int, default: int) -> str:
    text = r.text(words)
    parsed = ast.parse(text, mode="eval").body
    if any(isinstance(n, ast.Call) for n in ast.walk(parsed)):
        raise Refusal(words, "the words of a table are computed where it is made", "bind them to a name first")
    count = str(len(parsed.elts)) if isinstance(parsed, (ast.List, ast.Tuple)) else f"len({text})"
    numbers = f"{r.tf('tf.range')}({count}, dtype={r.tf('tf.int64')})"
    content = f"{r.tf('tf.lookup.KeyValueTensorInitializer')}({text}, {numbers})"
    if buckets:
        return f"{r.tf('tf.lookup.StaticVocabularyTable')}({content}, num_oov_buckets={buckets})"
    return f"{r.tf('tf.lookup.StaticHashTable')}({content}, default_value={default})"


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
