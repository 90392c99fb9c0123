"""A TF 1 program imports stand-alone `keras`, which is Keras 3 today.

## What it does
Sends imports of `keras` in TF 1 programs to `tf_keras`, which is Keras 2 under its new name.

## Why
The package `keras` is version 3 now: it does not build TF 1 graphs, has no `keras.backend.get_session`, and starts from other weights.

## Example
```python
from keras.layers import Dense
import keras
```
```python
from tf_keras.layers import Dense
import tf_keras as keras
```

## What to do by hand
Install `tf_keras`. Names that stand-alone Keras 1 and 2 had and tf_keras lacks (`keras.layers.merge`, backends other than TensorFlow)
have to be replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from ...imports import aliases_by_statement, move_aliases
from .. import rule

if TYPE_CHECKING:
    from ...module import Module


@rule("RUN404", "standalone-keras", "program")
def check(module: Module) -> Iterator[Finding]:
    """Point ``keras`` at Keras 2."""
    for node, aliases in aliases_by_statement(module.imports).items():
        if getattr(node, "level", 0):
            continue
        targets: dict[object, str | None] = {
            a.alias: f"tf_{a.target}" for a in aliases if a.target.split(".")[0] == "keras"
        }
        dotted = [a for a in aliases if a.alias in targets and "." in a.target and a.full == "keras"]
        if targets and not dotted:
            start, end = module.span(node)
            fix = move_aliases(module, node, targets)  # type: ignore[arg-type]
            yield Finding("RUN404", "keras is Keras 3 today; Keras 2 is tf_keras", start, end, fix, symbol="keras")
        elif dotted:
            start, end = module.span(node)
            todo = f"Write import tf_{dotted[0].target} and use it under that name."
            yield Finding(
                "RUN404", "keras is Keras 3 today; Keras 2 is tf_keras", start, end, todo=todo, symbol="keras"
            )
