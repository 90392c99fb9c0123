"""A TensorFlow 1 name is gone from the target version, and no rewrite keeps its behaviour.

## What it does
Reports names of TensorFlow 1.15 that `tensorflow.compat.v1` no longer has, with what can be done instead. The table is
`migrate/tables/gone.json`, by longest prefix.

## Why
The name raises `AttributeError`. Everything that has a rewrite of the same behaviour was rewritten by other rules; what is
left needs a decision.

## What to do by hand
Follow the hint of the finding. If the name is only used in code that never runs, mark the line with `# tf2kit: ignore[SYM103]`
and a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from ...relocate import longest_match, named_places
from ...symbols import name_of, table
from .. import rule

if TYPE_CHECKING:
    from ...module import Module


@rule("SYM103", "gone-symbol", "check")
def check(module: Module) -> Iterator[Finding]:
    """Report names of 1.15 that have no home on the target."""
    for node, full in named_places(module):
        name = name_of(full)
        hint = hint_for(name.name) if name is not None else None
        if (
            name is not None
            and hint is not None
            and not (name.alive_in_v1 or (name.space == "tf" and name.alive_in_v2))
        ):
            start, end = module.span(node)
            yield Finding("SYM103", f"{name.name} is gone from TensorFlow", start, end, todo=hint, symbol=name.name)


def hint_for(name: str) -> str | None:
    """What to do about a name, from the longest prefix that the table has."""
    hints: dict[str, str] = table("gone.json")
    found = longest_match(name, hints.get)
    return found[1] if found else None
