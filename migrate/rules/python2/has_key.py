"""`d.has_key(k)`, which Python 3 spells `k in d`.

## What it does
Rewrites calls of `has_key` with one argument, unless the module defines a method of that name.

## Why
Dictionaries of Python 3 have no `has_key`: `AttributeError`.

## Example
```python
if not vocabulary.has_key(word):
    add(word)
```
```python
if word not in vocabulary:
    add(word)
```

## What to do by hand
Nothing. In a class with a `has_key` of its own, rename it to `__contains__`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from .. import rule
from .scan import defines, method_calls, parents

if TYPE_CHECKING:
    from ...module import Module

_TIGHT = (
    ast.Name,
    ast.Constant,
    ast.Attribute,
    ast.Subscript,
    ast.Call,
    ast.BinOp,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.JoinedStr,
)
_LOOSE_PARENTS = (
    ast.If,
    ast.While,
    ast.IfExp,
    ast.Assert,
    ast.Return,
    ast.Assign,
    ast.BoolOp,
    ast.Call,
    ast.keyword,
    ast.comprehension,
    ast.Expr,
)


@rule("PY211", "has-key", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report calls of ``has_key``."""
    up: dict[ast.AST, ast.AST] | None = None
    for call, method in method_calls(module, {"has_key"}):
        if (
            len(call.args) != 1
            or call.keywords
            or isinstance(call.args[0], ast.Starred)
            or defines(module, {"has_key"})
        ):
            continue
        up = up or parents(module.tree)
        parent = up.get(call)
        outer: ast.AST = call
        word = b" in "
        if isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not):
            outer, word, parent = parent, b" not in ", up.get(parent)
        key, owner = (_operand(module, node) for node in (call.args[0], method.value))
        new = key + word + owner
        start, end = module.span(outer)
        if not isinstance(parent, _LOOSE_PARENTS) or (
            b"\n" in new and isinstance(parent, ast.If | ast.While | ast.Return | ast.Assign | ast.Assert | ast.Expr)
        ):
            new = b"(" + new + b")"
        yield Finding("PY211", "dictionaries have no has_key in Python 3", start, end, Fix((Edit(start, end, new),)))


def _operand(module: Module, node: ast.expr) -> bytes:
    """The source of an operand of ``in``, in parentheses where it needs them."""
    source = module.slice(node)
    if isinstance(node, ast.Tuple) and not source.startswith(b"("):
        return b"(" + source + b")"
    return source if isinstance(node, _TIGHT) else b"(" + source + b")"
