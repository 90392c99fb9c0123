"""Take back the last migration that was written outside git."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from . import atomic
from .backup import Backup, Entry, digest, newest
from .discover import BACKUP


@dataclass(frozen=True, slots=True)
class UndoReport:
    """Which files are as they were before (``restored``), and which are not, with the reason (``failed``).

    ``backup`` is the backup's folder; None when there is nothing to take back.
    """

    restored: list[str]
    failed: list[tuple[str, str]]
    backup: str | None = None


def undo(where: str = os.curdir) -> UndoReport:
    """Restore the newest backup that was not undone yet: one in ``where``, else in a folder above it, else in one below it.

    A file that was edited since the migration is not touched; the backup stays, and the next `undo` tries it again.
    """
    try:
        backup = _find(where)
    except (OSError, ValueError, TypeError, KeyError) as error:
        return UndoReport([], [(where, f"the backup cannot be read: {error}")])
    if backup is None:
        return UndoReport([], [])
    restored: list[str] = []
    failed: list[tuple[str, str]] = []
    for entry in backup.entries:
        path = os.path.join(backup.home, entry.path)
        try:
            reason = _restore(backup, entry, path)
        except OSError as error:
            reason = f"{error.strerror or error}; its copy is {backup.copy_of(entry)}"
        if reason:
            failed.append((os.path.relpath(path), reason))
        else:
            restored.append(os.path.relpath(path))
    for folder in {os.path.dirname(os.path.join(backup.home, e.path)) for e in backup.entries}:
        atomic.sync_folder(folder)
    if not failed:
        try:
            backup.mark_undone()
        except OSError as error:
            failed.append(
                (backup.folder, f"the files are restored, but this backup could not be marked: {error.strerror}")
            )
    return UndoReport(restored, failed, backup.folder)


def _restore(backup: Backup, entry: Entry, path: str) -> str:
    """Put one file back; returns why not, or an empty string."""
    copy = backup.copy_of(entry)
    if os.path.exists(path):
        with open(path, "rb") as file:
            now = digest(file.read())
        if now == entry.before:
            return ""  # the migration was stopped before this file, or it was put back by hand
        if now != entry.after:
            return f"it was edited after the migration; its old content is in {copy}"
    elif os.path.lexists(path) or not os.path.isdir(os.path.dirname(path)):
        return f"it was moved or deleted after the migration; its old content is in {copy}"
    with open(copy, "rb") as file:
        old = file.read()
    if digest(old) != entry.before:
        return f"its copy {copy} was changed"
    like = os.stat(path if os.path.exists(path) else copy)
    atomic.replace(path, old, like)
    os.chmod(path, entry.mode)
    return ""


def _find(where: str) -> Backup | None:
    start = os.path.realpath(where)
    folder = start if os.path.isdir(start) else os.path.dirname(start)
    for home in _upwards(folder):
        if backup := newest(os.path.join(home, BACKUP)):
            return backup
    below = [b for home in _downwards(folder) if (b := newest(os.path.join(home, BACKUP)))]
    return max(below, key=lambda b: os.path.basename(b.folder), default=None)


def _upwards(folder: str) -> Iterator[str]:
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent


def _downwards(folder: str) -> Iterator[str]:
    for parent, folders, _ in os.walk(folder):
        if BACKUP in folders:
            yield parent
        folders[:] = [f for f in folders if not f.startswith(".")]
