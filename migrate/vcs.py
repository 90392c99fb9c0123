"""What git knows about files: which it ignores, and which it could give back if a rewrite went wrong.

Git is asked, never changed, and runs none of the repository's own programs. A missing git is fine.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

# set inside hooks; they would make git answer for another tree
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_CEILING_DIRECTORIES")


class VcsError(Exception):
    """Git could not answer; ``str()`` says why."""


def repository_of(folder: str) -> str | None:
    """The root of the git working tree that holds ``folder``, or None."""
    here = Path(os.path.realpath(folder))
    for parent in (here, *here.parents):
        if os.path.lexists(parent / ".git"):
            return str(parent)
    return None


def ignored(folder: str) -> frozenset[str]:
    """Paths below ``folder`` (relative to it, ``/`` between names) that git ignores; ignored folders stand for their content.

    Empty when ``folder`` is not in a repository, is itself ignored, or git is missing.
    """
    if repository_of(folder) is None:
        return frozenset()
    try:
        listed = _git(folder, "ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z")
    except VcsError:
        return frozenset()
    return frozenset(name.rstrip("/") for name in listed if name.rstrip("/") not in (".", ""))


def unsafe_to_rewrite(paths: Iterable[str]) -> dict[str, str]:
    """For each of ``paths`` that git could not give back, why: an empty string outside git, else a sentence."""
    by_repository: dict[str | None, list[str]] = {}
    known: dict[str, str | None] = {}
    for path in paths:
        folder = os.path.dirname(os.path.realpath(path))
        if folder not in known:
            known[folder] = repository_of(folder)
        by_repository.setdefault(known[folder], []).append(path)
    answer: dict[str, str] = {}
    for repository, members in by_repository.items():
        answer |= dict.fromkeys(members, "") if repository is None else _in_repository(repository, members)
    return answer


def _in_repository(repository: str, paths: list[str]) -> dict[str, str]:
    try:
        tracked = set(_git(repository, "ls-files", "-z"))
        status = _git(repository, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=no")
    except VcsError as error:
        return dict.fromkeys(paths, f"git cannot say whether it has uncommitted changes ({error})")
    dirty = {entry[3:] for entry in status}
    answer: dict[str, str] = {}
    for path in paths:
        name = os.path.relpath(os.path.realpath(path), repository).replace(os.sep, "/")
        if name in dirty:
            answer[path] = "it has uncommitted changes"
        elif name not in tracked:
            answer[path] = "git does not track it"
    return answer


def _git(folder: str, *words: str) -> list[str]:
    """The NUL-separated answer of a git command that only reads."""
    env = {k: v for k, v in os.environ.items() if k not in _FOREIGN} | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    # a repository can name a program to be run as its file monitor: nothing of the user's is executed here
    command = ["git", "-C", folder, "-c", "core.fsmonitor=false", *words]
    try:
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise VcsError("git is not installed" if isinstance(error, FileNotFoundError) else str(error)) from None
    if done.returncode:
        lines = os.fsdecode(done.stderr).strip().splitlines()
        raise VcsError(lines[0] if lines else f"git ended with {done.returncode}")
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
