"""A TensorFlow name is in neither TensorFlow 1.15 nor the target version.

## What it does
The last check of every migrated file: each name that the file reaches through an import of TensorFlow is looked up in the list of
names that the target version has. What is not there, and was not reported by another rule, is reported here.

## Why
No name in the output may be dead without a finding. Such names come from TensorFlow 0.x, from versions after 1.15, from private
corners of the package, or are typing errors.

## What to do by hand
Find out which version the name comes from and what it did; `tf2kit explain SYM102` lists what has been renamed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from ...relocate import named_places
from ...symbols import Name, name_of, symbols, target_version
from .. import rule

if TYPE_CHECKING:
    from ...module import Module

# Reached as attributes of the real package, outside the public API tree.
_PACKAGES = ("tf.core", "tf.tools", "tf.raw_ops", "tf.python", "tf.include")


@rule("SYM199", "unknown-symbol", "check")
def check(module: Module) -> Iterator[Finding]:
    """Report names that resolve to nothing on the target."""
    seen: set[tuple[int, int]] = set()
    for node, full in named_places(module):
        name = name_of(full)
        if name is None or _alive(name) or module.span(node) in seen:
            continue
        seen.add(module.span(node))
        start, end = module.span(node)
        yield Finding(
            "SYM199",
            f"{name.name} does not exist in TensorFlow {target_version()}",
            start,
            end,
            todo=_hint(name),
            symbol=name.name,
        )


def _alive(name: Name) -> bool:
    if name.name in ("tf", "tf.compat", "tf.compat.v1", "tf.compat.v2") or name.name.startswith(_PACKAGES):
        return True
    if name.name.rpartition(".")[2].startswith("_"):  # __version__ and other dunder names
        return True
    if not name.known:
        return False
    return name.alive_in_v1 if name.space == "v1" else name.alive_in_v2 or (name.space == "tf" and name.alive_in_v1)


def _hint(name: Name) -> str:
    alive = (n for n, flags in symbols().items() if n.count(".") == name.name.count(".") and set(flags) & set("3Lkl"))
    close = difflib.get_close_matches(name.name, alive, 1, 0.85)
    return f"Did it mean {close[0]}?" if close else "Find out which TensorFlow version had it and what it did there."
