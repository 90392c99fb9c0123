"""Layers make their variables when they are first called. Where a program reads these before, a function is traced in advance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .context import Region
from .refusal import Refusal
from .statements import Statement
from .values import Placeholders, State

if TYPE_CHECKING:
    from .plan import Function, Plan


def settle(plan: Plan, region: Region) -> None:
    """Choose the functions that are traced first.

    Raises:
      Refusal: no function without training builds the layers whose variables are read.
    """
    needed = _needed(plan, region)
    if not needed:
        return
    for function in sorted(plan.functions, key=lambda f: (bool(f.trains), len(f.touched))):
        built = _called(function)
        if built & needed and _traceable(function):
            plan.traced.append(function)
            needed -= built
        if not needed:
            break
    if needed:
        raise Refusal(None, f"variables of the layer `{sorted(needed)[0]}` are read before anything calls it")
    readers = [s for s in region.statements if s.collects and not s.moves]
    plan.trace_before = min(readers, key=lambda s: s.index) if readers else None


def _needed(plan: Plan, region: Region) -> set[str]:
    """TensorFlow 1 names of layers whose variables are read where they may not have been called."""
    own = {s.scoped: s for s in region.states}
    return (_read(plan, region) & set(own)) | (_layers(own) if region.gathered else set())


def _read(plan: Plan, region: Region) -> set[str]:
    needed: set[str] = set()
    for statement in region.statements:
        if statement.collects and not statement.moves:
            needed |= _layers(statement.touched)
    for function in plan.functions:
        collecting = [s for s in function.body if s.collects]
        needed |= {name for s in collecting for name in _layers(s.touched)} - _called(function)
    for site in region.sites:
        for fetch in site.fetches:
            if fetch.kind in ("state", "nest"):
                needed |= _layers(fetch.touched)
    return needed


def _layers(touched: dict[str, State]) -> set[str]:
    return {name for name, state in touched.items() if state.kind == "layer"}


def _called(function: Function) -> set[str]:
    """The layers that a function calls."""
    return {name for statement in function.body for name in statement.called}


def _traceable(function: Function) -> bool:
    given = [function.inputs.get(k) for k in function.parameters]
    return all(p is not None and p.dtype and not isinstance(p, Placeholders) for p in given)


def first_in_init(statements: list[Statement]) -> Statement | None:
    """The statement of ``__init__`` in front of which functions are traced: the first that runs the graph or reads variables."""
    return next((s for s in statements if s.kind in ("site", "block") or (s.collects and not s.moves)), None)
