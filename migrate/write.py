"""Write what was migrated: in place, or as a mirror tree (`write_tree`). Nothing that cannot be got back is replaced."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import atomic, backup, vcs
from .findings import FileResult
from .tree import write_tree
from .write_report import WriteReport

__all__ = ["WriteReport", "write_in_place", "write_tree"]


@dataclass(frozen=True, slots=True)
class _Job:
    result: FileResult
    needs_backup: bool


def write_in_place(results: Sequence[FileResult], force: bool = False) -> WriteReport:
    """Replace each changed file, one by one and each as a whole.

    Refused are files that git could not give back (unless ``force``), read-only files, symbolic links, files that changed on disk
    since they were read, and with any of these the other files of the same program, because a program migrates as a whole.
    Files that git could not give back are copied to a backup first, which `undo.undo` restores. An interrupt (Ctrl-C) leaves
    every file as a whole, old or new.
    """
    jobs, refused = _plan([r for r in results if r.changed], force)
    kept = None
    lost = [(j.result.path, j.result.before, j.result.after) for j in jobs if j.needs_backup]
    if lost:
        try:
            kept = backup.keep(lost)
        except OSError as error:
            reason = f"nothing was written, because no backup could be kept: {error.strerror or error}"
            return WriteReport([], refused, [(job.result.path, reason) for job in jobs])
    written: list[str] = []
    failed: list[tuple[str, str]] = []
    try:
        for job in jobs:
            _write(job.result, written, failed)
    finally:
        for folder in {os.path.dirname(path) for path in written}:
            atomic.sync_folder(folder)
    return WriteReport(written, refused, failed, kept)


def _write(result: FileResult, written: list[str], failed: list[tuple[str, str]]) -> None:
    try:
        # looked at again: with thousands of files, an editor can have saved this one since the first look
        if reason := _reason_on_disk(result):
            failed.append((result.path, reason))
            return
        atomic.replace(result.path, result.after)
    except OSError as error:
        failed.append((result.path, f"it could not be written and is as before: {error.strerror or error}"))
    else:
        written.append(result.path)


def _plan(changed: Sequence[FileResult], force: bool) -> tuple[list[_Job], list[tuple[str, str]]]:
    reasons = {r.path: why for r in changed if (why := _reason_on_disk(r))}
    unsafe = vcs.unsafe_to_rewrite(r.path for r in changed if r.path not in reasons)
    if not force:
        hint = "; commit or stash first, or use --force (a backup is kept)"
        reasons |= {path: why + hint for path, why in unsafe.items() if why}
    culprits = {r.program: r.path for r in reversed(changed) if r.path in reasons and r.program}
    for r in changed:
        if r.path not in reasons and r.program in culprits:
            reasons[r.path] = f"it belongs to the same program as {culprits[r.program]}, which was refused"
    jobs = [_Job(r, r.path in unsafe) for r in changed if r.path not in reasons]
    return jobs, _in_order(reasons, changed)


def _in_order(reasons: dict[str, str], changed: Iterable[FileResult]) -> list[tuple[str, str]]:
    return [(r.path, reasons[r.path]) for r in changed if r.path in reasons]


def _reason_on_disk(result: FileResult) -> str:
    """Why the file as it is on disk must not be replaced, or an empty string."""
    path = result.path
    if os.path.islink(path):
        return f"it is a symbolic link; name its target '{os.path.realpath(path)}' instead"
    try:
        if not os.stat(path).st_mode & 0o222 or not os.access(path, os.W_OK):
            return "it is read-only; make it writable (chmod u+w) to migrate it"
        with open(path, "rb") as file:
            now = file.read()
    except FileNotFoundError:
        return "it is gone"
    except OSError as error:
        return f"it cannot be read any more: {error.strerror or error}"
    return "" if now == result.before else "it was edited while the migration ran; migrate it again"
