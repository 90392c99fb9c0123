"""Functions that make other layers or variables at each of their calls become classes: made once for each set of variables."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .hoist import Frame, Pending, making, within
from .refusal import Refusal
from .values import State

if TYPE_CHECKING:
    from .context import Context, Region
    from .render import Renderer


@dataclass(eq=False, slots=True)
class Network:
    """A function that became a class.

    Attributes:
      definition: the function. name: of the class. made: what its ``__init__`` makes, by the call that made it.
      attributes: names of these. initial: parameters that ``__init__`` takes. called: parameters that a call takes.
    """

    definition: ast.FunctionDef
    name: str
    made: dict[ast.Call, Pending] = field(default_factory=dict)
    attributes: dict[ast.Call, str] = field(default_factory=dict)
    initial: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)


def convert(context: Context, region: Region, pending: list[Pending]) -> list[Pending]:
    """Replace what such functions make by one object for each set of variables; what is left is made at one place only."""
    while True:
        definition = _next(pending)
        if definition is None:
            return pending
        pending = _convert(context, region, definition, pending)


def _next(pending: list[Pending]) -> ast.FunctionDef | None:
    """The innermost function that makes different state with one and the same call in its text."""
    seen: dict[ast.Call, set[str]] = {}
    for each in pending:
        seen.setdefault(each.node, set()).add(each.state.scoped)
    found = [p.frames[-1] for p in pending if p.frames and len(seen[p.node]) > 1]
    found.sort(key=lambda f: -max(len(p.frames) for p in pending if p.frames and p.frames[-1] is f))
    for frame in found:
        if isinstance(frame.definition, ast.FunctionDef):
            return frame.definition
        raise Refusal(frame.definition, "a lambda makes variables")
    return None


def _convert(context: Context, region: Region, definition: ast.FunctionDef, pending: list[Pending]) -> list[Pending]:
    inner = [p for p in pending if p.frames and p.frames[-1].definition is definition]
    network = Network(definition, region.fresh(camel(definition.name)))
    context.classes[definition] = network
    _members(context, network, inner)
    _parameters(network)
    rest = [p for p in pending if p not in inner]
    objects: dict[tuple[str, ...], State] = {}
    calls: dict[ast.Call, list[tuple[Frame, list[Pending]]]] = {}
    for frame in dict.fromkeys(p.frames[-1] for p in inner):
        calls.setdefault(frame.call, []).append((frame, [p for p in inner if p.frames[-1] is frame]))
    added: list[Pending] = []
    for call, found in calls.items():
        for frame, members in found:
            added.append(_object(context, region, network, objects, call, frame, members))
    return sorted([*rest, *added], key=lambda p: p.statement.index if p.statement is not None else 0)


def _members(context: Context, network: Network, inner: list[Pending]) -> None:
    """Names of the attributes, one for each call in the function's text that makes state."""
    taken: set[str] = set()
    for each in inner:
        if each.node not in network.made or network.made[each.node].text is None:
            network.made[each.node] = each
        if each.node in network.attributes:
            continue
        wanted = _attribute(each)
        name, number = wanted, 1
        while name in taken:
            name, number = f"{wanted}_{number}", number + 1
        taken.add(name)
        network.attributes[each.node] = name
        context.placed[each.node] = f"self.{name}"


def _attribute(pending: Pending) -> str:
    if pending.state.kind == "variable":
        return re.sub(r"\W", "_", pending.state.scoped.rsplit("/", 1)[-1])
    return pending.wanted or "part"


def _parameters(network: Network) -> None:
    """Which parameters decide what is made, and which are needed for every call."""
    definition = network.definition
    names = [
        a.arg
        for a in (*definition.args.posonlyargs, *definition.args.args, *definition.args.kwonlyargs)
        if a.arg != "self"
    ]
    for each in network.made.values():
        if each.text is None:
            raise Refusal(each.node, "a function uses variables again before it makes them")
    initial = _reads(network, [n for p in network.made.values() for n in making(p)])
    network.initial = [n for n in names if n in initial]
    calling = _body_reads(network)
    network.called = [n for n in names if n in calling]


def _reads(network: Network, nodes: list[ast.AST]) -> set[str]:
    """Names that these expressions read, locals of the function by what stands behind them."""
    frame = next(iter(network.made.values())).frames[-1]
    found, todo = set(), list(nodes)
    while todo:
        for name in {n.id for n in ast.walk(todo.pop()) if isinstance(n, ast.Name)} - found:
            found.add(name)
            expression = frame.locals.get(name)
            if expression is not None:
                todo.append(expression)
    return found


