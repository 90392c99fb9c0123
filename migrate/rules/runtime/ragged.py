"""`numpy.array` of lists of different lengths.

## What it does
Adds `dtype=object` where the argument is a literal list of lists of visibly different lengths and no dtype is given.

## Why
NumPy 1 made an array of lists; since NumPy 1.24 it is `ValueError: setting an array element with a sequence. The
requested array has an inhomogeneous shape`.

## Example
```python
sentences = np.array([[1, 2], [3]])
```
```python
sentences = np.array([[1, 2], [3]], dtype=object)
```

## What to do by hand
Where the lists come from a variable, the lengths cannot be seen here: add `dtype=object` where the error above
appears, or pad the lists.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding, Fix
from .. import rule
from .calls import add_argument, calls_of, has_stars, keyword

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT312", "ragged-array", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report arrays of literal lists of different lengths."""
    for _, call in calls_of(module, {"numpy.array", "numpy.asarray"}):
        if len(call.args) != 1 or keyword(call, "dtype") or has_stars(call) or not _ragged(call.args[0]):
            continue
        edit = add_argument(module, call, "dtype=object")
        fix = Fix((edit,)) if edit else None
        message = "the lists have different lengths; NumPy makes an array of them only as dtype=object"
        yield Finding("ROT312", message, *module.span(call), fix, todo="add dtype=object, or pad the lists")


def _ragged(node: ast.expr) -> bool:
    """Whether a literal holds sequences whose lengths are known and differ."""
    if not isinstance(node, ast.List | ast.Tuple) or any(isinstance(e, ast.Starred) for e in node.elts):
        return False
    rows = [e for e in node.elts if isinstance(e, ast.List | ast.Tuple)]
    if any(isinstance(e, ast.Starred) for row in rows for e in row.elts) or len(rows) != len(node.elts):
        return False
    return len({len(row.elts) for row in rows}) > 1
