"""Names of a program of several modules: each has its module in front, see `modules`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .context import Context

MARK = "ˑ"  # between a module and its name; no program has it


def apart(name: str) -> tuple[str, str]:
    """The module with the mark behind it ("" in a program of one module), and the name itself."""
    home, mark, own = name.rpartition(MARK)
    return home + mark, own


def of(context: Context, node: ast.AST) -> str:
    """The module that a function or class lies in, with the mark behind it."""
    name = ""
    here: ast.AST | None = node
    while here is not None:
        if isinstance(here, (ast.FunctionDef, ast.ClassDef)):
            name = here.name
        here = context.parents.get(here)
    return apart(name)[0]


def bare(context: Context, node: ast.AST) -> set[str]:
    """What the module of a function calls its own names: names of the function itself would hide them."""
    home = of(context, node)
    if not home:
        return set()
    names = {getattr(n, "id", "") or getattr(n, "name", "") or "" for n in ast.walk(context.module.tree)}
    return {apart(name)[1] for name in names if name.startswith(home)}
