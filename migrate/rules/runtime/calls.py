"""What the rules on single calls share: arguments by name, and edits that add one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...findings import Edit
from ...module import Module
from ...scopes import Use


def calls_of(module: Module, names: set[str]) -> Iterator[tuple[Use, ast.Call]]:
    """Calls of functions with one of the full ``names``."""
    for use in module.uses:
        if use.call is not None and use.full in names:
            yield use, use.call


def keyword(call: ast.Call, name: str) -> ast.keyword | None:
    """The keyword argument ``name`` of a call."""
    return next((k for k in call.keywords if k.arg == name), None)


def has_stars(call: ast.Call) -> bool:
    """Whether arguments are unpacked into the call, so that not all of them are seen."""
    return any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords)


def add_argument(module: Module, call: ast.Call, text: str) -> Edit | None:
    """An edit that adds an argument behind the last one; None where the end of the argument list cannot be told."""
    _, end = module.span(call)
    nodes: list[ast.expr] = [*call.args, *(k.value for k in call.keywords)]
    if not nodes:
        return None
    last = max(module.span(n)[1] for n in nodes)
    tail = module.text[last : end - 1]
    if tail.strip() not in (b"", b",") or isinstance(nodes[-1], ast.GeneratorExp):
        return None
    return Edit(last, last, b", " + text.encode())
