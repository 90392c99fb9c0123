"""A part that TensorFlow no longer ships comes from `tf2kit.compat` under the same name.

## What it does
Sends names of `tf.contrib`, `tf.estimator` and `tensorflow.examples.tutorials.mnist` to `tf2kit.compat`, which has them under the
same dotted names: imports change their module path, attribute chains start at `tf_contrib` or `tf_estimator`. Private modules of
Estimators (`tensorflow.python.estimator.…`, `tensorflow_estimator.python.…`) and `tf.keras.estimator` go there too.

## Why
`tf.contrib` went away with TensorFlow 2.0, Estimators with 2.16, and the MNIST tutorial loader long before. No other package has them all.

## Example
```python
import tensorflow.contrib.slim as slim

net = tf.contrib.layers.fully_connected(x, 10)
```
```python
import tf2kit.compat.contrib.slim as slim

net = tf_contrib.layers.fully_connected(x, 10)
```

## What to do by hand
Install tf2kit where the program runs. Names that tf2kit.compat does not offer (CTB203) or does not have yet (CTB204) are reported;
importing or using them raises an error with the same text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from ...homes import compat_move, gone_hint, tf_name
from ...relocate import relocate
from .. import rule

if TYPE_CHECKING:
    from ...module import Module


@rule("CTB202", "contrib-in-compat", "contrib")
def check(module: Module) -> Iterator[Finding]:
    """Send dropped parts to tf2kit.compat."""
    taken = {name for name in module.names.root.bindings if name.startswith("tf_")}

    for place in relocate(module, compat_move):
        name = tf_name(place.full)
        start, end = module.span(place.node)
        here = gone_hint(name) is None
        where = "is in tf2kit.compat now" if here else "is gone; in tf2kit.compat its error says what to use"
        clash = "" if place.fix is not None else f" (the name {place.move.local} is taken)"
        todo = (
            f"Import {place.move.local_full} under another name and use it here." if place.move.local in taken else ""
        )
        yield Finding("CTB202", f"{name} {where}{clash}", start, end, place.fix, todo=todo, symbol=name)
