"""Scratch copies, so that two runs of a program, at the same time or one after the other, do not see each other's files.

The working folder is mirrored: folders are made, small files are copied, large ones and folders full of data are linked. A notebook
becomes a script. Lines in scratch copies are shown as lines of the user's files.
"""

from __future__ import annotations

import ast
import functools
import linecache
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from ..notebook import Notebook, NotebookError, is_notebook
from .model import Place

LINKED = 1 << 20  # bytes from which a file is linked
MANY = 1000  # entries from which a folder without Python files is linked
LIMIT = 50_000
_LEFT_OUT = {".git", ".hg", "__pycache__", "node_modules", ".ipynb_checkpoints", ".tf2kit-backup", ".venv", "venv"}
_SHARED = re.compile(rb"""['"](/tmp/|/var/|/home/|/data/|/mnt/|/content/|/Users/|~/)""")


class StageError(Exception):
    """A program cannot be copied; ``str()`` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program as the user would start it.

    Attributes:
      script: the script or notebook.
      folder: where it is started.
      shown: its name for people.
      origin: the folder that lines are shown in, where ``folder`` is only a copy of it.
      migrated: whether it runs as it is; else `tf2kit run` migrates it in memory.
    """

    script: Path
    folder: Path
    shown: str
    origin: Path | None = None
    migrated: bool = True


@dataclass(slots=True)
class Box:
    """A program ready to run in a scratch folder: its script, the folder to start it in, and where scratch files come from."""

    script: Path
    folder: Path
    origins: list[tuple[Path, Path]] = field(default_factory=list)
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)
    notebook: Path | None = None


def stage(program: Program, into: Path) -> Box:
    """Copy what ``program`` may need below ``into``.

    Raises:
      StageError: the folder is too large, or the notebook cannot be read.
    """
    folder, script = program.folder.resolve(), program.script.resolve()
    home = into / "work"
    mirror(folder, home)
    box = Box(script, home, [(home, program.origin or folder)])
    if script.is_relative_to(folder):
        box.script = home / script.relative_to(folder)
    else:
        code = into / "code"
        mirror(script.parent, code)
        box.script = code / script.name
        box.origins.append((code, script.parent))
    if is_notebook(script.name, script.read_bytes()):
        _as_script(box, script)
    return box


def mirror(source: Path, target: Path) -> None:
    """Copy the folder ``source`` to the new folder ``target``, large parts as links.

    Raises:
      StageError: it has more than `LIMIT` files.
    """
    seen = 0
    target.mkdir(parents=True)
    for name, folders, files in os.walk(source):
        here = target / os.path.relpath(name, source)
        seen += len(folders) + len(files)
        if seen > LIMIT:
            raise StageError(
                f"{source} has more than {LIMIT:,} files; start tf2kit in the program's own folder, so that it can be copied"
            )
        keep = [f for f in folders if f not in _LEFT_OUT and not (Path(name) / f / "pyvenv.cfg").exists()]
        folders[:] = [f for f in keep if not _linked(Path(name) / f, here / f)]
        for folder in folders:
            (here / folder).mkdir(exist_ok=True)
        for file in files:
            _copy(Path(name) / file, here / file)


def _linked(source: Path, target: Path) -> bool:
    """Link a folder that is a link itself or holds nothing but many files of data; returns whether it did."""
    full = source.is_symlink()
    if not full:
        names = os.listdir(source)
        full = len(names) > MANY and not any(n.endswith((".py", ".ipynb")) for n in names)
    if full:
        target.symlink_to(source.resolve(), target_is_directory=True)
    return full


def _copy(source: Path, target: Path) -> None:
    try:
        if source.stat().st_size >= LINKED:
            target.symlink_to(source.resolve())
        else:
            shutil.copy2(source, target)
    except OSError:  # sockets, dangling links, files without permission: the program will say if it needs them
        return


def shares_files(program: Program) -> bool:
    """Whether the program's code names folders outside its own, which two runs would share."""
    paths = [program.script, *program.script.parent.glob("*.py"), *program.script.parent.glob("*/*.py")]
    return any(_SHARED.search(path.read_bytes()) for path in paths if path.is_file())


def _as_script(box: Box, notebook: Path) -> None:
    """Write the cells of a notebook as a script beside its copy."""
    try:
        read = Notebook.read(str(notebook), notebook.read_bytes())
    except NotebookError as error:
        raise StageError(f"{notebook} cannot be run: {error}") from None
    if not read.cells:
        raise StageError(f"{notebook} has no Python cell to run")
    box.notebook = notebook
    box.script = box.script.with_suffix(".py")
    while box.script.exists():
        box.script = box.script.with_name("notebook_" + box.script.name)
    box.script.write_bytes(read.text)
    start = 0
    for number, line in enumerate(read.text.split(b"\n"), 1):
        cell, within, _ = read.locate(start)
        box.cells[number] = (cell, within)
        start += len(line) + 1


def place(box: Box, where: tuple[str, int]) -> Place:
    """A line of a scratch copy as a line of the user's file."""
    path, line = Path(where[0]), where[1]
    if box.notebook is not None and path == box.script:
        line = _starts(path).get(line, line)
        cell, within = box.cells.get(line, (0, line))
        return Place(_show(box.notebook), within, _code(path, line), cell or None)
    for scratch, origin in box.origins:
        if path.is_relative_to(scratch):
            path = origin / path.relative_to(scratch)
            break
    line = _starts(path).get(line, line)
    return Place(_show(path), line, _code(path, line))


@functools.lru_cache(maxsize=64)
def _starts(path: Path) -> dict[int, int]:
    """The first line of the statement that each line belongs to: Python 3.7 reports the last line of a call, newer ones the first."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return {}
    found: dict[int, int] = {}
    for node in ast.walk(tree):  # outer statements come before inner ones
        if isinstance(node, ast.stmt):
            end = node.body[0].lineno - 1 if isinstance(getattr(node, "body", None), list) else node.end_lineno  # type: ignore[attr-defined]
            found.update(dict.fromkeys(range(node.lineno, (end or node.lineno) + 1), node.lineno))
    return found


def _code(path: Path, line: int) -> str:
    return linecache.getline(str(path), line).strip()


def _show(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
