"""Branches of functions that build a part of the graph, where what the function is told decides which of them is taken."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .refusal import Refusal
from .values import UNKNOWN, Plain, Value

if TYPE_CHECKING:
    from .evaluate import Evaluator


def decided(self: Evaluator, test: ast.expr) -> bool | None:
    """What a test on parameters is at this call of the function; None where that is not known, or not so throughout the function."""
    if not self.frames or self.in_loop:
        return None
    definition = self.frames[-1].definition
    names = {n.id for n in ast.walk(test) if isinstance(n, ast.Name)}
    stored = {n.id for n in ast.walk(definition) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    if not names <= set(self.frames[-1].given) - stored:
        return None
    return _truth(self, test)


def _truth(self: Evaluator, test: ast.expr) -> bool | None:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = _truth(self, test.operand)
        return None if inner is None else not inner
    if isinstance(test, ast.Compare):
        op, right = test.ops[0], test.comparators[0]
        if len(test.ops) > 1 or not isinstance(op, (ast.Is, ast.IsNot)) or not _is_none(right):
            return None
        nothing = _nothing(self.value(test.left))
        return None if nothing is None else nothing is isinstance(op, ast.Is)
    value = self.value(test)
    return bool(value.constant) if type(value) is Plain and value.constant is not UNKNOWN else None


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _nothing(value: Value) -> bool | None:
    """Whether a value is None."""
    if type(value) is not Plain:
        return False
    return None if value.constant is UNKNOWN else value.constant is None


def either(self: Evaluator, node: ast.IfExp) -> Value:
    """``a if test else b``: a branch that is not taken counts for nothing where it cannot be read."""
    taken = decided(self, node.test)
    if taken is None:
        return self.either([self.value(node.body), self.value(node.orelse)], node)
    found = self.value(node.body if taken else node.orelse)
    made = len(self.pending)
    try:
        return self.either([found, self.value(node.orelse if taken else node.body)], node)
    except Refusal:
        del self.pending[made:]
        return found
