"""What was a list in Python 2 and is a view or an iterator now, where a list is needed.

## What it does
Puts `list(…)` around `map`, `filter`, `zip`, `range` and around `.keys()`, `.values()`, `.items()` where the code can
only work with a list: they are subscripted (`d.keys()[0]`, `map(f, x)[i]`; `range` may be), added to a list
(`range(3) + [7]`), measured (`len(map(…))`), shuffled (`random.shuffle(range(n))`), or handed to `numpy.array` and
`numpy.asarray`.

## Why
Python 3 stops with `TypeError`; `numpy.array(map(f, x))` does not even stop but makes an array of one object.

## Example
```python
x = np.array(map(float, row))
first = table.keys()[0]
```
```python
x = np.array(list(map(float, row)))
first = list(table.keys())[0]
```

## What to do by hand
Look at names bound to such a value and used as a list later (`order = range(n)`, then `shuffle(order)`): only direct
uses are rewritten.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from .. import rule
from .scan import all_nodes, bound_names, parents

if TYPE_CHECKING:
    from ...module import Module

_LAZY = {"map", "filter", "zip"}
_VIEWS = {"keys", "values", "items"}
_ARRAYS = {"numpy.array", "numpy.asarray"}
_SHUFFLES = {"random.shuffle", "numpy.random.shuffle"}


@rule("PY215", "list-expected", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report iterators and views in the place of a list."""
    if not any(
        name in module.text for name in (b"map(", b"filter(", b"zip(", b"range(", b".keys()", b".values()", b".items()")
    ):
        return
    free = (_LAZY | {"range"}) - bound_names(module.tree)
    full = {id(use.call): use.full for use in module.uses if use.call is not None}
    for node in all_nodes(module.tree):
        if not isinstance(node, ast.Call):
            continue
        kind = _kind(node, free)
        reason = kind and _reason(node, kind, parents(module.tree), full)
        if reason:
            start, end = module.span(node)
            fix = Fix((Edit(start, start, b"list("), Edit(end, end, b")")))
            yield Finding("PY215", f"{kind} gives no list in Python 3, and it is {reason}", start, end, fix)


def _kind(node: ast.Call, free: set[str]) -> str:
    if isinstance(node.func, ast.Name) and node.func.id in free:
        return node.func.id
    if isinstance(node.func, ast.Attribute) and node.func.attr in _VIEWS and not node.args and not node.keywords:
        return node.func.attr
    return ""


def _reason(node: ast.Call, kind: str, up: dict[ast.AST, ast.AST], full: dict[int, str]) -> str:
    parent = up.get(node)
    if isinstance(parent, ast.Subscript) and parent.value is node and kind != "range":
        return "subscripted here"
    if isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Add):
        other = parent.right if parent.left is node else parent.left
        return "added to a list here" if _is_list(other) else ""
    if isinstance(parent, ast.Call) and parent.args[:1] == [node]:
        name = full.get(id(parent)) or (parent.func.id if isinstance(parent.func, ast.Name) else "")
        if name in _ARRAYS and kind != "range":
            return "made an array here"
        if name in _SHUFFLES:
            return "shuffled here"
        if name == "len" and kind in _LAZY:
            return "measured here"
    return ""


def _is_list(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mult):
        return _is_list(node.left) or _is_list(node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in {"list", "range", "map", "filter", "zip", "sorted"}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in _VIEWS and not node.args and not node.keywords
    return isinstance(node, ast.List | ast.ListComp)
