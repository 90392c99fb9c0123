"""Replace a file as a whole: after a full disk, Ctrl-C or a kill it holds the old content or the new one, never a part."""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
from collections.abc import Iterable

_COUNT = itertools.count(1)


def replace(path: str, content: bytes | Iterable[bytes], like: os.stat_result | None = None, sync: bool = True) -> None:
    """Make ``content`` the content of ``path``, by way of a temporary file in the same folder.

    The mode, and where allowed the owner, are those of ``like`` (default: of the file that is replaced; new files get the
    usual mode). ``sync`` waits until the content is on the disk, which a power failure needs and a kill does not.

    Raises:
      OSError: it could not be written; ``path`` is as before and the temporary file is gone.
    """
    if like is None:
        with contextlib.suppress(FileNotFoundError):
            like = os.stat(path)
    temporary = _beside(path)
    try:
        _fill(temporary, (content,) if isinstance(content, bytes) else content, 0o600 if like else 0o666, sync)
        if like is not None:
            _make_like(temporary, like)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def replace_link(path: str, text: str) -> None:
    """Make ``path`` a symbolic link with this ``text``.

    Raises:
      OSError: it could not be made; ``path`` is as before.
    """
    temporary = _beside(path)
    os.symlink(text, temporary)
    try:
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def sync_folder(folder: str) -> None:
    """Make renames inside ``folder`` survive a power failure, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder or ".", os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _beside(path: str) -> str:
    return os.path.join(os.path.dirname(path), f".tf2kit-{os.getpid()}-{next(_COUNT)}.tmp")


def _fill(path: str, chunks: Iterable[bytes], mode: int, sync: bool) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        for chunk in chunks:
            rest = memoryview(chunk)
            while rest:
                rest = rest[os.write(handle, rest) :]
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


def _make_like(path: str, like: os.stat_result) -> None:
    """Owner first: changing it can drop mode bits."""
    now = os.stat(path)
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (like.st_uid, like.st_gid):
        with contextlib.suppress(PermissionError):
            os.chown(path, like.st_uid, like.st_gid)
    os.chmod(path, stat.S_IMODE(like.st_mode))
