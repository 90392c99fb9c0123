"""State that is made inside functions.

A function that only makes variables (``weight_variable(shape)``) stays as it is. State of a function that makes the same at every call
moves in front of the first statement that calls it. A function that makes other state at each call becomes a class (`classes`).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import dead
from .refusal import Refusal
from .statements import Created, Inline, Statement
from .values import State, Value, is_graph, is_state, leaves, with_parts

if TYPE_CHECKING:
    from .context import Context, Region
    from .evaluate import Evaluator
    from .render import Renderer

_ATOMS = (ast.Name, ast.Attribute, ast.Constant, ast.Call, ast.Subscript, ast.List, ast.Tuple)


@dataclass(eq=False, slots=True)
class Frame:
    """One call of a function of the program: the expressions behind its parameters and its locals."""

    definition: ast.AST
    call: ast.Call
    given: dict[str, ast.expr]
    locals: dict[str, ast.expr | None] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Pending:
    """State that was made inside functions, or used again there, and has no place yet.

    Attributes:
      state: what was made. node: the call that makes it. wanted: the name that it would like.
      text: how it is made; None where it is used again. frames: the calls around it, outermost first.
      dimensions: what the shapes of tensors that decide about it are.
      statement: the statement that was being read. sizes: the dimensions that an object of a class is made for.
      given: the arguments that decide about such an object; flowing: those that its calls take;
      short: what it would be called inside another one.
    """

    state: State
    node: ast.Call
    wanted: str
    text: Callable[[Renderer], str] | None
    frames: list[Frame]
    dimensions: dict[ast.AST, int]
    statement: Statement | None = None
    sizes: tuple[int, ...] = ()
    given: list[ast.expr] | None = None
    short: str = ""
    flowing: tuple[ast.expr, ...] = ()


def leave(self: Evaluator, call: ast.Call, arguments: dict[str, Value], result: Value, first: int) -> None:
    """At the end of a call: decide whether the function only makes variables; else note what was made (from ``first`` on)."""
    made = self.pending[first:]
    if not made:
        return
    only_state = not any(is_graph(v) for v in arguments.values()) and is_state(result)
    if only_state and {id(p.state) for p in made} <= {id(s) for leaf in leaves(result) for s in with_parts(leaf)}:
        del self.pending[first:]
        if self.depth:
            if not isinstance(result, State):
                raise Refusal(call, "a function makes several variables inside another function")
            fresh = any(p.text is not None for p in made)
            text = (lambda r: r.spliced(call)) if fresh else None
            self.pending.append(Pending(result, call, made[0].wanted, text, list(self.frames), {}))
            self.replacements[call] = lambda r: r.made(call, None) or r.spliced(call)
        elif self.statement is not None and any(p.text is not None for p in made):
            self.statement.inline.append(Inline(call, result, made[0].wanted, lambda r: r.spliced(call)))
        return
    if self.depth == 0:
        if self.statement is None or self.in_loop:
            raise Refusal(call, "a layer or a variable is made in a loop")
        for pending in made:
            pending.statement = self.statement
            self.statement.touched[pending.state.scoped] = pending.state
            self.statement.called.add(pending.state.scoped)
        self.region.pending += made
        del self.pending[first:]


def place_inline(context: Context, region: Region, statement: Statement) -> None:
    """Give state that a moving statement makes in an expression a line of its own: it is made once."""
    for each in statement.inline:
        if not isinstance(each.value, State) or _repeated(context, each.node):
            raise Refusal(each.node, "several variables are made inside of an expression of the graph")
        path = ("self." if region.is_class else "") + region.fresh(each.wanted)
        each.value.path = path
        statement.created.append(Created(path, each.value, each.text))
        context.replacements[each.node] = lambda r, path=path: r.name(path)


def _repeated(context: Context, node: ast.AST) -> bool:
    """Whether an expression is one of a comprehension."""
    while node in context.parents and not isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)):
        node = context.parents[node]
    return node in context.parents


def place(context: Context, region: Region) -> None:
    """Give all state that was made inside functions its place, when the whole region is known."""
    from .classes import convert

    pending = convert(context, region, list(region.pending))
    for definition in dict.fromkeys(p.frames[-1].definition for p in pending if p.frames):
        inside = [p for p in pending if p.frames and p.frames[-1].definition is definition]
        dead.find(context, definition, {id(n) for p in inside for g in unwritten(p) for n in ast.walk(g)})
    own = "self." if region.is_class else ""
    for each in pending:
        if each.text is None:
            continue
        if each.node in context.placed:
            raise Refusal(each.node, "a function makes other variables at each of its calls")
        assert each.statement is not None
        path = own + region.fresh(each.wanted)
        each.state.path = path
        context.placed[each.node] = path
        each.statement.created.append(Created(path, each.state, _maker(each)))


def _maker(pending: Pending) -> Callable[[Renderer], str]:
    assert pending.text is not None
    text = pending.text
    return lambda r: text(within(r.sized(pending.dimensions), making(pending), pending.frames))


def making(pending: Pending) -> list[ast.expr]:
    """The arguments that decide what is made; not those that flow through a layer."""
    if pending.given is not None:
        return pending.given
    row = pending.state.row
    given = [*pending.node.args, *(k.value for k in pending.node.keywords)]
    if row is None:
        return given
    positional = [a for a, name in zip(pending.node.args, row.old, strict=False) if name not in row.call]
    return positional + [k.value for k in pending.node.keywords if k.arg not in row.call]


def unwritten(pending: Pending) -> list[ast.expr]:
    """Those of `making` that are not in the call of what is made."""
    return [n for n in making(pending) if n not in pending.flowing]


def within(renderer: Renderer, nodes: Iterable[ast.AST], frames: list[Frame], parameters: bool = True) -> Renderer:
    """A renderer in which parameters and locals of the innermost function read as the expressions behind them.

    Without ``parameters``, only locals do: for what is written inside of the function's own class.
    """
    if not frames:
        return renderer
    frame, around = frames[-1], frames[:-1]
    known: dict[str, str] = {}
    for node in nodes:
        for name in sorted(names_in(node, renderer.dimensions)):
            expression = frame.locals.get(name)
            if name in frame.locals:
                if expression is None:
                    raise Refusal(
                        node, f"`{name}`, a local of a function, decides what a layer or a variable looks like"
                    )
                inner = within(renderer, [expression], frames, parameters)
                known[name] = _grouped(inner.text(expression), expression)
            elif parameters and name in frame.given:
                given = frame.given[name]
                known[name] = _grouped(within(renderer, [given], around).text(given), given)
    return renderer.within(known)


def names_in(node: ast.AST, dimensions: Mapping[ast.AST, object]) -> set[str]:
    """Names in an expression, but for those in dimensions of tensors."""
    if node in dimensions:
        return set()
    if isinstance(node, ast.Name):
        return {node.id}
    return {name for child in ast.iter_child_nodes(node) for name in names_in(child, dimensions)}


def _grouped(text: str, node: ast.expr) -> str:
    return text if isinstance(node, _ATOMS) else f"({text})"
