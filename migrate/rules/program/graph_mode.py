"""A TF 1 program builds graphs: it needs `disable_v2_behavior()` before it does.

## What it does
Adds `tf.disable_v2_behavior()` behind the import of TensorFlow in every module of a program that builds graphs, unless the program
makes that choice itself (`disable_eager_execution`, `enable_v2_behavior`, …). In a program that calls `enable_eager_execution()` the
module that does so gets it, before that call.

## Why
TensorFlow 2 starts in eager mode, where `tf.placeholder` and `tf.Session` raise errors and shapes and tensors compare
differently. The call is global to the process and may be made more than once, so each module can be imported first.

Eager mode of TensorFlow 1 changed nothing else: `x.shape[0].value`, `==` and `tf.layers` are still those of version 1, which they are
not in TensorFlow 2's eager mode.

## Example
```python
import tensorflow.compat.v1 as tf

x = tf.placeholder(tf.float32)
```
```python
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

x = tf.placeholder(tf.float32)
```

## What to do by hand
Nothing. To leave graph mode, the program has to be lifted to TensorFlow 2 as a whole.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding, Fix, Severity
from ...statements import insert_after, insert_before
from ...symbols import V1
from .. import rule

if TYPE_CHECKING:
    from ...facts import Facts
    from ...module import Module

_CALL = "disable_v2_behavior"


@rule("RUN401", "graph-mode", "program")
def check(module: Module) -> Iterator[Finding]:
    """Switch TensorFlow 2 behaviour off where the program builds graphs."""
    facts = module.facts
    if facts is None or not _wanted(facts):
        return
    roots = [i for i in module.imports if i.full in (V1, "tensorflow") and (i.full == V1 or module.spelled_out)]
    top = [i for i in roots if i.top_level]
    message = "the program builds graphs, which needs graph mode"
    if "eager" in facts.switches:
        message = "eager mode of TensorFlow 1 needs the behaviour of version 1"
    for imported in top[:1] or roots:
        start, end = module.span(imported.node)
        call = f"{imported.local}.{_CALL}()" if imported.full == V1 else f"{imported.local}.compat.v1.{_CALL}()"
        yield Finding(
            "RUN401", message, start, end, Fix((insert_after(module, imported.node, [call]),)), Severity.ERROR
        )
    if not roots and (first := _first_tensorflow(module)) is not None:
        start, end = module.span(first)
        name = "tf" if "tf" not in module.names.root.names() else "tf_v1"
        lines = [f"import {V1} as {name}", f"{name}.{_CALL}()"]
        if module.spelled_out:
            lines = [f"import tensorflow as {name}", f"{name}.compat.v1.{_CALL}()"]
        yield Finding("RUN401", message, start, end, Fix((insert_before(module, first, lines),)), Severity.ERROR)


def _wanted(facts: Facts) -> bool:
    if "eager" in facts.switches:
        return not facts.switches & {"graph", "v2"}
    return not (facts.switched or facts.mode == "eager" or (facts.mode == "mixed" and not facts.entry))


def _first_tensorflow(module: Module) -> ast.stmt | None:
    """The first top-level statement that imports a part of TensorFlow."""
    found = [i.node for i in module.imports if i.top_level and i.target.split(".")[0] == "tensorflow"]
    found += [
        star for home, star in module.names.stars if home.split(".")[0] == "tensorflow" and star in module.tree.body
    ]
    return min(found, key=lambda node: node.lineno, default=None)
