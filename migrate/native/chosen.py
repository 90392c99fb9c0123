"""Lists of variables that a program chooses by their TensorFlow 1 names: ``[v for v in variables if v.name.startswith("d/")]``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .values import Sequence, State, Value

if TYPE_CHECKING:
    from .evaluate import Evaluator


def chosen(self: Evaluator, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> Value | None:
    """The variables that such a list holds; None for any other comprehension."""
    if not isinstance(node, ast.ListComp) or len(node.generators) != 1:
        return None
    generator = node.generators[0]
    if not (
        isinstance(generator.target, ast.Name) and isinstance(node.elt, ast.Name) and node.elt.id == generator.target.id
    ):
        return None
    if not generator.ifs or not all(_is_test(c, node.elt.id) for c in generator.ifs):
        return None
    variables = self.value(generator.iter)
    if not isinstance(variables, Sequence) or not variables.items:
        return None
    if any(not isinstance(v, State) or v.kind != "variable" for v in variables.items):
        return None
    states = [v for v in variables.items if isinstance(v, State)]
    kept = [s for s in states if all(_holds(c, f"{s.scoped}:0") for c in generator.ifs)]
    self.replacements[node] = lambda r: r.variables(kept)
    return Sequence(tuple(kept))


def _is_test(node: ast.expr, name: str) -> bool:
    """``v.name.startswith("x")``, ``"x" in v.name``, or the contrary."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _is_test(node.operand, name)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], (ast.In, ast.NotIn)):
        return _is_text(node.left) and _is_name(node.comparators[0], name)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("startswith", "endswith")
    ):
        return _is_name(node.func.value, name) and len(node.args) == 1 and not node.keywords and _is_text(node.args[0])
    return False


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_name(node: ast.expr, name: str) -> bool:
    """``v.name``."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "name"
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    )


def _holds(node: ast.expr, full: str) -> bool:
    """Whether a test holds for a variable of this name."""
    if isinstance(node, ast.UnaryOp):
        return not _holds(node.operand, full)
    if isinstance(node, ast.Compare):
        assert isinstance(node.left, ast.Constant)
        inside = node.left.value in full
        return inside if isinstance(node.ops[0], ast.In) else not inside
    assert (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.args[0], ast.Constant)
    )
    return bool(getattr(full, node.func.attr)(node.args[0].value))
