"""A TF 1 program imports stand-alone `keras`, which is Keras 3 today.

## What it does
Sends imports of `keras` in TF 1 programs to `tensorflow.compat.v1.keras`, which is Keras 2 with the defaults of that time (from
the package `tf_keras`). Modules that Keras 1 and early Keras 2 had one level deeper (`keras.layers.core`, `keras.utils.np_utils`)
are shortened.

## Why
The package `keras` is version 3 now: it builds no TF 1 graphs, has no `keras.backend.get_session`, its optimizers do not take
`lr`, and its GRU computes something else by default. `tf_keras` on its own has the defaults of TF 2; `compat.v1.keras` has the old ones.

## Example
```python
from keras.layers.core import Dense
import keras.backend as K
```
```python
from tensorflow.compat.v1.keras.layers import Dense
import tensorflow.compat.v1.keras.backend as K
```

## What to do by hand
Install `tf_keras`. Names that only Keras 1 had (`keras.layers.merge`, `border_mode=`) have to be replaced; they are reported by SYM199
or fail with a `TypeError`. An un-aliased `import keras.layers` is reported: import it under a name first.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from ...imports import aliases_by_statement, move_aliases
from ...symbols import V1
from .. import rule

if TYPE_CHECKING:
    from ...module import Module

_LAYERS = (
    "core",
    "convolutional",
    "pooling",
    "recurrent",
    "normalization",
    "advanced_activations",
    "embeddings",
    "wrappers",
    "noise",
    "local",
)
_SHORTER = {
    **{f"keras.layers.{part}": "keras.layers" for part in _LAYERS},
    "keras.utils.np_utils": "keras.utils",
    "keras.utils.data_utils": "keras.utils",
    "keras.utils.generic_utils": "keras.utils",
    "keras.utils.vis_utils": "keras.utils",
    "keras.engine.topology": "keras.layers",
    "keras.engine.training": "keras.models",
    "keras.engine": "keras.layers",
}


@rule("RUN404", "standalone-keras", "program")
def check(module: Module) -> Iterator[Finding]:
    """Point ``keras`` at Keras 2 with the defaults of TF 1."""
    for node, aliases in aliases_by_statement(module.imports).items():
        mine = [a for a in aliases if a.target.split(".")[0] == "keras" and not getattr(node, "level", 0)]
        if not mine:
            continue
        start, end = module.span(node)
        message = "keras is Keras 3 today; Keras 2 with the defaults of TF 1 is tensorflow.compat.v1.keras"
        if any("." in a.target and a.full == "keras" for a in mine):
            todo = f"Write import {V1}.{mine[0].target} as {mine[0].target.rpartition('.')[2]} and use that name."
            yield Finding("RUN404", message, start, end, todo=todo, symbol="keras")
            continue
        targets: dict[ast.alias, str | None] = {a.alias: f"{V1}.{_shorter(a.target)}" for a in mine}
        yield Finding("RUN404", message, start, end, move_aliases(module, node, targets), symbol="keras")


def _shorter(target: str) -> str:
    for old, new in _SHORTER.items():
        if target == old or target.startswith(old + "."):
            return new + target[len(old) :]
    return target
