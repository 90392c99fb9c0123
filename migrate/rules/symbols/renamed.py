"""A TensorFlow name has another name in `tensorflow.compat.v1`, with the same behaviour.

## What it does
Renames the few names that compat.v1 lacks although the same function is there under another name. The table is
`migrate/tables/renamed.json`. Names of TensorFlow 0.x that 1.x had dropped already (`tf.mul`, `tf.pack`,
`tf.merge_all_summaries`) are in it too.

## Why
The old name raises `AttributeError` on the target version. Each row was checked: same function, same parameters in the same order.

## Example
```python
x = tf.mul(a, tf.pack([b, c]))
```
```python
x = tf.multiply(a, tf.stack([b, c]))
```

## What to do by hand
Nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from ...imports import Move
from ...relocate import relocate
from ...symbols import V1, name_of, table
from .. import rule

if TYPE_CHECKING:
    from ...module import Module


@rule("SYM102", "renamed-symbol", "symbols")
def check(module: Module) -> Iterator[Finding]:
    """Rename what has another name in compat.v1."""
    renamed: dict[str, str] = table("renamed.json")

    def moves(full: str) -> Move | None:
        name = name_of(full)
        new = renamed.get(name.name) if name is not None and not name.attributes else None
        return Move(f"{V1}.{new.removeprefix('tf.')}", f"import {V1} as tf", "tf", V1) if new else None

    for place in relocate(module, moves):
        start, end = module.span(place.node)
        new = "tf" + place.move.target.removeprefix(V1)
        yield Finding(
            "SYM102",
            f"{place.full.replace(V1, 'tf')} is {new} now",
            start,
            end,
            place.fix,
            todo=f"Write {new}.",
            symbol=place.full,
        )
