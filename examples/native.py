"""What the programs of examples/legacy become in TensorFlow 2: `python -m examples.native` writes examples/modern."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tf2kit.migrate import FileResult, Options, ProgramSummary, discover, migrate

from . import programs

MODERN = programs.LEGACY.parent / "modern"
_CODE = "NAT501"
_HEAD = """# The same programs in TensorFlow 2

What `tf2kit migrate --to native` makes of the programs of [examples/legacy](../legacy): {count} of {all}, as they come out.
[docs/coverage.md](../../docs/coverage.md) tells what `tf2kit verify` says about each of them. `python -m examples.native` makes
this folder, and a test compares it with what comes out today: a change of a rule shows here.

The others stay on compat, all of their modules, because of one line:

| program | line | why |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Lifted:
    """What became of one program.

    Attributes:
      name: its path in its folder. modules: paths of all its modules. files: its native text, by path; none when it stays on compat.
      where, reason: the line that prevents it and why, when it stays.
    """

    name: str
    modules: tuple[str, ...]
    files: dict[str, bytes]
    where: str = ""
    reason: str = ""


def lift(folder: Path) -> list[Lifted]:
    """All TensorFlow 1 programs of a folder at the native level."""
    result = migrate(discover.discover([str(folder)]), Options(level="native", official="off"))
    by_path = {file.path: file for file in result.files}
    return [_program(p, by_path, folder) for p in result.programs]


def _program(program: ProgramSummary, by_path: Mapping[str, FileResult], folder: Path) -> Lifted:
    entry, paths = program.name, program.files

    def inside(path: str) -> str:
        return Path(os.path.relpath(path, folder)).as_posix()

    modules = tuple(inside(p) for p in paths)
    if program.level == "native":
        return Lifted(inside(entry), modules, {inside(p): by_path[p].after for p in paths})
    said = [d for path in paths for d in by_path[path].diagnostics if d.code == _CODE]
    why = next(d for d in said if d.message.startswith(f"the program {entry} ") or d.path == entry)
    place = f"{inside(why.path)}:{why.line}" if why.cell is None else f"{inside(why.path)}, cell {why.cell}:{why.line}"
    return Lifted(inside(entry), modules, {}, place, why.message.partition("stays on compat: ")[2])


@functools.cache
def legacy() -> tuple[Lifted, ...]:
    """The programs of examples/legacy."""
    return tuple(sorted(lift(programs.LEGACY), key=lambda p: programs.PROGRAMS.index(p.name)))


def modern() -> dict[str, bytes]:
    """The files of examples/modern, by path there."""
    found = legacy()
    native = [p for p in found if p.files]
    rows = [f"| [{p.name}](../legacy/{p.name}) | {p.where} | {cell(p.reason)} |\n" for p in found if not p.files]
    page = _HEAD.format(count=len(native), all=len(found)) + "".join(rows)
    return {"README.md": page.encode()} | {path: text for p in native for path, text in p.files.items()}


def cell(text: str) -> str:
    """Text for a cell of a table in Markdown."""
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    """Write examples/modern, without what is no longer native."""
    files = modern()
    for path in MODERN.rglob("*"):
        if path.is_file() and path.relative_to(MODERN).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        path = MODERN / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    programs.show(f"{len(files) - 1} files in {MODERN.relative_to(programs.LEGACY.parents[1])}")


if __name__ == "__main__":
    main()
