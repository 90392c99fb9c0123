"""State that is made inside a function: it moves in front of the statement that calls the function, under a name of its own.

A function that does nothing but make variables (``weight_variable(shape)``) stays as it is.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .naming import renamed
from .refusal import Refusal
from .statements import Created
from .values import State, Value, is_graph, is_state, leaves

if TYPE_CHECKING:
    from .evaluate import Evaluator
    from .render import Renderer

_ATOMS = (ast.Name, ast.Attribute, ast.Constant, ast.Call, ast.Subscript, ast.List, ast.Tuple)


@dataclass(eq=False, slots=True)
class Frame:
    """One call of a function of the program: the expressions behind its parameters and its locals."""

    definition: ast.AST
    given: dict[str, ast.expr]
    locals: dict[str, ast.expr | None] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Pending:
    """State that was made inside functions and has no place yet.

    Attributes:
      state: what was made. node: the call that makes it. wanted: the name that it would like.
      text: how it is made. reads: the expressions that this text is made of. frames: the calls around it, outermost first.
    """

    state: State
    node: ast.Call
    wanted: str
    text: Callable[[Renderer], str]
    frames: list[Frame]


def leave(self: Evaluator, call: ast.Call, arguments: dict[str, Value], result: Value, first: int) -> None:
    """At the end of a call: decide what becomes of the state that was made in it (from index ``first`` of ``pending`` on)."""
    made = self.pending[first:]
    if not made:
        return
    only_state = not any(is_graph(v) for v in arguments.values()) and is_state(result)
    if only_state and {id(p.state) for p in made} <= {id(leaf) for leaf in leaves(result)}:
        del self.pending[first:]
        if self.depth:
            if not isinstance(result, State):
                raise Refusal(call, "a function makes several variables inside another function")
            self.pending.append(Pending(result, call, made[0].wanted, lambda r: r.spliced(call), list(self.frames)))
        return
    if self.depth == 0:
        for pending in made:
            _place(self, pending)
        del self.pending[first:]


def _place(self: Evaluator, pending: Pending) -> None:
    """Give state a name and a line in front of the statement that is being read."""
    if self.statement is None or self.in_loop:
        raise Refusal(pending.node, "a layer or a variable is made in a loop")
    known = self.hoisted.get(pending.node)
    if known is not None and known != pending.state.scoped:
        raise Refusal(pending.node, "a function makes other variables at each of its calls")
    self.hoisted[pending.node] = pending.state.scoped
    own = "self." if self.region.is_class else ""
    path = own + self.region.fresh(pending.wanted)
    state = renamed(pending.state, path, self.region)
    region, scoped = self.region, state.scoped
    if state.kind == "variable":
        self.replacements[pending.node] = lambda r: r.name(region.by_scope[scoped].path)
    self.statement.touched[path] = state
    self.statement.created.append(Created(path, state, lambda r: outside(r, pending)))


def outside(renderer: Renderer, pending: Pending) -> str:
    """The text that makes the state, in terms of what is known outside of the functions."""
    return pending.text(_within(renderer, pending.node, pending.frames).making())


def _within(renderer: Renderer, node: ast.AST, frames: list[Frame]) -> Renderer:
    """A renderer in which parameters and locals of the innermost function read as the expressions behind them."""
    if not frames:
        return renderer
    frame, around = frames[-1], frames[:-1]
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    known: dict[str, str] = {}
    for name in sorted(names):
        if name in frame.locals:
            expression = frame.locals[name]
            if expression is None or not _repeatable(expression):
                raise Refusal(node, f"`{name}`, a local of a function, decides what a layer or a variable looks like")
            known[name] = _grouped(_within(renderer, expression, frames).text(expression), expression)
        elif name in frame.given:
            expression = frame.given[name]
            assert expression is not None
            known[name] = _grouped(_within(renderer, expression, around).text(expression), expression)
    return renderer.within(known)


def _repeatable(node: ast.expr) -> bool:
    """Whether an expression gives the same wherever it stands: no call of the program's or another library's functions."""
    return not any(isinstance(n, (ast.Await, ast.Yield, ast.NamedExpr)) for n in ast.walk(node))


def _grouped(text: str, node: ast.expr) -> str:
    return text if isinstance(node, _ATOMS) else f"({text})"


__all__ = ["Frame", "Pending", "leave", "outside"]
