"""Functions that make other layers or variables at each of their calls become classes: made once for each set of variables."""

from __future__ import annotations

import ast
import itertools
import os.path
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import dead, homes
from .hoist import Frame, Pending, making, names_in, unwritten, within
from .refusal import Refusal
from .state import target_name
from .values import State

if TYPE_CHECKING:
    from .context import Context, Region
    from .render import Renderer


# names of functions that say nothing about what is built
_VERBS = frozenset({"build", "construct", "create", "define", "make", "setup"})


@dataclass(eq=False, slots=True)
class Network:
    """A function that became a class.

    Attributes:
      definition: the function. name: of the class. made: what its ``__init__`` makes, by the call that made it.
      attributes: names of these. initial: parameters that ``__init__`` takes; sizes: those for dimensions of tensors.
      called: parameters that a call takes. told_apart: whether several objects have their variables in one scope.
    """

    definition: ast.FunctionDef
    name: str
    made: dict[ast.Call, Pending] = field(default_factory=dict)
    attributes: dict[ast.Call, str] = field(default_factory=dict)
    initial: list[str] = field(default_factory=list)
    sizes: dict[ast.AST, str] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)
    told_apart: bool = False


def convert(context: Context, region: Region, pending: list[Pending]) -> list[Pending]:
    """Replace what such functions make by one object for each set of variables; what is left is made at one place only."""
    while True:
        definition = _next(context, pending, region)
        if definition is None:
            return pending
        pending = _convert(context, region, definition, pending)


def _next(context: Context, pending: list[Pending], region: Region) -> ast.FunctionDef | None:
    """The innermost function that makes different state with one and the same call in its text.

    For a class or a function, also one outside of it, and one of another module: that cannot find the variables that are made there.
    """
    seen: dict[ast.Call, set[str]] = {}
    for each in pending:
        seen.setdefault(each.node, set()).add(each.state.scoped)
    inside = set(region.methods.values()) if region.is_class else set(ast.walk(region.owner))
    home = homes.of(context, region.owner)
    inside = {n for n in inside if homes.of(context, n) == home}
    found = [
        p.frames[-1] for p in pending if p.frames and (len(seen[p.node]) > 1 or p.frames[-1].definition not in inside)
    ]
    found.sort(key=lambda f: -max(len(p.frames) for p in pending if p.frames and p.frames[-1] is f))
    for frame in found:
        if isinstance(frame.definition, ast.FunctionDef):
            return frame.definition
        raise Refusal(frame.definition, "a lambda makes variables")
    return None


def _convert(context: Context, region: Region, definition: ast.FunctionDef, pending: list[Pending]) -> list[Pending]:
    inner = [p for p in pending if p.frames and p.frames[-1].definition is definition]
    network = Network(definition, region.fresh(homes.apart(definition.name)[0] + camel(noun(definition.name))))
    region.taken -= context.imported.get(definition.name, set())
    context.classes[definition] = network
    _members(context, network, inner)
    scopes = {p.frames[-1]: p.state.scoped.split("|")[0].rpartition("/")[0] for p in inner}
    named = {p.frames[-1]: p.state.scoped for p in inner}
    network.told_apart = len(set(scopes.values())) < len(set(named.values()))
    _parameters(context, network)
    rest = [p for p in pending if p not in inner]
    objects: dict[tuple[str, ...], State] = {}
    calls: dict[ast.Call, list[tuple[Frame, list[Pending]]]] = {}
    for frame in dict.fromkeys(p.frames[-1] for p in inner):
        calls.setdefault(frame.call, []).append((frame, [p for p in inner if p.frames[-1] is frame]))
    added: list[Pending] = []
    for call, found in calls.items():
        for frame, members in found:
            added.append(_object(context, network, objects, call, frame, members))
    return sorted([*rest, *added], key=lambda p: p.statement.index if p.statement is not None else 0)


def _members(context: Context, network: Network, inner: list[Pending]) -> None:
    """Names of the attributes, one for each call in the function's text that makes state."""
    taken: set[str] = set()
    for each in inner:
        known = network.made.get(each.node)
        if known is not None and known.text is not None and each.text is not None and known.sizes != each.sizes:
            raise Refusal(each.node, "tensors of several widths flow through one function that makes variables")
        if known is None or known.text is None:
            network.made[each.node] = each
        if each.node in network.attributes:
            continue
        wanted = _attribute(context, each, inner)
        name, number = wanted, 1
        while name in taken:
            name, number = f"{wanted}_{number}", number + 1
        taken.add(name)
        network.attributes[each.node] = name
        context.placed[each.node] = f"self.{name}"


def _attribute(context: Context, pending: Pending, inner: list[Pending]) -> str:
    if pending.state.kind == "variable":
        called = {p.state.scoped.rsplit("/", 1)[-1] for p in inner if p.node is pending.node}
        bound = target_name(context, pending.node)
        one = len(called) == 1 and not re.fullmatch(r"Variable(_\d+)?", min(called))
        return re.sub(r"\W", "_", min(called)) if one or bound == "variable" else bound
    return pending.short or pending.wanted or "part"


