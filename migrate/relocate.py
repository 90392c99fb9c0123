"""Move names to their new homes: one table look-up for attribute chains, re-bindings and every form of import."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from .findings import Edit, Fix, Safety
from .imports import Move, aliases_by_statement, module_path, move_aliases, rewrite_use
from .module import Module
from .scopes import Use

T = TypeVar("T")
Moves = Callable[[str], "Move | None"]


@dataclass(frozen=True, slots=True)
class Relocation:
    """One place that names something which moved. ``fix`` is None when the place cannot be rewritten safely (a taken name, say)."""

    full: str
    move: Move
    node: ast.AST
    fix: Fix | None


def longest_match(full: str, look_up: Callable[[str], T | None]) -> tuple[str, T] | None:
    """The longest dotted prefix of ``full`` that ``look_up`` knows, with what it says of it."""
    prefix = full
    while prefix:
        found = look_up(prefix)
        if found is not None:
            return prefix, found
        prefix = prefix.rpartition(".")[0]
    return None


def relocate(module: Module, moves: Moves, safety: Safety = Safety.SAFE) -> Iterator[Relocation]:
    """Yield a relocation for every use and every import statement whose name ``moves`` knows.

    A chain is rewritten where the moved part is spelled out in it; where it was imported directly, or bound by an assignment, the
    import or the right-hand side of the assignment moves and the chain stays.
    """
    for use in module.uses:
        found = longest_match(use.full, moves)
        if found is not None and len(found[0]) > len(use.base_full):
            yield _use(module, use, *found, safety)
    for node, aliases in aliases_by_statement(module.imports).items():
        hits = [(a, *hit) for a in aliases if (hit := longest_match(a.target, moves)) is not None]
        if hits:
            targets: dict[ast.alias, str | None] = {
                a.alias: move.target + a.target[len(old) :] for a, old, move in hits
            }
            fix = move_aliases(module, node, targets, safety)
            for imported, _old, move in hits:
                yield Relocation(imported.target, move, imported.alias, fix)
    for home, star in module.names.stars:
        found = longest_match(home, moves) if home.startswith("tensorflow.") else None
        if found is not None:
            target = found[1].target + home[len(found[0]) :]
            yield Relocation(home, found[1], star, Fix((Edit(*module_path(module, star), target.encode()),), safety))


def _use(module: Module, use: Use, old: str, move: Move, safety: Safety) -> Relocation:
    keep = use.full.count(".") - old.count(".")
    return Relocation(use.full, move, use.node, rewrite_use(module, use, keep, move, safety))


def named_places(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Every place that spells out a name of a library: (node, full name) of attribute chains and of imported names."""
    for use in module.uses:
        if use.attributes:
            yield use.node, use.full
    for imported in module.imports:
        yield imported.alias, imported.target
