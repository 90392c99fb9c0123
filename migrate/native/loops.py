"""What changes from turn to turn of a loop must not be read by functions: one is traced once, with what it reads at that time."""

from __future__ import annotations

import ast

from .context import Region
from .plan import Plan
from .refusal import Refusal
from .statements import Statement


def check(plan: Plan, region: Region) -> None:
    """Refuse a graph that is built in a loop of the program out of something that changes there.

    Raises:
      Refusal: moved code reads a name that the loop around it binds.
    """
    for function in plan.functions:
        for statement in function.statements:
            for loop in _loops(statement):
                changing = (statement.reads - set(function.parameters)) & _bound(loop, region)
                if changing:
                    name = min(changing)
                    raise Refusal(
                        statement.node, f"`{name}` changes in the loop around this, and the graph is made of it"
                    )


def _loops(statement: Statement) -> list[Statement]:
    """The loops around a statement that stay where they are."""
    found, here = [], statement.parent
    while here is not None and not isinstance(here.node, ast.FunctionDef):
        if isinstance(here.node, (ast.For, ast.While)) and not here.moves:
            found.append(here)
        here = here.parent
    return found


def _bound(loop: Statement, region: Region) -> set[str]:
    """Python names that a loop binds at each turn."""
    found = (
        {n.id for n in ast.walk(loop.node.target) if isinstance(n, ast.Name)}
        if isinstance(loop.node, ast.For)
        else set()
    )
    return found | {k for s in region.statements if not s.moves and loop in _loops(s) for k in s.defines}
