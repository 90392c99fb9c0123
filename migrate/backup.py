"""Copies of files as they were before a migration, for folders that no version control looks after.

Layout: ``.tf2kit-backup/<time>-<counter>/manifest.json`` and, below ``files/``, the copies under their own relative paths.
A backup appears under its name only when it is complete and on the disk.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from . import atomic
from .discover import BACKUP

VERSION = 1
_MANIFEST = "manifest.json"
_UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a backup: its path relative to the folder that holds the backups, hashes (SHA-256, hex) and mode bits."""

    path: str
    before: str
    after: str
    mode: int


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that exists: ``folder`` is its own folder, ``home`` the one that paths are relative to."""

    folder: str
    home: str
    entries: tuple[Entry, ...]

    def copy_of(self, entry: Entry) -> str:
        """Where the copy of a file lies."""
        return os.path.join(self.folder, "files", entry.path)

    def mark_undone(self) -> None:
        """Say that everything in it was restored."""
        atomic.replace(os.path.join(self.folder, _UNDONE), b"")


def digest(content: bytes) -> str:
    """SHA-256 as hex digits."""
    return hashlib.sha256(content).hexdigest()


def home_of(paths: Sequence[str]) -> str:
    """Where a backup of ``paths`` belongs: the working folder when all are below it, else their nearest common folder."""
    folders = [os.path.dirname(os.path.realpath(p)) for p in paths]
    here = os.path.realpath(os.curdir)
    return here if all(os.path.commonpath([here, f]) == here for f in folders) else os.path.commonpath(folders)


def keep(files: Sequence[tuple[str, bytes, bytes]]) -> str:
    """Keep copies of ``files`` (path, content before, content after) and return the backup's folder.

    Raises:
      OSError: the backup could not be made; nothing of it is left.
    """
    home = home_of([path for path, _, _ in files])
    base = os.path.join(home, BACKUP)
    os.makedirs(base, exist_ok=True)
    ignore = os.path.join(base, ".gitignore")
    partial = os.path.join(base, f".partial-{os.getpid()}-{time.monotonic_ns()}")
    try:
        if not os.path.exists(ignore):
            atomic.replace(ignore, b"*\n")  # a backup is never meant to be committed
        os.mkdir(partial)
        entries = [_copy(partial, home, *file) for file in files]
        manifest = {"version": VERSION, "files": [asdict(entry) for entry in entries]}
        atomic.replace(os.path.join(partial, _MANIFEST), json.dumps(manifest, indent=1).encode())
        _sync_tree(partial)
        final = os.path.join(base, f"{time.strftime('%Y%m%d-%H%M%S')}-{_next(base):04d}")
        os.rename(partial, final)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    atomic.sync_folder(base)
    return final


def _copy(partial: str, home: str, path: str, before: bytes, after: bytes) -> Entry:
    real = os.path.realpath(path)
    status = os.stat(real)
    entry = Entry(os.path.relpath(real, home), digest(before), digest(after), status.st_mode & 0o7777)
    copy = os.path.join(partial, "files", entry.path)
    os.makedirs(os.path.dirname(copy), exist_ok=True)
    atomic.replace(copy, before, status)
    return entry


def _sync_tree(folder: str) -> None:
    for parent, _, _ in os.walk(folder):
        atomic.sync_folder(parent)


def _next(base: str) -> int:
    return max((_counter(name) for name in os.listdir(base)), default=0) + 1


def _counter(name: str) -> int:
    """The counter at the end of a backup's name; 0 for anything else."""
    last = name.rpartition("-")[2]
    return int(last) if not name.startswith(".") and last.isdigit() else 0


def newest(base: str) -> Backup | None:
    """The newest backup in the folder ``base`` (a ``.tf2kit-backup``) that was not undone; None when there is none.

    Raises:
      OSError, ValueError: its manifest cannot be read.
    """
    names = [n for n in os.listdir(base) if _counter(n)] if os.path.isdir(base) else []
    for name in sorted(names, key=_counter, reverse=True):
        folder = os.path.join(base, name)
        if os.path.exists(os.path.join(folder, _MANIFEST)) and not os.path.exists(os.path.join(folder, _UNDONE)):
            return _load(folder)
    return None


def _load(folder: str) -> Backup:
    with open(os.path.join(folder, _MANIFEST), encoding="utf-8") as file:
        manifest = json.load(file)
    if not isinstance(manifest, dict) or manifest.get("version") != VERSION:
        raise ValueError(f"{folder} was made by another version of tf2kit")
    home = os.path.dirname(os.path.dirname(folder))
    entries = tuple(Entry(**entry) for entry in manifest["files"])
    for entry in entries:
        path = os.path.normpath(os.path.join(home, entry.path))
        if os.path.isabs(entry.path) or os.path.commonpath([path, home]) != home:
            raise ValueError(f"{folder} names a file outside its folder: {entry.path}")
    return Backup(folder, home, entries)
