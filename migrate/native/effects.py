"""Operations that change state and give no number: in a function they need no name."""

from __future__ import annotations

import ast

from .plan import Function
from .render import Renderer
from .statements import Statement


def nameless(function: Function) -> set[Statement]:
    """The statements of a function whose only name is asked for by runs that want its effect, and read by nothing else."""
    wanted = {k for f in function.fetches if f.kind in ("effect", "effects") and _is_name(f.node) for k in f.uses}
    read = {k for s in function.body for k in s.uses}
    read |= {k for f in function.fetches if f.kind not in ("effect", "effects") or not _is_name(f.node) for k in f.uses}
    return {s for s in function.body if s.defines and s.defines <= wanted - read and isinstance(s.node, ast.Assign)}


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute))


def lines(statement: Statement, renderer: Renderer, unit: int) -> list[str]:
    """The operations of a statement without its name, one on a line; a list that a comprehension makes is a loop."""
    assert isinstance(statement.node, ast.Assign)
    text = renderer.text(statement.node.value)
    return [line for part in _parts(ast.parse(text, mode="eval").body) for line in _written(part, unit)]


def _parts(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, (ast.Tuple, ast.List)):
        return [part for element in node.elts for part in _parts(element)]
    return _parts(node.value) if isinstance(node, ast.Starred) else [node]


def _written(node: ast.expr, unit: int) -> list[str]:
    if isinstance(node, ast.ListComp) and len(node.generators) == 1 and not node.generators[0].ifs:
        loop = node.generators[0]
        target = ast.unparse(loop.target)
        target = target[1:-1] if target.startswith("(") else target
        head = f"for {target} in {ast.unparse(loop.iter)}:"
        return [head, *(" " * unit + line for part in _parts(node.elt) for line in _written(part, unit))]
    return [ast.unparse(node)]
