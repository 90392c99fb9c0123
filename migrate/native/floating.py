"""Statements that may stay or move: a random tensor that may be an initial value, a list of variables."""

from __future__ import annotations

from .context import Region
from .refusal import Refusal
from .statements import Statement


def settle(region: Region) -> None:
    """Decide for each of them: it stays where a statement that stays reads it.

    Raises:
      Refusal: a random tensor is both an initial value and drawn anew by runs.
    """
    changed = True
    while changed:
        changed = False
        for statement in [s for s in region.statements if s.kind == "floating"]:
            staying = [r for r in _readers(region, statement) if not r.moves and r.kind != "dropped"]
            if staying:
                statement.kind = "state"
                changed = True
                _alone(region, statement)


def _readers(region: Region, statement: Statement) -> list[Statement]:
    return [
        s for s in region.statements if s is not statement and any(statement in makers for makers in s.uses.values())
    ]


def _alone(region: Region, statement: Statement) -> None:
    """A draw that stays must not be what runs draw."""
    if statement.collects:
        return
    moving = [r for r in _readers(region, statement) if r.moves and r.kind == "graph" and not r.created]
    if moving:
        raise Refusal(statement.node, "a random tensor is an initial value and is drawn anew at every run, too")


def check(region: Region) -> None:
    """What stays must not read what moves away.

    Raises:
      Refusal: it does.
    """
    for statement in region.statements:
        if statement.kind in ("plain", "state", "site", "block"):
            for key, makers in statement.uses.items():
                if any(m.moves for m in makers):
                    raise Refusal(statement.node, f"`{key}` belongs to the graph, and is read outside of it")
            for key in statement.inputs:
                raise Refusal(statement.node, f"`{key}` is a placeholder, and is read outside of the graph")
