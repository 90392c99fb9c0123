"""Modules of a program as one text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...module import Module
from ..homes import MARK
from ..refusal import Refusal
from . import parts as parts_
from .parts import Part, resolved
from .scopes import definitions, module_names

_BORDER = "# %% tf2kit cell of module {}"
_IS_BORDER = re.compile(r"# %% tf2kit cell of module (\d+)$", re.M)


@dataclass(frozen=True, slots=True)
class Joined:
    """The joined text, its parts by path, and the line in which each begins (from 1)."""

    module: Module
    parts: Mapping[str, Part]
    starts: Mapping[str, int]

    @property
    def last(self) -> str:
        """Path of the module that imports the others."""
        return list(self.parts)[-1]

    @staticmethod
    def line_of_last(module: Module) -> int:
        """Where, in this text or one that was made of it, the module begins that imports the others."""
        last = list(_IS_BORDER.finditer(module.text.decode()))[-1]
        return module.text.decode().count("\n", 0, last.start()) + 2

    def path_at(self, line: int) -> str:
        """The module that a line comes from."""
        return [path for path, start in self.starts.items() if start <= line][-1]

    def place(self, refusal: Refusal) -> None:
        """Give a refusal its place in the module that it is about."""
        refusal.reason = refusal.reason.replace(MARK, ".")
        refusal.todo = refusal.todo.replace(MARK, ".")
        node = refusal.node
        if refusal.path:
            return
        if not isinstance(node, (ast.expr, ast.stmt)):
            refusal.path, refusal.node = self.last, None
            return
        refusal.path = self.path_at(node.lineno)
        before = self.module.text.split(b"\n")[node.lineno - 1][: node.col_offset].decode()
        column = len(re.sub(rf"\w+{MARK}", "", before).encode())
        line = node.lineno - self.starts[refusal.path] + 1
        refusal.node = ast.Pass(lineno=line, col_offset=column, end_lineno=line, end_col_offset=column)

    def taken(self) -> set[str]:
        """Names that what is new in a module must not have: what the module imports."""
        return {part.named(i.local) for part in self.parts.values() for i in part.module.imports}

    def imported(self) -> dict[str, set[str]]:
        """What modules call each other's names that they import one by one, by name in the joined text."""
        found: dict[str, set[str]] = {}
        for part in self.parts.values():
            for local, (path, name) in part.members.items():
                target = resolved(self.parts, path, name)
                if target is not None and target[0]:
                    found.setdefault(_named(self.parts, target), set()).add(local)
        return found

    def texts(self, text: str) -> dict[str, str]:
        """The lines of each module, out of the lifted text; without blank ones at both ends."""
        found = _IS_BORDER.split(text)
        paths = list(self.parts)
        return {paths[int(n)]: t.strip("\n") + "\n" for n, t in zip(found[1::2], found[2::2], strict=True)}


def join(modules: Mapping[str, Module], paths: list[str]) -> Joined:
    """The text of these modules, in which every name of the program is the same everywhere.

    Raises:
      Refusal: a module is used in a way that is not understood; its ``path`` says where.
    """
    found = parts_.of(modules, paths)
    lines: list[str] = []
    starts: dict[str, int] = {}
    for number, (path, part) in enumerate(found.items()):
        lines.append(_BORDER.format(number))
        starts[path] = len(lines) + 1
        try:
            text = _renamed(found, path)
        except Refusal as refusal:
            refusal.path = path
            raise
        lines += text.replace("\r\n", "\n").rstrip("\n").split("\n")
        if part.prefix:
            lines += ["", ""]
    text = "\n".join(lines) + "\n"
    return Joined(Module(paths[-1], text.encode(), "", tree=ast.parse(text)), found, starts)


def _renamed(parts: Mapping[str, Part], path: str) -> str:
    part = parts[path]
    module = part.module
    if MARK.encode() in module.text:
        raise Refusal(None, f"`{MARK}` is in a name of the program")
    if part.prefix and (guard := _main_guard(module.tree)) is not None:
        raise Refusal(guard, "a module that can be started by itself is imported by another one")
    edits = {**_of_others(parts, path), **_own(parts, path)}
    quoted = [module.span(n) for n in ast.walk(module.tree) if isinstance(n, ast.JoinedStr)]
    text, at = [], 0
    for (start, end), new in sorted(edits.items()):
        if any(first <= start < last for first, last in quoted):
            raise Refusal(None, "a formatted string has a name of a module of the program in it")
        text += [module.text[at:start].decode(), new]
        at = end
    return "".join([*text, module.text[at:].decode()])


def _main_guard(tree: ast.Module) -> ast.If | None:
    guards = (n for n in tree.body if isinstance(n, ast.If))
    return next(
        (g for g in guards if any(isinstance(n, ast.Name) and n.id == "__name__" for n in ast.walk(g.test))), None
    )


def _of_others(parts: Mapping[str, Part], path: str) -> dict[tuple[int, int], str]:
    """What is read of other modules: ``net.build``, or ``build`` that was imported."""
    module = parts[path].module
    edits = {}
    for use in module.uses:
        within = parts[path].within(use.full)
        if within is None or not isinstance(use.binding, (ast.Import, ast.ImportFrom)):
            continue
        names = use.full.split(".")
        if len(names) == within[1]:
            raise Refusal(use.node, f"the module `{use.full}` is used as a value")
        target = resolved(parts, within[0], names[within[1]])
        if target is None:
            raise Refusal(use.node, f"what `{use.full}` stands for is not known")
        node = use.node
        for _ in range(len(names) - within[1] - 1):
            assert isinstance(node, ast.Attribute)
            node = node.value
        if not isinstance(getattr(node, "ctx", None), ast.Load):
            raise Refusal(node, "a name of another module is bound to something else")
        edits[module.span(node)] = _named(parts, target)
    return edits


def _own(parts: Mapping[str, Part], path: str) -> dict[tuple[int, int], str]:
    """The module's own names, and those that come with a star."""
    part = parts[path]
    module = part.module
    edits = {}
    known = set(part.outside) | set(part.members) | {i.local for i in module.imports}
    for node, _ in module_names(module.tree):
        if node.id in part.defined or (part.stars and node.id not in known):
            target = resolved(parts, path, node.id)
            if target is not None:
                edits[module.span(node)] = _named(parts, target)
    for start, name in [*_defined_at(module), *_declared_at(module)] if part.prefix else ():
        if name in part.defined:
            edits[(start, start + len(name.encode()))] = part.named(name)
    return edits


def _defined_at(module: Module) -> Iterator[tuple[int, str]]:
    """Where the names of functions and classes of the module stand."""
    for node in definitions(module.tree.body):
        start = module.span(node)[0]
        found = re.compile(rb"(?:async\s+)?(?:def|class)\s+").match(module.text, start)
        assert found is not None
        yield found.end(), node.name


def _declared_at(module: Module) -> Iterator[tuple[int, str]]:
    """Where ``global`` names them."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Global):
            start, end = module.span(node)
            for found in re.compile(rb"\w+").finditer(module.text, start + len("global"), end):
                yield found.start(), found.group().decode()


def _named(parts: Mapping[str, Part], target: tuple[str, str]) -> str:
    path, name = target
    return parts[path].named(name) if path else name
