"""Names of Python's standard library that are gone.

## What it does
Rewrites `time.clock` to `time.perf_counter`, `collections.Iterable` and its kin to `collections.abc`, `imp.reload` to
`importlib.reload`, `fractions.gcd` to `math.gcd`, `base64.encodestring` to `base64.encodebytes` and others. Uses of
`imp`, `distutils`, `cgi`, `pkg_resources` and other modules that newer Pythons dropped are reported.

## Why
Python 3.3 to 3.13 removed them.

## Example
```python
start = time.clock()
```
```python
start = time.perf_counter()
```

## What to do by hand
Each finding names the replacement. `time.perf_counter` measures wall time; use `time.process_time` where processor
time was meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from .. import rule
from .relocation import findings, table

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT304", "stdlib-name", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report names that today's Python lacks."""
    return findings(module, "ROT304", table("stdlib"))
