"""Modules that run together: who imports whom, which are entry points, and what each program needs as a whole.

``disable_v2_behavior()`` and legacy Keras are decided for a process, so they are decided here for whole programs and not file by file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .facts import Facts

_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]*(\([^)]*\)|[^\r\n#;]*)|import[ \t]+([\w., \t]+))", re.M
)
_COMMENT = re.compile(rb"#[^\r\n]*")


def scan_imports(text: bytes) -> tuple[str, ...]:
    """Dotted names that a text seems to import, without parsing it; may name too many, never misses a plain import."""
    found: list[str] = []
    for source, names, plain in _IMPORT.findall(text):
        rows = _COMMENT.sub(b"", names or plain).strip(b"()").split(b",")
        listed = [row.split()[0].decode("ascii", "replace") for row in rows if row.split()]
        if source:
            module = source.decode("ascii", "replace")
            found.append(module)
            listed = [f"{module}{name}" if module.endswith(".") else f"{module}.{name}" for name in listed]
        found += listed
    return tuple(dict.fromkeys(found))


class Tree:
    """Finds the file behind an import, as Python would with the importing file's folder or any folder above it on its path.

    ``known`` has the files behind imports, by (importing file, dotted name), where the caller knows better: what is on ``sys.path``.
    """

    def __init__(self, paths: Iterable[str], known: Mapping[tuple[str, str], str] | None = None) -> None:
        self._known = known or {}
        self._by_name: dict[tuple[str, ...], str] = {}
        for path in paths:
            self._by_name[module_parts(path)] = path

    def find(self, importer: str, dotted: str) -> str | None:
        """The path of the module (or of the module that has the name) that ``dotted`` means in ``importer``, or None."""
        if (importer, dotted) in self._known:
            return self._known[importer, dotted]
        folder = module_parts(importer)
        folder = folder if is_package(importer) else folder[:-1]
        level = len(dotted) - len(dotted.lstrip("."))
        parts = tuple(p for p in dotted.lstrip(".").split(".") if p)
        bases = [folder[: len(folder) - level + 1]] if level else [folder[:i] for i in range(len(folder), -1, -1)]
        for base in bases:
            for end in (len(parts), len(parts) - 1):
                path = self._by_name.get((*base, *parts[:end])) if end > 0 or level else None
                if path is not None and path != importer:
                    return path
        return None

    def packages(self, path: str) -> str:
        """Dotted package of a module, counted from the highest folder that still has an ``__init__``."""
        parts = module_parts(path)
        folder = parts if is_package(path) else parts[:-1]
        start = len(folder)
        while start > 0 and self._by_name.get(folder[:start], "").endswith("__init__.py"):
            start -= 1
        return ".".join(folder[start:])


def module_parts(path: str) -> tuple[str, ...]:
    """``a/b/__init__.py`` → ("a", "b"); ``a/b.py`` → ("a", "b")."""
    stem = os.path.splitext(os.path.normpath(path))[0]
    parts = tuple(p for p in stem.split(os.sep) if p)
    return parts[:-1] if parts and parts[-1] == "__init__" else parts


def is_package(path: str) -> bool:
    """Whether the file is a package's ``__init__``."""
    return os.path.basename(path) == "__init__.py"


@dataclass(frozen=True, slots=True)
class Program:
    """An entry point and the modules of the tree that it reaches."""

    entry: str
    members: tuple[str, ...]


def link(facts: Mapping[str, Facts], tree: Tree) -> list[Program]:
    """Fill in the program-level facts of every module; return the TF 1 programs, by entry point."""
    for f in facts.values():
        hits = ((name, tree.find(f.path, name)) for name in f.imports)
        f.links = {name: hit for name, hit in hits if hit is not None and hit in facts}
    imported = {p for f in facts.values() for p in f.first_party}
    programs = []
    others: set[str] = set()
    reached: set[str] = set()
    for f in facts.values():
        f.entry = f.main or f.path not in imported or f.path.endswith(".ipynb")
    # last those that nothing starts: modules that only import each other in a circle
    for f in sorted(facts.values(), key=lambda f: (not f.entry, f.path)):
        f.entry = f.entry or f.path not in reached
        if not f.entry:
            continue
        members = reach(f.path, facts)
        reached.update(members)
        if any(facts[m].tf1 for m in members):
            programs.append(Program(f.path, members))
        else:
            others.update(members)
    _decide(programs, facts, others)
    return programs


def reach(path: str, facts: Mapping[str, Facts]) -> tuple[str, ...]:
    """``path`` and all modules that it imports, directly or not; parent packages are not followed."""
    seen: dict[str, None] = {}
    todo = [path]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen[here] = None
            todo.extend(facts[here].first_party)
    return tuple(seen)


def star_exports(
    path: str | None, facts: Mapping[str, Facts], tree: Tree, seen: frozenset[str] = frozenset()
) -> dict[str, str]:
    """What ``from m import *`` brings for the module at ``path``, through its own star imports too."""
    if path is None or path not in facts or path in seen:
        return {}
    found = dict(facts[path].exports)
    for dotted in facts[path].stars:
        for name, full in star_exports(tree.find(path, dotted), facts, tree, seen | {path}).items():
            found.setdefault(name, full)
    return found


def _decide(programs: list[Program], facts: Mapping[str, Facts], others: set[str]) -> None:
    modes: dict[str, set[str]] = {}
    for program in programs:
        members = [facts[m] for m in program.members]
        eager = any(m.switches & {"eager", "v2"} for m in members)
        legacy = any(m.legacy_keras for m in members)
        switched = any(m.switches for m in members)
        for m in members:
            m.member = m.member or not (m.neutral and m.path in others and not m.tf1)
            m.program = m.program or program.entry
            modes.setdefault(m.path, set()).add("eager" if eager else "graph")
            m.switched = m.switched or (switched and not eager)
        facts[program.entry].entry_legacy = legacy and not any(m.sets_legacy for m in members)
        loaders = {m.path for m in members if m.tf_names or any(facts[p].tf_names for p in reach(m.path, facts))}
        facts[program.entry].tf_loaders = frozenset(loaders - {program.entry})
    for path, found in modes.items():
        facts[path].mode = found.pop() if len(found) == 1 else "mixed"
