"""The modules of a program that are lifted together, and what the names of each stand for."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from ...module import Module
from ..homes import MARK
from ..refusal import Refusal
from .scopes import bound, definitions, hidden

_RUNS = re.compile(rb"\bsess(ion)?\b[^\n]*\.(run|eval)\(|\.(run|eval)\([^\n]*\bsess(ion)?\b")


@dataclass(eq=False, slots=True)
class Part:
    """One module of a program.

    Attributes:
      module: as it was. prefix: in front of its names in the joined text, "" for the module that imports the others.
      modules: paths of those of the program that it imports, by their dotted names. defined: names that it makes itself.
      outside: names that it has from libraries, by what they stand for. members: names that it imports from modules of the program:
        path and name there. stars: paths of the modules from which it imports everything.
    """

    module: Module
    prefix: str
    modules: dict[str, str] = field(default_factory=dict)
    defined: frozenset[str] = frozenset()
    outside: dict[str, str] = field(default_factory=dict)
    members: dict[str, tuple[str, str]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)

    def named(self, name: str) -> str:
        """A name of this module in the joined text."""
        return f"{self.prefix}{MARK}{name}" if self.prefix else name

    def within(self, full: str) -> tuple[str, int] | None:
        """The module of the program behind a full name, and how many of its parts say so."""
        parts = full.split(".")
        for count in range(len(parts), 0, -1):
            path = self.modules.get(".".join(parts[:count]))
            if path is not None:
                return path, count
        return None


def chosen(modules: Mapping[str, Module]) -> list[str]:
    """Paths of the modules that are lifted, in the order in which Python runs them.

    These are the ones that use TensorFlow, that run sessions, and that import such.
    """
    order: list[str] = []
    for path in modules:
        _order(path, modules, order, [])
    found = {p for p in order if _works(modules[p])}
    while True:
        more = {p for p in order if p not in found and found & set(_imports(modules[p]).values())}
        if not more:
            return [p for p in order if p in found]
        found |= more


def _works(module: Module) -> bool:
    return module.facts is not None and (bool(module.facts.tf_names) or _RUNS.search(module.text) is not None)


def _order(path: str, modules: Mapping[str, Module], order: list[str], above: list[str]) -> None:
    if path in order or path in above:
        return
    for other in _imports(modules[path]).values():
        if other in modules:
            _order(other, modules, order, [*above, path])
    order.append(path)


def _imports(module: Module) -> dict[str, str]:
    """Paths of the modules of the tree that a module imports, by dotted name, in order."""
    found: dict[str, str] = {}
    for target, path in module.facts.links.items() if module.facts is not None else ():
        tail = PurePath(path).with_suffix("").parts
        tail = tail[:-1] if tail[-1] == "__init__" else tail
        parts = target.split(".")
        counts = [n for n in range(len(parts), 0, -1) if list(tail[-n:]) == parts[:n]]
        if counts:
            found[".".join(parts[: counts[0]])] = path
    return found


def of(modules: Mapping[str, Module], paths: list[str]) -> dict[str, Part]:
    """What the names of these modules stand for.

    Raises:
      Refusal: one name stands for two libraries, or modules import each other.
    """
    parts: dict[str, Part] = {}
    for path in paths:
        own = "" if path == paths[-1] else _prefix(path, parts)
        parts[path] = Part(modules[path], own)
    for number, (path, part) in enumerate(parts.items()):
        part.modules = {d: p for d, p in _imports(part.module).items() if p in parts}
        if any(paths.index(p) >= number for p in part.modules.values()):
            refusal = Refusal(None, "modules of the program import each other in a circle")
            refusal.path = path
            raise refusal
        try:
            _names(part)
        except Refusal as refusal:
            refusal.path = path
            raise
    _agree(parts)
    return parts


def _prefix(path: str, parts: Mapping[str, Part]) -> str:
    stem = PurePath(path).stem
    wanted = re.sub(r"\W", "_", PurePath(path).parent.name if stem == "__init__" else stem)
    taken = {p.prefix for p in parts.values()}
    name, number = wanted, 1
    while name in taken:
        name, number = f"{wanted}{number}", number + 1
    return name


def _names(part: Part) -> None:
    module = part.module
    for local in {i.local for i in module.imports if i.top_level}:
        for binding in module.names.root.bindings[local]:
            nothing = isinstance(binding.value, ast.Constant) and binding.value.value is None
            if binding.full is None and not nothing:
                raise Refusal(None, f"`{local}` is imported, and bound to something else in the same module")
    imported = {i.local for i in module.imports if i.top_level}
    for found in module.imports:
        within = part.within(found.target)
        if not found.top_level:
            continue
        if within is None:
            part.outside[found.local] = found.full
        elif isinstance(found.node, ast.ImportFrom) and within[1] < found.target.count(".") + 1:
            part.members[found.local] = (within[0], found.target.split(".")[within[1]])
    part.stars = [within[0] for name, _ in module.names.stars if (within := part.within(name)) is not None]
    made = bound(module.tree.body) - imported
    aliases = {n: full for n, full in module.names.exports().items() if n in made and part.within(full) is None}
    part.outside |= aliases
    part.defined = frozenset(made - set(aliases))


def _agree(parts: Mapping[str, Part]) -> None:
    """A name of a library means the same in every module."""
    known: dict[str, str] = {}
    last = list(parts)[-1]
    for path, part in parts.items():
        for name, full in part.outside.items():
            if known.setdefault(name, full) != full or (path != last and name in parts[last].defined):
                refusal = Refusal(None, f"`{name}` stands for different things in two modules of the program")
                refusal.path = path
                raise refusal
    inner = {n for d in definitions(parts[last].module.tree.body) for n in hidden(d)}
    for name in sorted(inner & {n for path, part in parts.items() if path != last for n in part.outside}):
        refusal = Refusal(
            None, f"`{name}` is a library in one module of the program, and something else in a function here"
        )
        refusal.path = last
        raise refusal


def resolved(parts: Mapping[str, Part], path: str, name: str) -> tuple[str, str] | None:
    """Path and name of what a name of a module is; the path is "" for what comes from a library, None stands for nothing known."""
    part = parts[path]
    if name in part.defined:
        return path, name
    if name in part.members:
        return resolved(parts, *part.members[name])
    if name in part.outside:
        return "", name
    for star in reversed(part.stars):
        found = resolved(parts, star, name) if not name.startswith("_") else None
        if found is not None:
            return found
    return None
