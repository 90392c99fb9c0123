"""`iteritems`, `itervalues`, `iterkeys` and the view methods of Python 2 dictionaries.

## What it does
Renames calls without arguments: `d.iteritems()` to `d.items()`, `d.viewkeys()` to `d.keys()` and so on.
`six.iteritems(d)` has an argument and stays. In a module that defines a method of that name nothing changes.

## Why
Dictionaries of Python 3 have no `iteritems` (and pandas dropped its own in version 2): `AttributeError`. `items` of
Python 3 is what `iteritems` was; on a pandas object it is the same iterator.

## Example
```python
for name, value in params.iteritems():
    print(name, value)
```
```python
for name, value in params.items():
    print(name, value)
```

## What to do by hand
Nothing, unless the object is of a class of yours in another file that has `iteritems` but no `items`: then add
`items` there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from .. import rule
from .scan import defines, method_calls

if TYPE_CHECKING:
    from ...module import Module

_NAMES = {prefix + name: name for prefix in ("iter", "view") for name in ("items", "keys", "values")}


@rule("PY212", "dict-iterator", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report methods of dictionaries that Python 3 dropped."""
    for call, method in method_calls(module, set(_NAMES)):
        if call.args or call.keywords or defines(module, {method.attr}):
            continue
        end = module.span(method)[1]
        start = end - len(method.attr)
        new = _NAMES[method.attr]
        message = f"dictionaries have no {method.attr} in Python 3; {new} is what it was"
        yield Finding("PY212", message, start, end, Fix((Edit(start, end, new.encode()),)))
