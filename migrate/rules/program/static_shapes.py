"""An eager TF 1 program reads `.value` of a dimension, which needs the old `TensorShape`.

## What it does
In programs that call `enable_eager_execution()`, where `disable_v2_behavior()` would be wrong, adds `tf.disable_v2_tensorshape()`
behind the import of TensorFlow if the module takes `.value` of an element of a shape.

## Why
Dimensions are plain integers in TensorFlow 2: `x.shape[0].value` raises `AttributeError`.

## Example
```python
import tensorflow.compat.v1 as tf
tf.enable_eager_execution()
n = x.shape[0].value
```
```python
import tensorflow.compat.v1 as tf
tf.disable_v2_tensorshape()
tf.enable_eager_execution()
n = x.shape[0].value
```

## What to do by hand
Nothing. `tf.compat.dimension_value(x.shape[0])` works under both versions if you prefer to change the line.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding, Fix
from ...statements import insert_after
from ...symbols import V1, name_of
from .. import rule

if TYPE_CHECKING:
    from ...module import Module


@rule("RUN403", "static-shape-values", "program")
def check(module: Module) -> Iterator[Finding]:
    """Keep ``.value`` of dimensions working in eager programs."""
    facts = module.facts
    if facts is None or facts.mode == "graph" or not any(_reads_value(n) for n in ast.walk(module.tree)):
        return
    if any((n := name_of(u.full)) is not None and n.name == "tf.disable_v2_tensorshape" for u in module.uses):
        return
    root = next((i for i in module.imports if i.full == V1 and i.top_level), None)
    if root is not None:
        start, end = module.span(root.node)
        edit = insert_after(module, root.node, [f"{root.local}.disable_v2_tensorshape()"])
        yield Finding("RUN403", "the module takes .value of dimensions", start, end, Fix((edit,)))


def _reads_value(node: ast.AST) -> bool:
    """``x.shape[i].value`` or ``x.get_shape()[i].value``."""
    if not (isinstance(node, ast.Attribute) and node.attr == "value" and isinstance(node.value, ast.Subscript)):
        return False
    shape = node.value.value
    shape = shape.func if isinstance(shape, ast.Call) else shape
    return isinstance(shape, ast.Attribute) and shape.attr in ("shape", "get_shape", "dims")