def _body_reads(network: Network) -> set[str]:
    """Names that the body reads where nothing is made."""
    skipped: set[int] = set()
    for each in network.made.values():
        for node in making(each):
            skipped |= {id(n) for n in ast.walk(node)}
    for node in ast.walk(network.definition):
        if isinstance(node, ast.With):
            skipped |= {id(n) for item in node.items for n in ast.walk(item)}
    body = [n for s in network.definition.body for n in ast.walk(s)]
    return {n.id for n in body if isinstance(n, ast.Name) and id(n) not in skipped and isinstance(n.ctx, ast.Load)}


def _object(
    context: Context,
    region: Region,
    network: Network,
    objects: dict[tuple[str, ...], State],
    call: ast.Call,
    frame: Frame,
    members: list[Pending],
) -> Pending:
    """The object that one call stands for."""
    key = tuple(sorted(p.state.scoped for p in members))
    known = objects.get(key)
    state = known or State("", "|".join(key), "object", True, call, members[0].state.order)
    objects[key] = state
    for member in members:
        _under(member.state, state, network.attributes[member.node])
    context.replacements[call] = lambda r: f"{r.made(call, state)}({arguments(network.called, frame, r)})"
    wanted = _object_name(members, network)
    text = None if known else (lambda r: f"{class_name(r, network, region)}({arguments(network.initial, frame, r)})")
    return replace(members[0], state=state, node=call, wanted=wanted, text=text, frames=members[0].frames[:-1])


def _under(state: State, holder: State, attribute: str) -> None:
    """State inside an object is reached through it."""
    state.holder, state.attribute = holder, attribute


def _object_name(members: list[Pending], network: Network) -> str:
    """The scope in which its variables lie, or the function's name."""
    scoped = members[0].state.scoped.split("|")[0].split("/")
    depth = 2 if len(members) == 1 and members[0].state.kind == "layer" else 2
    if len(members) == 1 and members[0].state.kind == "layer":
        return re.sub(r"\W", "_", "_".join(scoped))
    return re.sub(r"\W", "_", "_".join(scoped[: -depth + 1])) or network.definition.name.strip("_")


def class_name(renderer: Renderer, network: Network, region: Region) -> str:
    """The class as it is reached where objects are made."""
    del renderer, region
    return network.name


def arguments(names: list[str], frame: Frame, renderer: Renderer) -> str:
    """The arguments of a call, those parameters only; defaults are left to the function."""
    call, definition = frame.call, frame.definition
    assert isinstance(definition, ast.FunctionDef)
    all_names = [a.arg for a in (*definition.args.posonlyargs, *definition.args.args) if a.arg != "self"]
    parts, positional = [], True
    for name, argument in zip(all_names, call.args, strict=False):
        if name in names:
            parts.append(renderer.text(argument) if positional else f"{name}={renderer.text(argument)}")
        positional = positional and (name in names or name not in names)
    parts += [f"{k.arg}={renderer.text(k.value)}" for k in call.keywords if k.arg in names]
    return ", ".join(parts)


def camel(name: str) -> str:
    """``conv_net`` as the name of a class."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"_+", name) if part) or "Network"


def header(network: Network, renderer: Renderer, unit: int) -> list[str]:
    """The class up to its ``__call__``."""
    definition = network.definition
    step = " " * unit
    lines = [f"class {network.name}({renderer.tf('tf.Module')}):"]
    doc = ast.get_docstring(definition, clean=False)
    if doc is not None:
        lines.append(f"{step}{renderer.context.source(definition.body[0])}")
        lines.append("")
    lines.append(f"{step}def __init__({', '.join(['self', *_signature(network.initial, definition, renderer)])}):")
    lines.append(f"{step}{step}super().__init__()")
    for call, each in network.made.items():
        assert each.text is not None
        text = each.text(within(renderer, making(each), each.frames, parameters=False))
        lines.append(f"{step}{step}self.{network.attributes[call]} = {text}")
    lines += ["", f"{step}def __call__({', '.join(['self', *_signature(network.called, definition, renderer)])}):"]
    return lines


def _signature(names: list[str], definition: ast.FunctionDef, renderer: Renderer) -> list[str]:
    positional = [*definition.args.posonlyargs, *definition.args.args]
    defaults: dict[str, ast.expr] = dict(
        zip(
            [a.arg for a in positional[len(positional) - len(definition.args.defaults) :]],
            definition.args.defaults,
            strict=True,
        )
    )
    for argument, default in zip(definition.args.kwonlyargs, definition.args.kw_defaults, strict=True):
        if default is not None:
            defaults[argument.arg] = default
    return [f"{n}={renderer.text(defaults[n])}" if n in defaults else n for n in names]
