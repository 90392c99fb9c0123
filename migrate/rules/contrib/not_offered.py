"""A part of tf.contrib has no home; a maintained package replaces it.

## What it does
Reports names of `tf.contrib` that neither TensorFlow nor `tf2kit.compat` offers, with the package that took over. The table is
`migrate/tables/contrib_homes.json`.

## Why
These parts had custom C++ operations (boosted trees, tensor forest), moved to projects of their own (TensorFlow Probability, TF-GAN,
TensorFlow I/O), or were experiments that nobody took up.

## What to do by hand
Use the package that the finding names. The program cannot run until then.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from ...homes import COMPAT, gone_hint, home_of, plain, tf_name
from .. import rule

if TYPE_CHECKING:
    from ...module import Module


@rule("CTB203", "contrib-not-offered", "check")
def check(module: Module) -> Iterator[Finding]:
    """Report contrib names without a home."""
    seen: set[tuple[int, int]] = set()
    for node, full, call in _places(module):
        name = tf_name(full)
        hint = gone_hint(name)
        span = module.span(node)
        if hint is not None and _has_no_home(full, call) and span not in seen:
            seen.add(span)
            yield Finding("CTB203", f"{name} is gone and not part of tf2kit.compat", *span, todo=hint, symbol=name)


def _has_no_home(full: str, call: ast.Call | None) -> bool:
    """A name of contrib, or one that went to tf2kit.compat with the package that it was imported from."""
    home = home_of(full, call)
    return full.startswith(COMPAT + ".") if home is None else home.kind == "gone"


def _places(module: Module) -> Iterator[tuple[ast.AST, str, ast.Call | None]]:
    for imported in module.imports:
        yield imported.alias, imported.target, None
    for home, star in module.names.stars:
        yield star, home, None
    for use in module.uses:
        if use.attributes and not plain(use.base_full).startswith("tensorflow.contrib"):
            yield use.node, use.full, use.call
