"""The modules that a script runs, migrated in memory; what was migrated once is remembered by content."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..cli import version

_KEPT = 200  # remembered programs; the oldest go first


@dataclass(frozen=True, slots=True)
class Program:
    """Texts (UTF-8) of the modules that differ from their files, by real path, and how many findings are left for a person."""

    texts: dict[str, bytes]
    left: int = 0


def load(entry: Path, root: Path) -> Program:
    """Migrate the script ``entry`` and every module below ``root`` that it imports, to the compat level.

    Nothing is executed. A module that cannot be read or parsed stays what it is: Python will say what is wrong with it.
    """
    files = _collect(entry, root)
    cached = _cache_file(files)
    found = _read(cached)
    if found is None:
        found = _migrate(files)
        _write(cached, found)
    return found


def _collect(entry: Path, root: Path) -> dict[str, bytes]:
    """Content by real path of the script and of everything below ``root`` that it imports, directly or not."""
    from tf2kit.migrate.program import scan_imports

    found: dict[str, bytes] = {}
    todo = [entry.resolve()]
    while todo:
        path = todo.pop()
        if str(path) in found:
            continue
        try:
            found[str(path)] = path.read_bytes()
        except OSError:
            continue
        for dotted in scan_imports(found[str(path)]):
            todo += _files_of(dotted, path, root)
    return found


def _files_of(dotted: str, importer: Path, root: Path) -> Iterator[Path]:
    """Files that an import may mean: looked for from the importer's folder upwards to ``root``, with the packages on the way."""
    level = len(dotted) - len(dotted.lstrip("."))
    parts = [p for p in dotted.lstrip(".").split(".") if p]
    base = importer.parent
    for _ in range(level - 1):
        base = base.parent
    folders = [base] if level else [base, *(p for p in base.parents if p == root or root in p.parents)]
    for folder in folders:
        hits = [p for n in range(len(parts) + 1) for p in _modules(folder.joinpath(*parts[:n])) if n or level]
        if hits:
            yield from (p.resolve() for p in hits)
            return


def _modules(stem: Path) -> list[Path]:
    """The module file and the package file of a dotted name, where they exist; a package's modules are found by their own imports."""
    candidates = (stem.with_name(stem.name + ".py"), stem / "__init__.py")
    return [path for path in candidates if path.is_file()]


def _migrate(files: dict[str, bytes]) -> Program:
    from tf2kit.migrate import InputFile, Options, migrate
    from tf2kit.migrate.source import Source

    # our own passes alone: the official script's stub packages must not get into a process that is about to import TensorFlow
    result = migrate([InputFile(p, raw) for p, raw in files.items()], Options(official="off", jobs=1))
    texts = {f.path: Source.read(f.path, f.after).text for f in result.files if f.changed}
    return Program(texts, sum(len(f.left) for f in result.files))


# -- the memory ------------------------------------------------------------------------------------------------------


def _cache_file(files: dict[str, bytes]) -> Path:
    digest = hashlib.sha256(version().encode())
    for path, raw in sorted(files.items()):
        digest.update(path.encode() + b"\0" + hashlib.sha256(raw).digest())
    return _cache_folder() / f"{digest.hexdigest()[:40]}.json"


def _cache_folder() -> Path:
    named = os.environ.get("TF2KIT_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tf2kit" / "run"


def _read(cached: Path) -> Program | None:
    try:
        stored = json.loads(cached.read_bytes())
        return Program({path: text.encode() for path, text in stored["texts"].items()}, stored["left"])
    except (OSError, ValueError, KeyError, AttributeError):
        return None


def _write(cached: Path, program: Program) -> None:
    """Remember a program; a memory that cannot be written is no reason not to run it."""
    stored = {"texts": {path: text.decode() for path, text in program.texts.items()}, "left": program.left}
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cached.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(stored, file)
        os.replace(name, cached)
        _forget(sorted(cached.parent.glob("*.json"), key=lambda p: p.stat().st_mtime))
    except OSError:
        return


def _forget(oldest_first: Sequence[Path]) -> None:
    for path in oldest_first[:-_KEPT]:
        path.unlink(missing_ok=True)
