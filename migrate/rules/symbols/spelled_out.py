"""In a file that spells TF 1 names `tf.compat.v1.…`, the names that lack the spelling get it.

## What it does
With `--official default`, and in files that were migrated that way or by hand before, the import stays `import tensorflow as tf`
and names are spelled out one by one. The official script misses some: names that it leaves alone although they are dead
(`tf.layers.dense`), the five `tf.summary` functions that mean something else in TF 2, and everything reached through an alias
other than `tf`. This rule adds `compat.v1.` to them.

## Why
`AttributeError` at run time, or silently another function: `tf.summary.scalar` of TF 2 writes nothing that `merge_all()` would collect.

## Example
```python
import tensorflow as tf
h = tf.layers.dense(x, 10)
tf.summary.scalar("loss", loss)
```
```python
import tensorflow as tf
h = tf.compat.v1.layers.dense(x, 10)
tf.compat.v1.summary.scalar("loss", loss)
```

## What to do by hand
Nothing. The safety mode, which is the default, gives a smaller diff.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from ...symbols import name_of
from .. import rule

if TYPE_CHECKING:
    from ...module import Module

# The same spelling, another function: measured as not the same object, and not interchangeable in graph mode.
_OTHER_MEANING = {f"tf.summary.{kind}" for kind in ("scalar", "histogram", "image", "audio", "text")}


@rule("SYM108", "spelled-out", "symbols")
def check(module: Module) -> Iterator[Finding]:
    """Spell out compat.v1 where the default mode of the official script did not."""
    if not module.spelled_out:
        return
    for use in module.uses:
        name = name_of(use.full)
        if name is None or name.space != "tf" or use.base_full != "tensorflow" or not name.alive_in_v1:
            continue
        if (
            name.alive_in_v2
            and name.name not in _OTHER_MEANING
            and not name.name.startswith("tf.keras.optimizers.legacy")
        ):
            continue
        base_end = module.span(use.base)[1]
        start, end = module.span(use.node)
        if isinstance(use.node, ast.Attribute):
            fix = Fix((Edit(base_end, base_end, b".compat.v1"),))
            yield Finding(
                "SYM108", f"{name.name} is tf.compat.v1.{name.name[3:]} now", start, end, fix, symbol=name.name
            )
