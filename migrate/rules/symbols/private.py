"""A private module of TensorFlow (`tensorflow.python.…`) moved, or lost a name.

## What it does
Looks up every import of `tensorflow.python.…` in the list of modules and names that the target version still has. A name that
lives in exactly one other private module now is suggested there; the suggestion is applied with `--unsafe-fixes`, since a private
function may have changed its parameters. A name that a private module only handed on, and that is public, is taken from where it is
public.

## Why
TensorFlow promises nothing about `tensorflow.python`; 300 of its modules went away between 1.15 and 2.21.

## Example
```python
from tensorflow.python.distribute.distribution_strategy_context import get_strategy
```
```python
from tensorflow.python.distribute.distribute_lib import get_strategy
```

## What to do by hand
Use the public name if there is one. Otherwise take the suggested module and compare the parameters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...findings import Finding, Fix, Safety
from ...homes import home_of
from ...imports import Move, aliases_by_statement, move_aliases
from ...relocate import relocate
from ...symbols import V1, table
from .. import rule

if TYPE_CHECKING:
    from ...module import Module

# What private modules of 1.15 only handed on and do not hand on any more, and the public module that has the very same thing.
_PUBLIC = {"tensorflow.python.framework.graph_util.convert_variables_to_constants": "graph_util"}


@rule("SYM104", "private-symbol", "symbols")
def check(module: Module) -> Iterator[Finding]:
    """Report private names that are gone, with their new home where there is exactly one."""
    private: dict[str, Any] = table("private.json")
    gone, modules = set(private["modules_gone"]), set(private["modules"])
    for _node, aliases in aliases_by_statement(module.imports).items():
        for imported in aliases:
            target = imported.target
            if not target.startswith("tensorflow.python.") or home_of(target, None) is not None:
                continue
            parent, _, leaf = target.rpartition(".")
            lost = target in gone or parent in gone or leaf in private["names_gone"].get(parent, ())
            if not lost or target in modules:
                continue
            start, end = module.span(imported.alias)
            new = private["moved"].get(target)
            fix = move_aliases(module, imported.node, {imported.alias: new}, Safety.UNSAFE) if new else None
            yield Finding(
                "SYM104",
                f"{target} is gone; "
                + (f"{leaf} is in {new.rpartition('.')[0]} now" if new else "nothing of this name is left"),
                start,
                end,
                fix,
                todo="Use the public name if there is one; otherwise compare the parameters of the suggested one.",
                symbol=target,
            )
    yield from _handed_on(module)
    yield from _attributes(module)


def _handed_on(module: Module) -> Iterator[Finding]:
    """``graph_util.convert_variables_to_constants`` of the private graph_util."""

    def moves(full: str) -> Move | None:
        home = _PUBLIC.get(full)
        return Move(f"{V1}.{home}.{full.rpartition('.')[2]}", f"import {V1} as tf", "tf", V1) if home else None

    for place in relocate(module, moves, Safety.SAFE):
        start, end = module.span(place.node)
        public = place.move.target.replace(V1, "tf")
        yield Finding(
            "SYM104",
            f"{place.full} is gone; it is {public}",
            start,
            end,
            place.fix,
            todo=f"Write {public}.",
            symbol=place.full,
        )


def _attributes(module: Module) -> Iterator[Finding]:
    """``tf.python.x.y``: the package is no longer an attribute of ``tensorflow``; its modules can be imported."""

    def moves(full: str) -> Move | None:
        for head in ("tensorflow.compat.v1.python.", "tensorflow.python."):
            rest = full.removeprefix(head)
            if rest != full and rest.count(".") == 1:
                return Move.through(
                    "tensorflow.python." + rest,
                    "tensorflow.python." + rest.rpartition(".")[0] + "." + rest.rpartition(".")[2],
                )
        return None

    for place in relocate(module, moves, Safety.SAFE):
        if not isinstance(place.fix, Fix) or not place.fix.imports:
            continue
        start, end = module.span(place.node)
        yield Finding("SYM104", f"{place.full} has to be imported", start, end, place.fix, symbol=place.full)
