"""Sums that start from a number, ``total = 0.0`` and ``total += loss``: the number moves into functions with what is added to it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .environment import key_of
from .refusal import Refusal
from .statements import Statement
from .values import Eager, Plain, State, Value, is_graph

if TYPE_CHECKING:
    from .plan import Function
    from .walk import Walker


def rebound(self: Walker, target: ast.expr, value: Value) -> None:
    """``c = c * x``, where ``c`` was a number."""
    statement = self.evaluator.statement
    if statement is not None and is_graph(value) and key_of(target) in statement.reads:
        start(self, target)


def start(self: Walker, target: ast.expr) -> None:
    """Let the statement that a sum starts with move, when a tensor is added to it.

    Raises:
      Refusal: it cannot, or something that stays reads the number.
    """
    statement, key = self.evaluator.statement, key_of(target)
    binding = self.evaluator.environment.find(key) if key is not None else None
    if statement is None or key is None or binding is None or self.evaluator.depth:
        return
    if isinstance(binding.value, State):
        raise Refusal(target, f"`{key}` is a variable, and then a tensor", "give the tensor a name of its own")
    if not isinstance(binding.value, (Plain, Eager)) or all(m.moves for m in binding.makers):
        return
    for maker in binding.makers:
        if not _is_number(maker, key):
            raise Refusal(target, f"`{key}` is no tensor at first, and what makes it stays outside of functions")
        maker.kind = "graph"
    for reader in [s for s in self.region.statements if key in s.reads and s is not statement]:
        if reader.index > min(m.index for m in binding.makers):
            if not reader.moves:
                raise Refusal(reader.node, f"`{key}` is read here, and becomes a tensor later")
            _uses(reader, key, binding.makers)
    _uses(statement, key, binding.makers)


def check(functions: Iterable[Function]) -> None:
    """A name that a function binds is local in all of it: it must not stand for something outside, too.

    Raises:
      Refusal: it does.
    """
    for function in functions:
        bound = {k: s for s in function.statements if not isinstance(s.node, ast.FunctionDef) for k in s.defines}
        for statement in function.statements:
            for key in sorted(statement.reads & set(bound) - _counted(statement)):
                raise Refusal(
                    bound[key].node, f"`{key}` is no tensor at first, and one here", "give the tensor a name of its own"
                )


def _counted(statement: Statement) -> set[str]:
    """Names that loops of a statement count with."""
    loops = [n.target for n in ast.walk(statement.node) if isinstance(n, (ast.For, ast.comprehension))]
    return {n.id for target in loops for n in ast.walk(target) if isinstance(n, ast.Name)}


def _is_number(maker: Statement, key: str) -> bool:
    """Whether a statement does nothing but bind the name, once."""
    node = maker.node
    simple = isinstance(node, ast.Assign) and len(node.targets) == 1 and key_of(node.targets[0]) == key
    here = maker.parent
    while here is not None and isinstance(here.node, (ast.FunctionDef, ast.With)):
        here = here.parent
    return maker.moves or (simple and maker.kind == "plain" and here is None)


def _uses(statement: Statement, key: str, makers: frozenset[Statement]) -> None:
    statement.reads.discard(key)
    statement.uses[key] = statement.uses.get(key, frozenset()) | makers
