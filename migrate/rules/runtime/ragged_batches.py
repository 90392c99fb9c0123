"""`numpy.array` of rows that may have different lengths, in a generator of batches.

## What it does
Replaces `np.array(data)` by `ragged_array(data)` of `tf2kit.compat.numpy1` where `data` is a parameter of a generator function,
or where the argument is `list(zip(…))`. `ragged_array` gives what NumPy 1 gave: the same array where the rows are regular, an
array of objects where not.

## Why
The batch iterators of that time were fed `list(zip(x, y))` with inputs and labels of different lengths. Since NumPy 1.24 this is
`ValueError: … inhomogeneous shape`. Adding `dtype=object` instead would change the arrays of callers whose rows are regular.

## Example
```python
def batches(data, size):
    data = np.array(data)
    for i in range(0, len(data), size):
        yield data[i : i + size]
```
```python
def batches(data, size):
    data = ragged_array(data)
    for i in range(0, len(data), size):
        yield data[i : i + size]
```

## What to do by hand
Nothing. If you know that the rows always have one length, keep `np.array` and mark the line with `# tf2kit: ignore[ROT318]`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from ...scopes import Use
from .. import rule
from .calls import calls_of, has_stars

if TYPE_CHECKING:
    from ...module import Module

_IMPORT = "from tf2kit.compat.numpy1 import ragged_array"


@rule("ROT318", "ragged-batches", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Keep NumPy 1's arrays where the rows of batches may differ in length."""
    for use, call in calls_of(module, {"numpy.array"}):
        if len(call.args) != 1 or call.keywords or has_stars(call):
            continue
        if not (_is_zip(call.args[0]) or _feeds_generator(use, call.args[0])):
            continue
        taken = "ragged_array" in use.scope.names() and not any(
            i.target.endswith(".ragged_array") for i in module.imports
        )
        start, end = module.span(call.func)
        fix = None if taken else Fix((Edit(start, end, b"ragged_array"),), imports=(_IMPORT,))
        message = "rows of different lengths made an array of objects in NumPy 1 and are an error now"
        yield Finding("ROT318", message, start, end, fix, todo="Use ragged_array of tf2kit.compat.numpy1 here.")


def _is_zip(node: ast.expr) -> bool:
    """``list(zip(…))``, spelled just so."""
    return _calls(node, "list") and isinstance(node, ast.Call) and len(node.args) == 1 and _calls(node.args[0], "zip")


def _calls(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _feeds_generator(use: Use, node: ast.expr) -> bool:
    """Whether ``node`` is a parameter of the generator function around the use."""
    function = use.scope.node
    if not isinstance(node, ast.Name) or not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    parameters = {a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)}
    return node.id in parameters and any(isinstance(n, ast.Yield) for n in ast.walk(function))
