"""Classes that implement Python 2's `next`, `__nonzero__` or `__div__` only.

## What it does
Adds the name that Python 3 looks for behind the method: `__next__ = next` in classes with `__iter__` and `next`,
`__bool__ = __nonzero__`, and `__truediv__ = __div__`. Classes that have it already stay. Base classes other than
`object` with unknown content are respected: a method is only added if the class itself defines the old one.

## Why
Without it Python 3 says that the object is not an iterator, takes every object as true, or cannot divide.

## Example
```python
class Batches(object):
    def __iter__(self):
        return self

    def next(self):
        return self.read()
```
```python
class Batches(object):
    def __iter__(self):
        return self

    def next(self):
        return self.read()
    __next__ = next
```

## What to do by hand
Nothing. Once no Python 2 is left, rename the method itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from ...source import newline_of
from .. import rule

if TYPE_CHECKING:
    from ...module import Module

_NAMES = {"next": "__next__", "__nonzero__": "__bool__", "__div__": "__truediv__"}


@rule("PY214", "python2-protocol", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report classes with a protocol of Python 2."""
    if not any(b"def " + name.encode() in module.text for name in _NAMES):
        return
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ClassDef):
            continue
        methods = {n.name: n for n in node.body if isinstance(n, ast.FunctionDef)}
        known = {
            *methods,
            *(t.id for n in node.body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)),
        }
        for old, new in _NAMES.items():
            if old in methods and new not in known and (old != "next" or "__iter__" in methods):
                yield _finding(module, methods[old], old, new)


def _finding(module: Module, method: ast.FunctionDef, old: str, new: str) -> Finding:
    start = module.offset(method.lineno, method.col_offset)
    _, end = module.line_span(module.span(method)[1] - 1)
    first = module.offset(min([method.lineno, *(d.lineno for d in method.decorator_list)]), 0)
    indent = module.text[first : first + method.col_offset]
    newline = newline_of(module.text)
    line = indent + f"{new} = {old}".encode()
    ended = module.text[:end].endswith((b"\n", b"\r"))
    text = line + newline if ended else newline + line
    return Finding(
        "PY214", f"Python 3 looks for {new}, not {old}", start, module.span(method)[1], Fix((Edit(end, end, text),))
    )
