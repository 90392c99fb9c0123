"""The program needs Keras 2: `TF_USE_LEGACY_KERAS=1` before TensorFlow is first imported.

## What it does
Sets the environment variable at the top of each entry point of a program in which some module uses `tf.layers`, `tf.nn.rnn_cell`,
`tf.keras` in TF 1 style, or parts of contrib or canned estimators that stand on them.

## Why
TensorFlow 2.16 and later come with Keras 3, which has no `tf.layers`, no RNN cells for graphs, and different initial weights and layers.
The package `tf_keras` is Keras 2, kept alive for this; TensorFlow only looks at the variable while it is being imported.

## Example
```python
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

h = tf.layers.dense(x, 10)
```
```python
import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

h = tf.layers.dense(x, 10)
```

## What to do by hand
Install `tf_keras` next to TensorFlow. If the program is imported by other code that loads TensorFlow first, set the variable there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding, Fix
from ...statements import at_top, insert_before
from .. import rule

if TYPE_CHECKING:
    from ...module import Module

_LINE = 'os.environ["TF_USE_LEGACY_KERAS"] = "1"'
# Packages that import TensorFlow (or decide about Keras) themselves.
_LOADERS = {
    "tensorflow",
    "tf2kit",
    "keras",
    "tf_keras",
    "tf_slim",
    "tensorflow_probability",
    "tensorflow_hub",
    "tensorflow_datasets",
}


@rule("RUN402", "legacy-keras", "program")
def check(module: Module) -> Iterator[Finding]:
    """Switch legacy Keras on at the top of entry points."""
    facts = module.facts
    if facts is None or not facts.entry_legacy or not facts.entry:
        return
    first = _first_loader(module)
    if first is None and not facts.tf_names and not facts.tf_loaders:
        return
    lines = [_LINE] if _imports_os_before(module, first) else ["import os", _LINE]
    edit = insert_before(module, first, lines) if first is not None else at_top(module, lines)
    message = "the program needs Keras 2 (tf_keras), which has to be chosen before TensorFlow is imported"
    yield Finding("RUN402", message, edit.start, edit.start, Fix((edit,)))


def _first_loader(module: Module) -> ast.stmt | None:
    """The first statement of the module body that imports TensorFlow, directly or through a module of the program."""
    for statement in module.tree.body:
        for node in _now(statement):
            if isinstance(node, ast.Import | ast.ImportFrom) and _loads(module, node):
                return statement
    return None


def _now(statement: ast.stmt) -> Iterator[ast.AST]:
    """Statements that run when the statement runs: not the bodies of functions."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    yield statement
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.stmt):
            yield from _now(child)
        elif isinstance(child, ast.ExceptHandler):
            for inner in child.body:
                yield from _now(inner)


def _loads(module: Module, node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.Import):
        names = [a.name for a in node.names]
    else:
        home = module.names.absolute(node)
        names = [home, *(f"{home}.{a.name}" for a in node.names)]
    if any(n.split(".")[0] in _LOADERS for n in names):
        return True
    facts = module.facts
    return facts is not None and any(facts.links.get(n) in facts.tf_loaders for n in names)


def _imports_os_before(module: Module, first: ast.stmt | None) -> bool:
    limit = first.lineno if first is not None else 0
    return any(i.local == "os" and i.full == "os" and i.top_level and i.node.lineno < limit for i in module.imports)
