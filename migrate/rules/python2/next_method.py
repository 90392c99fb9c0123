"""`it.next()`, which Python 3 spells `next(it)`.

## What it does
Rewrites `x.next()` where `x` is an iterator beyond doubt: the result of a generator of this module, of `iter`,
`enumerate`, `zip`, `open`, `os.walk`, `csv.reader`, `itertools`, or of a TensorFlow eager iterator, used directly or
through a name that is bound only to such. Elsewhere the rewrite is offered with `--unsafe-fixes`, because a class of
yours may have a `next` method that is not the iterator protocol.

## Why
Iterators of Python 3 have `__next__` and no `next`: `AttributeError`.

## Example
```python
folders = os.walk(path).next()[1]
```
```python
folders = next(os.walk(path))[1]
```

## What to do by hand
Where the object is an iterator, write `next(x)`. Where it is a class of yours with a `next` method, nothing is to be
done.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix, Safety, Severity
from .. import rule
from .scan import defines, method_calls

if TYPE_CHECKING:
    from ...module import Module

_BUILTINS = {"iter", "enumerate", "zip", "map", "filter", "open", "reversed"}
_LIBRARY = {"os.walk", "csv.reader", "csv.DictReader", "glob.iglob", "io.open", "gzip.open", "codecs.open"}


@rule("PY213", "next-method", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report calls of ``next`` as a method."""
    if b".next" not in module.text:
        return
    sources = {id(use.call): use.full for use in module.uses if use.call is not None}
    generators = _generators(module.tree)
    for call, method in method_calls(module, {"next"}):
        if call.args or call.keywords:
            continue
        start, end = module.span(call)
        _, owner_end = module.span(method.value)
        sure = _is_iterator(method.value, sources, generators, module)
        if not sure and defines(module, {"next"}):
            continue
        fix = Fix(
            (Edit(start, start, b"next("), Edit(_after(module, method, owner_end), end, b")")),
            Safety.SAFE if sure else Safety.UNSAFE,
        )
        message = "iterators have no next method in Python 3"
        if sure:
            yield Finding("PY213", message, start, end, fix)
        else:
            todo = "write next(x) if the object is an iterator; leave it if it is a class of yours with a next method"
            yield Finding("PY213", message, start, end, fix, Severity.WARNING, todo)


def _after(module: Module, method: ast.Attribute, owner_end: int) -> int:
    """Where ``.next`` begins: behind the owner and the parentheses around it."""
    end = module.span(method)[1] - len("next")
    dot = module.text.rfind(b".", owner_end, end)
    return dot if dot >= 0 else owner_end


def _generators(tree: ast.Module) -> set[str]:
    """Functions of the module that hold a yield of their own."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and _yields(node):
            found.add(node.name)
    return found


def _yields(function: ast.FunctionDef) -> bool:
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            todo += ast.iter_child_nodes(node)
    return False


def _is_iterator(node: ast.expr, sources: dict[int, str], generators: set[str], module: Module) -> bool:
    if isinstance(node, ast.GeneratorExp):
        return True
    if isinstance(node, ast.Call):
        full = sources.get(id(node), "")
        if full in _LIBRARY or full.startswith("itertools.") or full.endswith(".eager.Iterator"):
            return True
        return isinstance(node.func, ast.Name) and not full and node.func.id in _BUILTINS | generators
    if isinstance(node, ast.Name):
        values = _values(node.id, module.tree)
        return bool(values) and all(
            v is not None and not isinstance(v, ast.Name) and _is_iterator(v, sources, generators, module)
            for v in values
        )
    return False


def _values(name: str, tree: ast.Module) -> list[ast.expr | None]:
    """Everything that the module binds ``name`` to; None for what is not a plain assignment."""
    values: list[ast.expr | None] = []
    plain: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name:
                    values.append(node.value)
                    plain.add(id(target))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Name)
            and node.id == name
            and not isinstance(node.ctx, ast.Load)
            and id(node) not in plain
        ) or (isinstance(node, ast.arg) and node.arg == name):
            values.append(None)
    return values
