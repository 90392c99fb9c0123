"""`numpy.load` of files that hold Python objects.

## What it does
Adds `allow_pickle=True` where the call shows that the file holds pickled objects: it passes `encoding` or
`fix_imports`, or takes the single object out with `.item()` or `[()]`. Other calls of `np.load` are left alone: most
files hold plain arrays.

## Why
Since NumPy 1.16.3 `np.load` refuses pickled objects unless it is told: `ValueError: Object arrays cannot be loaded
when allow_pickle=False`.

## Example
```python
weights = np.load("vgg16.npy", encoding="latin1").item()
```
```python
weights = np.load("vgg16.npy", encoding="latin1", allow_pickle=True).item()
```

## What to do by hand
Load pickles only from files that you trust: they can run any code. Where another `np.load` stops with the error
above, add `allow_pickle=True` there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding, Fix
from .. import rule
from ..python2.scan import parents
from .calls import add_argument, calls_of, has_stars, keyword

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT311", "numpy-load-pickle", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report calls of ``numpy.load`` that read objects."""
    up: dict[ast.AST, ast.AST] | None = None
    for _, call in calls_of(module, {"numpy.load"}):
        if keyword(call, "allow_pickle") or has_stars(call) or len(call.args) > 2:
            continue
        up = up or parents(module.tree)
        if keyword(call, "encoding") or keyword(call, "fix_imports") or _takes_object(call, up):
            edit = add_argument(module, call, "allow_pickle=True")
            fix = Fix((edit,)) if edit else None
            message = "numpy.load reads pickled objects only when told to"
            yield Finding(
                "ROT311", message, *module.span(call), fix, todo="add allow_pickle=True if you trust the file"
            )


def _takes_object(call: ast.Call, up: dict[ast.AST, ast.AST]) -> bool:
    """Whether ``.item()`` or ``[()]`` follows."""
    parent = up.get(call)
    if isinstance(parent, ast.Attribute):
        outer = up.get(parent)
        return parent.attr == "item" and isinstance(outer, ast.Call) and not outer.args
    return isinstance(parent, ast.Subscript) and isinstance(parent.slice, ast.Tuple) and not parent.slice.elts
