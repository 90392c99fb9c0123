"""A contrib name is the very same thing as a core name: the core name is used.

## What it does
Replaces names of `tf.contrib` by names of core TensorFlow where both were the same object in TensorFlow 1.15 (measured; 1,300
names, most RNN cells among them), and calls of a few others where a core function does the same for just these arguments
(`xavier_initializer()`, `flatten(x)`, `get_or_create_global_step()`). An import of contrib that nobody needs afterwards is
removed.

## Why
`tf.contrib` is gone. Where core TensorFlow still has the function, nothing else is needed.

## Example
```python
from tensorflow.contrib import rnn

cell = rnn.BasicLSTMCell(128)
```
```python
import tensorflow.compat.v1 as tf

cell = tf.nn.rnn_cell.BasicLSTMCell(128)
```

## What to do by hand
Nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding, Fix, Severity
from ...homes import home_of, plain
from ...imports import Move, aliases_by_statement, move_aliases, rewrite_use, uses_of
from ...symbols import V1
from .. import rule

if TYPE_CHECKING:
    from ...module import Module
    from ...scopes import Imported, Use


@rule("CTB201", "contrib-in-core", "contrib")
def check(module: Module) -> Iterator[Finding]:
    """Rewrite contrib names whose core twin behaves the same."""
    for use in module.uses:
        if _spelled_from_root(use):
            yield from _finding(module, use)
    for node, aliases in aliases_by_statement(module.imports).items():
        homes = {a.alias: home.target for a in aliases if (home := home_of(a.target, None)) and home.kind == "core"}
        fix = move_aliases(module, node, dict(homes))  # all of one statement at once: they may go to one place
        for imported in aliases:
            target = homes.get(imported.alias)
            if target is not None:
                start, end = module.span(imported.alias)
                name = plain(imported.target)
                yield Finding("CTB201", _message(imported.target, target), start, end, fix, symbol=name)
            elif plain(imported.target).startswith("tensorflow.contrib"):
                yield from _whole_alias(module, imported)


def _spelled_from_root(use: Use) -> bool:
    """Whether the chain itself says ``contrib``: ``tf.contrib.rnn.X``, not ``rnn.X``."""
    return plain(use.full).startswith("tensorflow.contrib.") and not plain(use.base_full).startswith(
        "tensorflow.contrib"
    )


def _finding(module: Module, use: Use) -> Iterator[Finding]:
    fix_and_target = _rewrite(module, use)
    if fix_and_target is not None:
        fix, target = fix_and_target
        start, end = module.span(use.node)
        yield Finding("CTB201", _message(use.full, target), start, end, fix, symbol=plain(use.full))


def _rewrite(module: Module, use: Use) -> tuple[Fix, str] | None:
    parts = use.full.split(".")
    for keep in range(use.attributes):
        prefix = ".".join(parts[: len(parts) - keep])
        home = home_of(prefix, use.call if keep == 0 else None)
        if home is not None and home.kind == "core":
            move = Move(home.target, f"import {V1} as tf", "tf", V1)
            fix = rewrite_use(module, use, keep, move)
            return (fix, home.target) if fix is not None else None
    return None


def _whole_alias(module: Module, imported: Imported) -> Iterator[Finding]:
    """``from tensorflow.contrib import rnn``: only when every use of it has a core twin does the import go."""
    if "*" in imported.local or "." in imported.local or plain(imported.full) == "tensorflow":
        return
    uses = uses_of(module, imported)
    fixes = [_rewrite(module, u) for u in uses]
    if not uses or any(f is None for f in fixes):
        return
    drop = move_aliases(module, imported.node, {imported.alias: None})
    for use, pair in zip(uses, fixes, strict=True):
        assert pair is not None
        start, end = module.span(use.node)
        yield Finding("CTB201", _message(use.full, pair[1]), start, end, pair[0], symbol=plain(use.full))
    start, end = module.span(imported.alias)
    yield Finding("CTB201", f"{plain(imported.target)} is not needed any more", start, end, drop, Severity.ERROR)


def _message(old: str, new: str) -> str:
    return f"{plain(old).replace('tensorflow.', 'tf.', 1)} is {new.replace(V1, 'tf')} in core TensorFlow"
