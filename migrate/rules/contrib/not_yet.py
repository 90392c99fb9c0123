"""The file now imports a part of `tf2kit.compat` that this version does not have.

## What it does
Checks every name of `tf2kit.compat` in a migrated file against the parts that the installed version has.

## Why
The names are final, so the rewrite is right, but importing them fails until the part arrives. A migrated file should never fail
without having said so.

## What to do by hand
Wait for the version of tf2kit that has it, or replace the part now: the page of CTB203 names maintained packages.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from ...homes import COMPAT, available, gone_hint, tf_name
from .. import rule

if TYPE_CHECKING:
    from ...module import Module


@rule("CTB204", "compat-not-yet", "check")
def check(module: Module) -> Iterator[Finding]:
    """Report names of tf2kit.compat that are not there."""
    told: set[str] = set()  # once a name and file is enough: the remedy is the same
    for node, full in _places(module):
        name = tf_name(full)
        if full.startswith(COMPAT + ".") and full not in told and not available(name) and gone_hint(name) is None:
            told.add(full)
            start, end = module.span(node)
            yield Finding(
                "CTB204",
                f"{full} is not in this version of tf2kit",
                start,
                end,
                todo="Wait for the version that has it, or replace this part by hand now.",
                symbol=full,
            )


def _places(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Imports of names; a module's import counts by what is used of it."""
    used = {u.binding for u in module.uses if u.attributes}
    for imported in module.imports:
        if imported.node not in used:
            yield imported.alias, imported.target
    for home, star in module.names.stars:
        yield star, home
    for use in module.uses:
        if use.attributes:
            yield use.node, use.full
