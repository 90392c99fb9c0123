"""Which programs to compare: two scripts, the entry points of two folders, or of a tree before and after it was migrated."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..discover import discover
from ..findings import FileResult
from ..options import Options
from ..run import migrate
from .stage import LIMIT, Program, mirror

Pair = tuple[Program, Program]


class PairError(Exception):
    """There is nothing to compare; ``str()`` says why and what to name instead."""


def pairs_of(old: Path, new: Path, entries: Sequence[str] = ()) -> list[Pair]:
    """The programs of two scripts or two folders.

    Args:
      old: a script, notebook or folder.
      new: what it became.
      entries: scripts relative to the folders; without any, those that migrate takes for programs.

    Raises:
      PairError: something does not exist, or the two do not belong together.
    """
    for path in (old, new):
        if not path.exists():
            raise PairError(f"there is no file or folder {str(path)!r}")
    if old.is_dir() != new.is_dir():
        raise PairError("compare two scripts or two folders, not a script with a folder")
    if not old.is_dir():
        if entries:
            raise PairError("--entry names a script within a folder; here the scripts are named already")
        return [(Program(old, Path.cwd(), str(old)), Program(new, Path.cwd(), str(new)))]
    names = list(entries) or entry_points(old)
    if not names:
        raise PairError(f"no TensorFlow 1 program was found in {old}; name its script with --entry")
    for name in names:
        for folder in (old, new):
            if not (folder / name).is_file():
                raise PairError(f"there is no script {name!r} in {folder}")
    return [_pair(name, old, new) for name in names]


def _pair(name: str, old: Path, new: Path) -> Pair:
    return Program(old / name, old, str(old / name)), Program(new / name, new, str(new / name))


def unmigrated(program: Program) -> Program:
    """The same program, to be run by `tf2kit run`."""
    return replace(program, shown=f"tf2kit run {program.shown}", migrated=False)


def entry_points(folder: Path) -> list[str]:
    """The scripts and notebooks of a folder that a TensorFlow 1 program starts from, relative to it."""
    files = discover([str(folder)])
    if len(files) > LIMIT:
        raise PairError(f"{folder} has more than {LIMIT:,} files; name the script with --entry")
    found = migrate(files, Options(official="off"))
    return sorted(os.path.relpath(program.name, folder) for program in found.programs)


def before_and_after(
    files: Sequence[FileResult], roots: Sequence[str], names: Sequence[str], scratch: Path
) -> list[Pair]:
    """Programs of a migration, from the texts in memory: the tree as it was and as it became, whatever is on disk by now.

    Args:
      files: the outcome of the migration.
      roots: the paths that were migrated.
      names: paths of the scripts, as in ``files``.
      scratch: an empty folder for both trees.
    """
    folder = Path(os.path.commonpath([os.path.abspath(root) for root in roots]))
    home = folder if folder.is_dir() else folder.parent
    trees = []
    for side in ("old", "new"):
        tree = scratch / side
        mirror(home, tree)
        for file in files:
            path = tree / os.path.relpath(os.path.abspath(file.path), home)
            if path.is_relative_to(tree):
                _put(path, file.before if side == "old" else file.after)
        trees.append(tree)
    pairs = []
    for name in names:
        inside = os.path.relpath(os.path.abspath(name), home)
        old, new = (Program(tree / inside, tree, name, home) for tree in trees)
        pairs.append((old, replace(new, shown=f"{name} (migrated)")))
    return pairs


def _put(path: Path, content: bytes) -> None:
    """Write a file of a copied tree; a link to the user's own file is replaced."""
    if path.is_symlink():
        path.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
