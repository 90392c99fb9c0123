"""Find the files to migrate and read them."""

from __future__ import annotations

import difflib
import fnmatch
import functools
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from . import vcs

SUFFIXES = (".py", ".ipynb")
BACKUP = ".tf2kit-backup"
_SKIPPED = frozenset(["__pycache__", "__pypackages__", "node_modules", "site-packages"])
_BUILT = frozenset(["build", "dist", "_build", "buck-out"])
_JUNK = ("._", ".#")  # what macOS and Emacs put beside a file


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to migrate: ``path`` as shown to the user, ``raw`` its bytes. ``error`` says why it could not be read."""

    path: str
    raw: bytes
    error: str | None = None


class UsageError(Exception):
    """What was asked for cannot be done as asked; ``str()`` says what, where and what to do instead."""


def discover(paths: Sequence[str], exclude: Sequence[str] = (), respect_gitignore: bool = True) -> list[InputFile]:
    """Every .py and .ipynb file below the folders ``paths``, and every file named in it whatever its name, sorted by path.

    Folders are searched without hidden folders, virtual environments, build results, installed packages, what git ignores and
    what ``exclude`` matches. A pattern without ``/`` is compared with every name, one with ``/`` with the path from the working
    folder, from the searched folder, or from the root; ``*`` also matches ``/``. Files that are named are always taken. Symbolic
    links are not followed, except those named. A file or folder that cannot be read is returned with its ``error``.

    Raises:
      UsageError: there is no path, or one does not exist.
    """
    if not paths:
        raise UsageError("no path was given; name a file or a folder, for example: tf2kit migrate src")
    found: dict[str, InputFile] = {}  # by real path: each file once
    links: set[str] = set()
    roots = [os.path.realpath(p) for p in paths if os.path.isdir(p)]
    for path in paths:
        path = os.fspath(path)  # noqa: PLW2901
        if not os.path.exists(path):
            raise UsageError(_missing(path))
        excluded = _excluder(path, exclude) if os.path.isdir(path) else None
        for file in [path] if excluded is None else _walk(path, excluded, respect_gitignore, found):
            real = os.path.realpath(file)
            if os.path.islink(file) and excluded is not None:
                _add_link(found, file, real, roots)
            elif real not in found or (real in links and not os.path.islink(file)):
                found[real] = _read(os.path.normpath(file))
                (links.add if os.path.islink(file) else links.discard)(real)
    return sorted(found.values(), key=lambda f: f.path)


def _missing(path: str) -> str:
    if os.path.islink(path):
        return f"'{path}' is a symbolic link to '{os.readlink(path)}', which does not exist"
    folder, name = os.path.split(path.rstrip("/"))
    try:
        near = difflib.get_close_matches(name, os.listdir(folder or "."), n=1)
    except OSError:
        near = []
        parent = folder
        while parent and not os.path.isdir(parent):
            path, parent = parent, os.path.dirname(parent)
        return f"there is no folder '{path}'"
    hint = f"; did you mean '{os.path.join(folder, near[0])}'?" if near else "; check the path"
    return f"there is no file or folder '{path}'{hint}"


def _read(path: str) -> InputFile:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return InputFile(path, b"", "it is not a regular file (a device, a pipe or a socket)")
        with open(path, "rb") as file:
            return InputFile(path, file.read())
    except OSError as error:
        return InputFile(path, b"", _reason(error))


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "it cannot be read: permission denied; make it readable or exclude it"
    return f"it cannot be read: {error.strerror or error}"


def _add_link(found: dict[str, InputFile], file: str, real: str, roots: list[str]) -> None:
    """A link met on the way: to a searched folder it is nothing new; to elsewhere it is not ours to rewrite, and we say so."""
    broken = not os.path.exists(file)
    if not broken and any(real.startswith(os.path.join(root, "")) for root in roots):
        return
    what = "a broken symbolic link" if broken else "a symbolic link to a file outside the searched folders"
    message = (
        f"it is {what} ('{os.readlink(file)}') and is left alone; name the target to migrate it, or exclude the link"
    )
    found.setdefault(os.path.abspath(file), InputFile(os.path.normpath(file), b"", message))


def _walk(
    root: str, excluded: Callable[[str], bool], respect_gitignore: bool, found: dict[str, InputFile]
) -> Iterator[str]:
    """Files below ``root``, in any order. A folder that cannot be read goes to ``found`` with its error."""
    pending: list[tuple[str, frozenset[str], str]] = [(root, frozenset(), "")]  # folder, ignored paths, prefix in them
    while pending:
        folder, ignored, prefix = pending.pop()
        try:
            with os.scandir(folder) as entries:
                items = sorted(entries, key=lambda e: e.name)
        except OSError as error:
            found[os.path.realpath(folder)] = InputFile(os.path.normpath(folder), b"", _reason(error))
            continue
        names = {e.name for e in items}
        if folder != root and names & {"pyvenv.cfg", "conda-meta"}:
            continue
        if respect_gitignore and (folder == root or ".git" in names):  # a repository inside has its own rules
            ignored, prefix = vcs.ignored(folder), ""
        for entry in items:
            path = os.path.join(folder, entry.name)
            inside = prefix + entry.name
            if inside in ignored or excluded(path):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not _skipped_folder(entry):
                    pending.append((path, ignored, inside + "/"))
            elif entry.name.endswith(SUFFIXES) and not entry.name.startswith(_JUNK) and _is_file(entry):
                yield path


def _is_file(entry: os.DirEntry[str]) -> bool:
    """A regular file, or a link to anything but a folder."""
    return entry.is_file(follow_symlinks=False) or (entry.is_symlink() and not os.path.isdir(entry.path))


def _skipped_folder(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    if name.startswith(".") or name in _SKIPPED or name.endswith((".egg", ".egg-info")):
        return True
    # `build` can also be the name of somebody's package
    return name in _BUILT and not os.path.exists(os.path.join(entry.path, "__init__.py"))


def _excluder(root: str, patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether a path below ``root`` matches one of ``patterns``."""
    cleaned = [p.rstrip("/").removeprefix("./") for p in patterns if p.strip("/ ")]
    if not cleaned:
        return lambda _: False
    names = re.compile("|".join(_regex(p) for p in cleaned if "/" not in p) or "(?!)", re.DOTALL)
    full = re.compile("|".join(_regex(p) for p in cleaned if "/" in p) or "(?!)", re.DOTALL)

    def excluded(path: str) -> bool:
        views = (os.path.relpath(path), os.path.relpath(path, root), os.path.abspath(path))
        return bool(names.match(os.path.basename(path))) or any(full.match(v.replace(os.sep, "/")) for v in views)

    return excluded


@functools.cache
def _regex(pattern: str) -> str:
    """A glob as a regular expression; ``**/`` also matches no folder at all, and ``x/**`` matches ``x`` itself."""
    pattern = pattern.removesuffix("/**")
    parts = [fnmatch.translate(part).removesuffix(r"\Z").removesuffix(r"\z") for part in pattern.split("**/")]
    return f"(?:{'(?:.*/)?'.join(parts)})\\Z"