def _parameters(context: Context, network: Network) -> None:
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
    for each in network.made.values():
        for node in each.dimensions:
            network.sizes[node] = _size_name(node, network)
    initial = _reads(network, [n for p in network.made.values() for n in making(p)])
    network.initial = [n for n in names if n in initial]
    calling = _body_reads(context, network)
    network.called = [n for n in names if n in calling]


def _reads(network: Network, nodes: list[ast.AST]) -> set[str]:
    """Names that these expressions read, locals of the function by what stands behind them."""
    frame = next(iter(network.made.values())).frames[-1]
    found: set[str] = set()
    todo = list(nodes)
    while todo:
        for name in names_in(todo.pop(), network.sizes) - found:
            found.add(name)
            expression = frame.locals.get(name)
            if expression is not None:
                todo.append(expression)
    return found


def _body_reads(context: Context, network: Network) -> set[str]:
    """Names that the body reads where nothing is made."""
    skipped: set[int] = set()
    for each in network.made.values():
        skipped |= {id(n) for given in unwritten(each) for n in ast.walk(given)}
    for node in ast.walk(network.definition):
        if isinstance(node, ast.With):
            skipped |= {id(n) for item in node.items for n in ast.walk(item)}
    dead.find(context, network.definition, skipped)
    for statement in context.dead:
        skipped |= {id(n) for n in ast.walk(statement)}
    body = [n for s in network.definition.body for n in ast.walk(s)]
    return {n.id for n in body if isinstance(n, ast.Name) and id(n) not in skipped and isinstance(n.ctx, ast.Load)}


def _object(
    context: Context,
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
    sizes = _sizes(network, members)
    text = None if known else (lambda r: f"{network.name}({_joined(sizes, arguments(network.initial, frame, r))})")
    return Pending(
        state, call, wanted, text, members[0].frames[:-1], {}, members[0].statement, tuple(sizes.values()),
        [frame.given[n] for n in network.initial if n in frame.given], members[0].state.scoped.split("|")[0].split("/")[-2:][0],
        tuple(frame.given[n] for n in network.called if n in frame.given),
    )  # fmt: skip


def _under(state: State, holder: State, attribute: str) -> None:
    """State inside an object is reached through it."""
    state.holder, state.attribute, state.exact_name = holder, attribute, False


def _object_name(members: list[Pending], network: Network) -> str:
    """The scope of its variables, with what else their names begin with where that tells it from others; or the function's name."""
    names = [m.state.scoped.split("|")[0] for m in members]
    scoped = names[0].split("/")
    if len(members) == 1 and members[0].state.kind == "layer":
        return re.sub(r"\W", "_", "_".join(scoped))
    common = os.path.commonprefix(names) if network.told_apart else ""  # noqa: RUF071 - of names, letter by letter
    found = common.strip("/_") or "_".join(_shared([s for m in members for s in m.state.scoped.split("|")]))
    return re.sub(r"\W", "_", found) or noun(network.definition.name)


def _shared(names: list[str]) -> list[str]:
    """The scopes that these TensorFlow 1 names have in common."""
    columns = zip(*(name.split("/")[:-1] for name in names), strict=False)
    return [parts[0] for parts in itertools.takewhile(lambda parts: len(set(parts)) == 1, columns)]


def _size_name(node: ast.AST, network: Network) -> str:
    """The parameter that a dimension of a tensor becomes: ``input_size``."""
    name = next((n.id for n in ast.walk(node) if isinstance(n, ast.Name)), "input")
    others = [size for other, size in network.sizes.items() if ast.dump(other) == ast.dump(node)]
    return others[0] if others else f"{name}_size"


def _sizes(network: Network, members: list[Pending]) -> dict[str, int]:
    """The dimensions that one object is made for."""
    found: dict[str, int] = {}
    for member in members:
        for node, size in member.dimensions.items():
            if found.setdefault(network.sizes[node], size) != size:
                raise Refusal(node, "two dimensions of tensors would have one name")
    return found


def _joined(sizes: dict[str, int], given: str) -> str:
    return ", ".join([*(str(size) for size in sizes.values()), *([given] if given else [])])


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


def noun(name: str) -> str:
    """What a function builds, going by its name."""
    found = homes.apart(name)[1].strip("_")
    return "network" if found in _VERBS else found


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
    sizes = list(dict.fromkeys(network.sizes.values()))
    lines.append(
        f"{step}def __init__({', '.join(['self', *sizes, *_signature(network.initial, definition, renderer)])}):"
    )
    lines.append(f"{step}{step}super().__init__()")
    for call, each in network.made.items():
        assert each.text is not None
        sized = renderer.sized({node: network.sizes[node] for node in each.dimensions})
        text = each.text(within(sized, making(each), each.frames, parameters=False))
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
