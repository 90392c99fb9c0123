"""Names of variables that a program lists: where TensorFlow 2 gives other ones, those of TensorFlow 1 are written out."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from .chosen import is_name
from .values import Cell, Plain, Sequence, Series, State, Value

if TYPE_CHECKING:
    from .evaluate import Evaluator
    from .render import Renderer

Listing = ast.ListComp | ast.GeneratorExp


def listed(self: Evaluator, node: ast.expr) -> Value | None:
    """``[v.name for v in variables]``; None for any other comprehension, or where a name is not known."""
    states = _states(self, node)
    names = list(_names(states or []))
    if states is None or None in names:
        return None
    left, right = ("([", "])") if self.context.source(node).startswith("(") else ("[", "]")
    self.replacements[node] = _text(
        node, states, lambda r: f"{left}{', '.join(r.context.quoted(str(n)) for n in names)}{right}"
    )
    return Sequence(tuple(Plain(n) for n in names))


def one(self: Evaluator, node: ast.Subscript) -> Value | None:
    """``[v.name for v in variables][0]``."""
    index = node.slice.value if isinstance(node.slice, ast.Constant) else None
    states = _states(self, node.value) if type(index) is int and index >= 0 else None
    if states is None:
        return None
    assert isinstance(index, int)
    known = next((n for i, n in enumerate(_names(states)) if i == index or n is None), None)
    if known is None:
        return None
    self.replacements[node] = _text(node, states, lambda r: r.context.quoted(known))
    return Plain(known)


def _states(self: Evaluator, node: ast.expr) -> list[State] | None:
    """The variables whose names a comprehension lists as they are."""
    if not isinstance(node, Listing) or len(node.generators) != 1:
        return None
    generator = node.generators[0]
    target = generator.target
    if generator.ifs or not isinstance(target, ast.Name) or ast.unparse(node.elt) != f"{target.id}.name":
        return None
    if not is_name(node.elt, target.id):
        return None
    variables = self.value(generator.iter)
    states = [s for s in variables.items if isinstance(s, State)] if isinstance(variables, Sequence) else []
    return states if states and len(states) == len(variables.items) else None  # type: ignore[attr-defined]


def _text(node: ast.expr, states: list[State], text: Callable[[Renderer], str]) -> Callable[[Renderer], str]:
    """The names as they are, where the new variables have them too."""
    return lambda r: r.spliced(node) if all(s.exact_name for s in states) else text(r)


def _names(states: list[State]) -> Iterator[str | None]:
    """TensorFlow 1's names of variables in order; None, as the last one, where one is not known."""
    for state in states:
        for name in _of(state):
            yield name
            if name is None:
                return


def _of(state: State) -> Iterator[str | None]:
    if isinstance(state, Cell):
        yield from _of_cell(state, state.scoped)
    elif state.exact_name or (state.kind == "variable" and "get_variable" in ast.unparse(state.node)):
        yield f"{state.scoped}:0"
    else:
        yield None


def _of_cell(cell: Cell, scoped: str) -> Iterator[str | None]:
    if not cell.parts:
        yield from (f"{scoped}/{name}:0" for name in cell.weights)
        return
    if cell.row is None or cell.row.new != "MultiRNNCell":  # a wrapper, which has its cell's name
        yield from _of_cell(cell.parts[0], scoped)
        return
    for number, part in enumerate(cell.parts):
        yield from _of_cell(part, f"{scoped}/cell_{number}/{part.base}")
    if isinstance(cell.carried, Series):  # and others of which it is not known how many
        yield None
