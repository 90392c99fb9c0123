"""`numpy.fromstring` on bytes.

## What it does
Rewrites `np.fromstring(data, dtype)` without `sep` to `np.frombuffer(data, dtype).copy()`, which gives the same
array.

## Why
NumPy 2.3 raises `ValueError: The binary mode of fromstring is removed, use frombuffer instead`. Without `copy` the
array could not be written to.

## Example
```python
image = np.fromstring(feature, dtype=np.uint8)
```
```python
image = np.frombuffer(feature, dtype=np.uint8).copy()
```

## What to do by hand
Nothing. Leave `.copy()` out where the array is only read, to save memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from ...imports import Move, rewrite_use
from .. import rule
from .calls import calls_of, has_stars, keyword

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT310", "numpy-fromstring", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report binary uses of ``numpy.fromstring``."""
    for use, call in calls_of(module, {"numpy.fromstring"}):
        if keyword(call, "sep") or has_stars(call) or len(call.args) > 3:
            continue
        start, end = module.span(call)
        moved = rewrite_use(module, use, 0, Move.through("numpy.frombuffer", "numpy", "np"))
        fix = Fix((*moved.edits, Edit(end, end, b".copy()")), imports=moved.imports) if moved else None
        yield Finding(
            "ROT310", "numpy.fromstring no longer reads bytes", start, end, fix, todo="use numpy.frombuffer(…).copy()"
        )
