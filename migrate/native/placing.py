"""Where the functions of a region are written: in front of the first run, or of their own where their signature needs it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .context import Region
from .plan import Function, Plan, needs_function
from .refusal import Refusal
from .statements import Site, Statement

if TYPE_CHECKING:
    from .functions import FunctionWriter


def anchor(region: Region, plan: Plan) -> Statement | None:
    """The statement in front of which functions are written: the first that runs the graph, outside of definitions."""
    direct = _direct(plan, region.sites)
    if plan.trace_before is not None:
        direct.append(plan.trace_before)
    if not direct:
        movers = [s for s in region.statements if s.moves or s.kind in ("dropped", "state")]
        later = [s for s in region.body if movers and s.index > max(m.index for m in movers)]
        return later[0] if later else None
    return _outermost(min(direct, key=lambda s: s.index))


def late(
    region: Region, plan: Plan, first: Statement | None, writer: FunctionWriter
) -> dict[Statement, list[Function]]:
    """The functions whose signature reads what is bound after ``first``, by the statement in front of which they are written.

    Raises:
      Refusal: it is bound after the first run of such a function.
    """
    found: dict[Statement, list[Function]] = {}
    if first is None or region.is_class:
        return found
    for function in sorted(plan.functions, key=lambda f: min(s.statement.index for s in f.sites)):
        read = _read(region, function, writer)
        if _changed(region, first, read) is None:
            continue
        own = _direct(plan, function.sites)
        place = _outermost(min(own, key=lambda s: s.index)) if own else first
        place = next((p for p in found if p.index < place.index and _changed(region, p, read) is None), place)
        bound = _changed(region, place, read)
        if bound is not None or len(own) < len(function.sites) or function in plan.traced:
            node = bound.node if bound is not None else function.sites[0].node
            raise Refusal(
                node, "the shape of a placeholder is made of what is bound after the first run, or bound anew"
            )
        found.setdefault(place, []).append(function)
    return found


def _read(region: Region, function: Function, writer: FunctionWriter) -> list[tuple[set[str], int | None]]:
    """The names in the signature of each parameter, and the number of the statement that read them; None where that is the function's."""
    found: list[tuple[set[str], int | None]] = []
    for key, spec in zip(function.parameters, writer.specs(function), strict=False):
        names = {n.id for n in ast.walk(ast.parse(spec or "")) if isinstance(n, ast.Name)}
        names &= {name for s in region.statements if not s.moves for name in s.defines}
        if names:
            given = function.inputs.get(key)
            around = [s.index for s in region.statements if given is not None and given.node in ast.walk(s.node)]
            found.append((names, max(around, default=None)))
    return found


def _changed(region: Region, place: Statement, read: list[tuple[set[str], int | None]]) -> Statement | None:
    """A statement that binds one of these names between where they were read and where the function would be written."""
    for names, at in read:
        first, last = (place.index, len(region.statements)) if at is None else sorted((place.index, at))
        for statement in region.statements[first:last]:
            if not statement.moves and statement.defines & names and not in_definition(statement):
                return statement
    return None


def _direct(plan: Plan, sites: list[Site]) -> list[Statement]:
    return [s.statement for s in sites if not in_definition(s.statement) and (needs_function(s) or plan.traced)]


def _outermost(statement: Statement) -> Statement:
    """The block around a statement that runs the graph, where functions do not fit inside."""
    place = statement
    while place.parent is not None:
        parent = place.parent
        before = parent.children[: parent.children.index(place)] if place in parent.children else []
        if (parent.kind == "block" and not _is_main(parent)) or (
            parent.kind == "open" and all(s.kind == "dropped" for s in before)
        ):
            place = parent
        else:
            break
    return place


def _is_main(statement: Statement) -> bool:
    node = statement.node
    return isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and ast.unparse(node.test.left) == "__name__"


def in_definition(statement: Statement) -> bool:
    """Whether a statement is inside of a function of the region."""
    here: Statement | None = statement
    while here is not None:
        if isinstance(here.node, ast.FunctionDef):
            return True
        here = here.parent
    return False
