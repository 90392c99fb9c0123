"""`yaml.load` without a loader.

## What it does
Rewrites `yaml.load(x)` to `yaml.safe_load(x)`.

## Why
PyYAML 6 requires the argument `Loader`: `TypeError: load() missing 1 required positional argument`. `safe_load` reads
every plain document to the same value; it refuses tags that build Python objects, with an error that names the tag.

## Example
```python
config = yaml.load(open("config.yml"))
```
```python
config = yaml.safe_load(open("config.yml"))
```

## What to do by hand
Where a file that you trust has tags such as `!!python/object`, write `yaml.load(x, Loader=yaml.Loader)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from ...imports import Move, rewrite_use
from .. import rule
from .calls import calls_of, has_stars

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT314", "yaml-load", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report calls of ``yaml.load`` and ``load_all`` with one argument."""
    for use, call in calls_of(module, {"yaml.load", "yaml.load_all"}):
        if len(call.args) != 1 or call.keywords or has_stars(call):
            continue
        new = use.full.replace("yaml.", "yaml.safe_")
        fix = rewrite_use(module, use, 0, Move.through(new, "yaml"))
        yield Finding("ROT314", f"{use.full} needs a loader", *module.span(call), fix, todo=f"use {new}")
