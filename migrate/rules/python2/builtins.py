"""Builtins that only Python 2 has: `xrange`, `raw_input`, `unicode` and others.

## What it does
Renames, where no statement of the module gives the name another meaning: `xrange` to `range`, `raw_input` to `input`,
`unicode` and `basestring` to `str`, `unichr` to `chr`, `long` to `int`, `reduce` to `functools.reduce`, `reload` to
`importlib.reload`, `intern` to `sys.intern`, and calls of `file` to `open`. Names imported from `six.moves`, or
defined under `except NameError`, stay. Uses of `execfile`, `cmp`, `apply`, `coerce` and `buffer` are reported.

## Why
Python 3 stops with `NameError`, often only at the first training step. `range` in Python 3 is what `xrange` was.

## Example
```python
for step in xrange(100):
    train(step)
```
```python
for step in range(100):
    train(step)
```

## What to do by hand
`execfile(p)` is `exec(open(p).read())`, `apply(f, a)` is `f(*a)`, `cmp(a, b)` is `(a > b) - (a < b)`, and `buffer(x)`
is `memoryview(x)`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from .. import rule
from .scan import builtin_names, parents

if TYPE_CHECKING:
    from ...module import Module

_RENAMED = {
    "xrange": "range",
    "raw_input": "input",
    "unicode": "str",
    "basestring": "str",
    "unichr": "chr",
    "long": "int",
}
_MOVED = {"reduce": "functools", "reload": "importlib", "intern": "sys"}
_GONE = {
    "execfile": "use exec(open(path).read())",
    "cmp": "use (a > b) - (a < b), or key= when sorting",
    "apply": "call the function: f(*args, **kwargs)",
    "coerce": "convert the numbers yourself",
    "buffer": "use memoryview(x) or bytes",
}


@rule("PY210", "python2-builtin", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report builtins that Python 3 lacks."""
    callers: dict[ast.AST, ast.AST] | None = None
    for node in builtin_names(module, {*_RENAMED, *_MOVED, *_GONE, "file"}):
        start, end = module.span(node)
        name = node.id
        if name in _RENAMED:
            new, imports = _RENAMED[name], ()
        elif name in _MOVED:
            yield Finding(
                "PY210",
                f"Python 3 has no builtin {name}; it is {_MOVED[name]}.{name}",
                start,
                end,
                Fix((Edit(start, end, f"{_MOVED[name]}.{name}".encode()),), imports=(f"import {_MOVED[name]}",)),
            )
            continue
        else:
            callers = callers or parents(module.tree)
            parent = callers.get(node)
            called = isinstance(parent, ast.Call) and parent.func is node
            if not called:
                continue
            if name != "file":
                yield Finding("PY210", f"Python 3 has no builtin {name}", start, end, todo=_GONE[name])
                continue
            new, imports = "open", ()
        message = f"Python 3 has no builtin {name}; {new} is what it was"
        yield Finding("PY210", message, start, end, Fix((Edit(start, end, new.encode()),), imports=imports))
