"""Lists of variables that a program chooses by their TensorFlow 1 names: ``[v for v in variables if v.name.startswith("d/")]``."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING

from .values import Cell, Sequence, Series, State, Value

if TYPE_CHECKING:
    from .evaluate import Evaluator

_METHODS = frozenset(
    {"startswith", "endswith", "split", "rsplit", "strip", "lower", "upper", "replace", "count", "find"}
)
_COMPARISONS = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}


class _UnknownError(Exception):
    """An expression is more than a test of a name."""


def chosen(self: Evaluator, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> Value | None:
    """What such a list holds; None for any other comprehension."""
    if isinstance(node, ast.SetComp) or len(node.generators) != 1:
        return None
    generator = node.generators[0]
    target = generator.target
    if not isinstance(target, ast.Name) or not generator.ifs:
        return None
    if not all(any(is_name(n, target.id) for n in ast.walk(c)) for c in generator.ifs):
        return None
    variables = self.value(generator.iter)
    if not isinstance(variables, Sequence) or not variables.items:
        return None
    try:
        kept = [s for s in variables.items if _all_hold(generator.ifs, target.id, s)]
    except _UnknownError:
        return None
    states = [s for s in kept if isinstance(s, State)]
    if isinstance(node.elt, ast.Name) and node.elt.id == target.id:
        self.replacements[node] = lambda r: r.variables(states)
        return Sequence(tuple(states))
    with self.scope():
        self.bind(target, states[0] if states else variables.items[0])
        item = self.value(node.elt)
    left, right = "[]" if isinstance(node, ast.ListComp) else "()"
    self.replacements[node] = lambda r: f"{left}{r.text(node.elt)} for {target.id} in {r.variables(states)}{right}"
    return Series(item)


def _all_hold(tests: list[ast.expr], name: str, state: Value) -> bool:
    """Whether tests hold for a variable, or for all variables of a cell; they must not differ within one."""
    found = {all(bool(_result(t, name, full)) for t in tests) for full in _names(state)}
    if len(found) != 1:
        raise _UnknownError
    return found.pop()


def _names(state: Value) -> list[str]:
    """The TensorFlow 1 names of what a value holds."""
    if isinstance(state, Cell) and not state.parts:
        return [f"{state.scoped}/{name}" for name in state.weights]
    if isinstance(state, State) and state.kind == "variable":
        return [state.scoped]
    raise _UnknownError


def _result(node: ast.expr, name: str, full: str) -> object:
    """What an expression over the name of a variable gives."""
    if isinstance(node, ast.Constant):
        return node.value
    if is_name(node, name):
        assert isinstance(node, ast.Attribute)
        return full if isinstance(node.value, ast.Attribute) else f"{full}:0"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        operand = _result(node.operand, name, full)
        return not operand if isinstance(node.op, ast.Not) else -operand  # type: ignore[operator]
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARISONS:
        left, right = _result(node.left, name, full), _result(node.comparators[0], name, full)
        compare: Callable[[object, object], object] = _COMPARISONS[type(node.ops[0])]
        return compare(left, right)
    if isinstance(node, ast.BoolOp):
        found = [bool(_result(v, name, full)) for v in node.values]
        return all(found) if isinstance(node.op, ast.And) else any(found)
    if isinstance(node, ast.Subscript):
        return _result(node.value, name, full)[_result(node.slice, name, full)]  # type: ignore[index]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
        receiver = _result(node.func.value, name, full)
        if isinstance(receiver, str) and not node.keywords:
            return getattr(receiver, node.func.attr)(*(_result(a, name, full) for a in node.args))
    raise _UnknownError


def is_name(node: ast.AST, name: str) -> bool:
    """``v.name`` or ``v.op.name``."""
    if not isinstance(node, ast.Attribute) or node.attr != "name":
        return False
    of = node.value.value if isinstance(node.value, ast.Attribute) and node.value.attr == "op" else node.value
    return isinstance(of, ast.Name) and of.id == name
