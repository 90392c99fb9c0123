"""Methods of arrays, pictures and frames that are gone.

## What it does
Rewrites `x.tostring()` to `x.tobytes()`, and `frame.as_matrix()` to `frame.values`, unless the module defines a
method of that name. In modules that import pandas, `.ix[…]`, `get_value`, `set_value` and `append(…, ignore_index=…)`
are reported; in modules that import scikit-learn, `get_feature_names()` is.

## Why
NumPy 2.3, Pillow 10, pandas 1.0 to 3 and scikit-learn 1.2 removed them: `AttributeError`.

## Example
```python
raw = image.tostring()
```
```python
raw = image.tobytes()
```

## What to do by hand
`frame.ix[…]` is `frame.loc[…]` with labels and `frame.iloc[…]` with numbers; `frame.append(rows)` is
`pandas.concat([frame, rows])`; `frame.get_value(i, c)` is `frame.at[i, c]`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from .. import rule
from ..python2.scan import defines, method_calls
from .calls import keyword

if TYPE_CHECKING:
    from ...module import Module

_PANDAS = {
    "get_value": "use frame.at[row, column]",
    "set_value": "use frame.at[row, column] = value",
    "append": "use pandas.concat([frame, rows], ignore_index=…)",
}


@rule("ROT316", "removed-method", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report methods that libraries removed."""
    for call, method in method_calls(module, {"tostring", "as_matrix"}):
        if not call.args and not call.keywords and not defines(module, {method.attr}):
            yield _renamed(module, call, method)
    libraries = {i.target.split(".")[0] for i in module.imports}
    if "pandas" in libraries:
        yield from _pandas(module)
    if "sklearn" in libraries:
        for call, method in method_calls(module, {"get_feature_names"}):
            if not defines(module, {method.attr}):
                todo = "use get_feature_names_out(); it returns an array"
                yield Finding("ROT316", "scikit-learn has no get_feature_names any more", *module.span(call), todo=todo)


def _renamed(module: Module, call: ast.Call, method: ast.Attribute) -> Finding:
    end = module.span(method)[1]
    start = end - len(method.attr)
    if method.attr == "tostring":
        new, edit = "tobytes", Edit(start, end, b"tobytes")
    else:
        new, edit = "values", Edit(start, module.span(call)[1], b"values")
    return Finding("ROT316", f"the method {method.attr} is gone; {new} is the same", start, end, Fix((edit,)))


def _pandas(module: Module) -> Iterator[Finding]:
    for call, method in method_calls(module, set(_PANDAS)):
        wide = method.attr == "append" and keyword(call, "ignore_index") is None
        if not wide and not defines(module, {method.attr}) and len(call.args) + len(call.keywords) > 1:
            yield Finding(
                "ROT316", f"frames have no {method.attr} any more", *module.span(call), todo=_PANDAS[method.attr]
            )
    if b".ix" in module.text:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "ix":
                todo = "use .loc with labels, .iloc with numbers"
                yield Finding("ROT316", "frames have no ix any more", *module.span(node.value), todo=todo)
