"""What functions that run the graph are given: sessions, which they no longer need, and objects that build a graph."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .refusal import Refusal
from .values import Instance, Plain, Session, Value

if TYPE_CHECKING:
    from .context import Context
    from .render import Renderer
    from .statements import Statement

_SESSION = re.compile(r"sess(ion)?$")


@dataclass(eq=False, slots=True)
class Handed:
    """What one parameter is given, and what it was when the function was read."""

    given: list[Value] = field(default_factory=list)
    read_as: Value | None = None


@dataclass(eq=False, slots=True)
class Calls:
    """All that is known about calls of one function that runs the graph."""

    calls: list[ast.Call] = field(default_factory=list)
    parameters: dict[str, Handed] = field(default_factory=dict)

    @property
    def sessions(self) -> set[str]:
        """Parameters that are given sessions."""
        return {n for n, p in self.parameters.items() if any(isinstance(v, Session) for v in (*p.given, p.read_as))}


def note(context: Context, definition: ast.FunctionDef, arguments: Mapping[str, Value], call: ast.Call) -> None:
    """Remember what one call gives."""
    known = context.handed.setdefault(definition, Calls())
    known.calls.append(call)
    for name, value in arguments.items():
        known.parameters.setdefault(name, Handed()).given.append(value)
    if known.sessions:
        context.replacements[call] = lambda r: _without(r, call, definition, known.sessions)
        context.replacements.setdefault(definition, lambda r: header(context, definition, r.spliced(definition)))


def bound(context: Context, definition: ast.FunctionDef, name: str) -> Value:
    """What a parameter stands for in the function."""
    parameter = context.handed.setdefault(definition, Calls()).parameters.setdefault(name, Handed())
    parameter.read_as = _one(parameter.given, name)
    return parameter.read_as


def _one(given: list[Value], name: str) -> Value:
    """What all of them are; methods are read before anybody calls them, and what is called a session there must be one."""
    if not given and _SESSION.search(name):
        return Session()
    if given and all(isinstance(v, Session) for v in given):
        return Session()
    regions = [v.region for v in given if isinstance(v, Instance)]
    if regions and len(regions) == len(given) and all(r is regions[0] for r in regions):
        return Instance(regions[0], name)
    return Plain()


def in_order(waiting: list[Statement]) -> list[Statement]:
    """Functions that take a session behind those that call them."""
    found: list[Statement] = []
    for made in waiting:
        _behind_callers(made, waiting, found, [])
    return found


def _behind_callers(made: Statement, waiting: list[Statement], found: list[Statement], above: list[Statement]) -> None:
    if made in found or made in above:
        return
    node = made.node
    if isinstance(node, ast.FunctionDef) and any(_SESSION.search(a.arg) for a in node.args.args):
        for other in waiting:
            if any(isinstance(n, ast.Name) and n.id == node.name for n in ast.walk(other.node)):
                _behind_callers(other, waiting, found, [*above, made])
    found.append(made)


def check(context: Context) -> None:
    """Sessions are given by all calls or by none, and functions that take them are only called.

    Raises:
      Refusal: one is not.
    """
    called = {call.func for known in context.handed.values() for call in known.calls}
    for definition, known in context.handed.items():
        assert isinstance(definition, ast.FunctionDef)
        for name, parameter in known.parameters.items():
            now = _one(parameter.given, name)
            read_otherwise = parameter.read_as is not None and type(now) is not type(parameter.read_as)
            if read_otherwise or (isinstance(now, Plain) and name in known.sessions):
                raise Refusal(definition, f"what `{definition.name}` is given as `{name}` differs between its calls")
        if known.sessions:
            found = {n for n in ast.walk(context.module.tree) if _names(n, definition.name)}
            if found - called or definition.args.vararg or definition.args.posonlyargs:
                raise Refusal(
                    definition, f"`{definition.name}` takes a session, and is used for more than being called"
                )


def _names(node: ast.AST, name: str) -> bool:
    """Whether a node is this function, or a method of its name."""
    return getattr(node, "id", None) == name or getattr(node, "attr", None) == name


def _without(renderer: Renderer, call: ast.Call, definition: ast.FunctionDef, sessions: set[str]) -> str:
    """A call that gives no sessions."""
    names = [a.arg for a in definition.args.args if a.arg != "self"]
    kept = [renderer.text(a) for a, name in zip(call.args, names, strict=False) if name not in sessions]
    kept += [f"{k.arg}={renderer.text(k.value)}" for k in call.keywords if k.arg not in sessions]
    return f"{renderer.text(call.func)}({', '.join(kept)})"


def header(context: Context, node: ast.AST, text: str) -> str:
    """A function, or what stands above its body, without parameters for sessions."""
    known = context.handed.get(node)
    if known is None or not known.sessions:
        return text
    first = text.index("(")
    last = _closing(text, first)
    inside = text[first + 1 : last]
    for name in sorted(known.sessions):
        for pattern in (rf"\b{name}\b(\s*=\s*\w+)?\s*,\s*", rf"(,\s*|^\s*){name}\b(\s*=\s*\w+)?"):
            if re.search(pattern, inside) is not None:
                inside = re.sub(pattern, "", inside, count=1)
                break
    return f"{text[: first + 1]}{inside}{text[last:]}"


def _closing(text: str, first: int) -> int:
    """Where the parenthesis ends that begins at ``first``; defaults with parentheses in strings are not told apart."""
    depth = 0
    for at in range(first, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return len(text)
