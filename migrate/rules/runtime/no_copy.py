"""`numpy.array(x, copy=False)`, which NumPy 2 reads more strictly.

## What it does
Rewrites `np.array(x, copy=False)` to `np.asarray(x)`; `dtype` and `order` are kept.

## Why
In NumPy 1 `copy=False` meant "only if needed", as `asarray` does. NumPy 2 raises `ValueError` where a copy is needed,
as for every list.

## Example
```python
x = np.array(rows, dtype=np.float32, copy=False)
```
```python
x = np.asarray(rows, dtype=np.float32)
```

## What to do by hand
With `subok` or `ndmin`, which `asarray` does not have, write `copy=None`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from ...imports import Move, rewrite_use
from .. import rule
from .calls import calls_of, has_stars, keyword

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT313", "numpy-copy-false", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report ``numpy.array(…, copy=False)``."""
    for use, call in calls_of(module, {"numpy.array"}):
        copy = keyword(call, "copy")
        if copy is None or not isinstance(copy.value, ast.Constant) or copy.value.value is not False:
            continue
        fix = None
        moved = rewrite_use(module, use, 0, Move.through("numpy.asarray", "numpy", "np"))
        plain = (
            len(call.args) in (1, 2)
            and not has_stars(call)
            and {k.arg for k in call.keywords} <= {"copy", "dtype", "order"}
        )
        if moved and plain:
            fix = Fix((*moved.edits, _removed(module, call, copy)), imports=moved.imports)
        message = "copy=False fails in NumPy 2 where a copy is needed"
        yield Finding("ROT313", message, *module.span(call), fix, todo="use numpy.asarray, or copy=None")


def _removed(module: Module, call: ast.Call, gone: ast.keyword) -> Edit:
    """Take the keyword out with the comma in front of it."""
    before = [module.span(n)[1] for n in (*call.args, *(k.value for k in call.keywords)) if n is not gone.value]
    start, end = module.span(gone)
    return Edit(max(b for b in before if b <= start), end, b"")
