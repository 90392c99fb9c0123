"""What is remembered between runs: migrated programs as files below a folder of the user's own, each written once and checked when read.

An entry is `marshal` data, like the byte code that Python keeps in ``__pycache__``. Its hash stands in front of it, so that a torn or
damaged file is never loaded, and a folder that somebody else could write to is not used at all.
"""

from __future__ import annotations

import functools
import hashlib
import marshal
import os
import sys
import time
from typing import Any

MOST = 300  # entries; the oldest go first
LARGEST = 200_000_000  # bytes of all entries together
_HEAD = b"tf2kit-run-2\n"
_SUFFIX = ".run"


def key(*parts: object) -> str:
    """The name of an entry for ``parts`` (with a plain ``repr``), for this Python and these tables and rules of tf2kit."""
    every = (fingerprint(), sys.version, sys.flags.optimize, *parts)
    return hashlib.sha256(repr(every).encode("utf-8", "surrogateescape")).hexdigest()[:40]


@functools.cache
def fingerprint() -> str:
    """Changes when a file of the migrator or of the runner does: names, sizes and times of them all; nothing is read."""
    import importlib.util

    places = [os.path.dirname(os.path.abspath(__file__))]
    migrator = importlib.util.find_spec("tf2kit.migrate")
    places += migrator.submodule_search_locations or () if migrator is not None else ()
    found: list[tuple[str, int, int]] = []
    while places:
        with os.scandir(places.pop()) as entries:
            for entry in entries:
                if entry.is_dir() and not entry.name.startswith("__"):
                    places.append(entry.path)
                elif entry.name.endswith((".py", ".json")):
                    status = entry.stat()
                    found.append((entry.name, status.st_size, status.st_mtime_ns))
    return hashlib.sha256(repr(sorted(found)).encode()).hexdigest()


def folder() -> str:
    """Where entries are kept: ``TF2KIT_CACHE``, or ``tf2kit/run`` in the user's cache folder."""
    named = os.environ.get("TF2KIT_CACHE")
    if named:
        return named
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "tf2kit", "run")


def state() -> str:
    """A sentence about the folder."""
    try:
        used = is_private(folder())
    except OSError as error:
        return f"what was migrated cannot be remembered in {folder()}: {error.strerror}"
    return (
        f"what was migrated is remembered in {folder()}" if used else f"{folder()} is not used: others can write there"
    )


def read(name: str) -> Any:
    """The entry ``name``; None when there is none or it is damaged."""
    try:
        if not is_private(folder()):
            return None
        with open(os.path.join(folder(), name + _SUFFIX), "rb") as file:
            raw = file.read()
        body = raw[len(_HEAD) + 32 :]
        if raw[: len(_HEAD) + 32] != _HEAD + hashlib.sha256(body).digest():
            return None
        return marshal.loads(body)
    except (OSError, ValueError, EOFError, TypeError):
        return None


def write(name: str, value: Any) -> None:
    """Keep ``value`` as the entry ``name``. A folder that cannot be written to is no reason not to run."""
    place = folder()
    try:
        os.makedirs(place, mode=0o700, exist_ok=True)
        if not is_private(place):
            return
        body = marshal.dumps(value)
        new = os.path.join(place, f"{name}.{os.getpid()}.{time.time_ns()}.new")
        try:
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(_HEAD + hashlib.sha256(body).digest() + body)
            os.replace(new, os.path.join(place, name + _SUFFIX))
        except BaseException:
            os.unlink(new)
            raise
        _forget(place)
    except OSError:
        return


def is_private(place: str) -> bool:
    """Whether nobody but this user can put files into ``place``.

    Raises:
      OSError: it does not exist.
    """
    if not hasattr(os, "getuid"):
        return True
    status = os.stat(place)
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _forget(place: str) -> None:
    """Remove the oldest entries until the rest keeps the bounds. Another run may be doing the same."""
    with os.scandir(place) as entries:
        rows = sorted(
            (e.stat().st_mtime, e.stat().st_size, e.path) for e in entries if e.name.endswith((_SUFFIX, ".new"))
        )
    total = sum(size for _, size, _ in rows)
    for i, (_, size, path) in enumerate(rows):
        if len(rows) - i <= MOST and total <= LARGEST:
            break
        os.unlink(path)
        total -= size
