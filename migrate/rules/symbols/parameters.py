"""A call passes a parameter that the function of the target version no longer has.

## What it does
Compares keyword arguments of calls with the parameters that the function of the same name has in `tensorflow.compat.v1`. The table,
`migrate/tables/signatures.json`, was measured on both versions.

## Why
`TypeError: got an unexpected keyword argument`, or, for arguments given by position, another meaning without any error.

## What to do by hand
Leave the argument out if it had its default value; otherwise look for its successor in the list of new parameters that the finding gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...findings import Finding
from ...symbols import name_of, table
from .. import rule

if TYPE_CHECKING:
    import ast

    from ...module import Module


@rule("SYM105", "lost-parameter", "check")
def check(module: Module) -> Iterator[Finding]:
    """Report arguments that the target's function does not take, or takes in another place."""
    signatures: dict[str, Any] = table("signatures.json")
    for use in module.uses:
        name = name_of(use.full)
        row = signatures.get(name.name) if name is not None and not name.attributes else None
        if row is None or use.call is None or name is None:
            continue
        start, end = module.span(use.call)
        new = ", ".join(row["new"])
        for keyword in use.call.keywords:
            if keyword.arg in row["lost"]:
                message = f"{name.name} no longer takes {keyword.arg}="
                yield Finding("SYM105", message, start, end, todo=f"It takes: {new}.", symbol=name.name)
        place = _moved_position(use.call, row)
        if place is not None:
            now = row["new"][place] if place < len(row["new"]) else "gone"
            message = f"argument {place + 1} of {name.name} is {now} now, it was {row['old'][place]}"
            todo = f"Give it by name. Parameters now: {new}."
            yield Finding("SYM105", message, start, end, todo=todo, symbol=name.name)


def _moved_position(call: ast.Call, row: dict[str, Any]) -> int | None:
    """Index of the first positional argument that means something else now."""
    for i in range(min(len(call.args), len(row["old"]))):
        if i >= len(row["new"]) or row["old"][i] != row["new"][i]:
            return i
    return None
