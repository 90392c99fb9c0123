"""Find the modules that a program runs, migrate them and compile the result. Imported only for what is not remembered yet."""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from tf2kit.migrate import FileResult, InputFile, Options, migrate
from tf2kit.migrate.program import scan_imports
from tf2kit.migrate.source import Source, SourceError

from .dynamic import runs_text
from .lines import code_of
from .places import Places, is_foreign
from .record import Record, Unit

_LATE = "<imported while the program ran>"
_NOTEBOOK = b"import tensorflow as tf\ntf.%s()\n"
_MODES = (b"placeholder", b"enable_eager_execution")


@dataclass(slots=True)
class Files:
    """Contents by real path; the files behind imports; and, by folder, names of modules that were looked for and are not there."""

    raw: dict[str, bytes] = field(default_factory=dict)
    links: dict[tuple[str, str], str] = field(default_factory=dict)
    absent: dict[str, set[str]] = field(default_factory=dict)


def gather(start: Iterable[str], places: Places) -> Files:
    """The files ``start`` and all that they import from ``places``, directly or not. Nothing is executed."""
    found = Files()
    roots = places.roots()
    todo = list(start)
    while todo:
        path = todo.pop()
        if path in found.raw:
            continue
        try:
            with open(path, "rb") as file:
                found.raw[path] = file.read()
        except OSError:
            continue
        for dotted in scan_imports(found.raw[path]):
            if is_foreign(dotted):
                continue
            depth, hits = _behind(dotted, path, roots, found.absent)
            hits = [hit for hit in hits if places.holds(hit)]
            todo += hits
            if hits and hits[-1] != path and depth >= dotted.lstrip(".").count("."):
                found.links[path, dotted] = hits[-1]
    found.links = {key: path for key, path in found.links.items() if path in found.raw}
    return found


def _behind(dotted: str, importer: str, roots: Sequence[str], absent: dict[str, set[str]]) -> tuple[int, list[str]]:
    """The files that an import runs, outermost package first, and how many names of it the last one stands for."""
    level = len(dotted) - len(dotted.lstrip("."))
    parts = [part for part in dotted.lstrip(".").split(".") if part]
    base = os.path.dirname(importer)
    for _ in range(level - 1):
        base = os.path.dirname(base)
    for folder in [base] if level else _search_path(base, roots):
        hits: list[str] = []
        depth = 0
        for n in range(0 if level else 1, len(parts) + 1):
            stem = os.path.join(folder, *parts[:n])
            new = [p for p in (stem + ".py" if n else "", os.path.join(stem, "__init__.py")) if os.path.isfile(p)]
            hits += map(os.path.realpath, new)
            depth = n if new else depth
        if hits:
            return depth, hits
        if parts:
            absent.setdefault(folder, set()).add(parts[0])
    return 0, []


def _search_path(base: str, roots: Sequence[str]) -> list[str]:
    """The importer's folder (of Python 2, and of scripts), those above it in the same root, then the other roots."""
    folders: list[str] = []
    if (home := next((r for r in roots if base == r or base.startswith(r + os.sep)), None)) is not None:
        folders.append(base)
        while folders[-1] != home:
            folders.append(os.path.dirname(folders[-1]))
    return list(dict.fromkeys([*folders, *roots]))


def whole(entry: str, places: Places) -> Record:
    """Migrate the script ``entry`` and every module that it imports from ``places``, to the compat level."""
    files = gather([entry], places)
    return _record(files, _migrate(files, files.raw))


def late(entry: str | None, known: Collection[str], path: str, places: Places, eager: bool = False) -> Record:
    """Migrate the module at ``path``, which the program that started as ``entry`` has come to import, and what it imports itself.

    ``known`` are the modules that the program has already. Imports of theirs that led nowhere are looked up anew: the program may have
    changed ``sys.path``. What a notebook imports (``entry`` is None) is a TensorFlow 1 program, ``eager`` or not.
    """
    files = gather([path, *known], places)
    new = files.raw.keys() - set(known)
    files.raw[_LATE] = b"import late\n" + (_NOTEBOOK % _MODES[eager] if entry is None else b"import entry\n")
    files.links[_LATE, "late"] = path
    if entry is not None:
        files.links[_LATE, "entry"] = entry
    results = _migrate(files, new)
    del files.raw[_LATE]
    return _record(files, [file for file in results if file.path in new])


def _migrate(files: Files, only: Iterable[str]) -> list[FileResult]:
    # our own passes alone: the official script's stub packages must not get into a process that is about to import TensorFlow
    inputs = [InputFile(path, raw) for path, raw in files.raw.items()]
    return migrate(inputs, Options(official="off", jobs=1), links=files.links, only=frozenset(only)).files


def _record(files: Files, results: Sequence[FileResult]) -> Record:
    units = {file.path: _unit(file) for file in results}
    tf1 = any(file.level for file in results)
    silent = not any(b"tensorflow" in raw for raw in files.raw.values())
    absent = {folder: sorted(names) for folder, names in files.absent.items()}
    return Record(units, absent, sum(len(file.left) for file in results), tf1 or silent)


def _unit(file: FileResult) -> Unit:
    """What to remember of a file; one that stays as it is, or whose new text cannot be compiled, is left to Python."""
    digest = hashlib.sha256(file.before).digest()
    if not file.changed and not runs_text(file.before):
        return Unit(digest)
    try:
        text = Source.read(file.path, file.after).text
        return Unit(digest, marshal.dumps(code_of(text, file.before, file.path)), text)
    except (SourceError, SyntaxError, ValueError, RecursionError):
        return Unit(digest)
