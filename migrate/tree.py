"""Write a migrated tree beside the original: everything that the original holds, with the changed files in their new form."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import atomic
from .discover import BACKUP, UsageError
from .findings import FileResult
from .write_report import WriteReport

# belongs to a place or a machine, not to the program
_LEFT_OUT = frozenset([".git", ".hg", ".svn", "__pycache__", BACKUP])
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing to put at ``target``: a folder, a link (with its text), or a file: ``content``, or a copy of ``source``."""

    source: str
    target: str
    kind: str
    content: bytes | None = None
    link: str = ""

    def chunks(self) -> Iterator[bytes]:
        """The bytes to write."""
        if self.content is not None:
            yield self.content
            return
        with open(self.source, "rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def is_there(self) -> bool:
        """Whether the target already is what it should become."""
        try:
            found = os.lstat(self.target)
            if self.kind == "link":
                return stat.S_ISLNK(found.st_mode) and os.readlink(self.target) == self.link
            if self.kind == "folder":
                return stat.S_ISDIR(found.st_mode)
            return stat.S_ISREG(found.st_mode) and self._same_content()
        except OSError:
            return False

    def _same_content(self) -> bool:
        with open(self.target, "rb") as file:
            return all(file.read(len(chunk)) == chunk for chunk in self.chunks()) and not file.read(1)


def write_tree(results: Sequence[FileResult], roots: Sequence[str], output: str, force: bool = False) -> WriteReport:
    """Write ``roots`` to the folder ``output``, data files and modes included.

    One folder: its content goes to ``output``. One file: it goes into ``output`` if that is a folder or ends with ``/``, else it
    becomes ``output``. Several roots: each goes to ``output/<its name>``. Links that point into the tree stay links; other links
    are made absolute. Left out are version control folders, ``__pycache__``, virtual environments and backups. With ``force``,
    files of ``output`` are overwritten, but none is ever deleted.

    Raises:
      UsageError: names clash, ``output`` holds something else (unless ``force``), or it is or holds one of ``roots``.
    """
    if os.path.islink(output) and os.path.isdir(output):
        output = os.path.realpath(output)  # the folder itself may be a link; nothing inside it may
    changed = {_key(r.path): r.after for r in results if r.changed}
    refused: list[tuple[str, str]] = []
    failed: list[tuple[str, str]] = []
    items: list[_Item] = []
    for root, target in _targets(roots, output):
        items += _plan(root, target, os.path.realpath(output), changed, refused, failed)
    whole = len(roots) > 1 or items[0].kind == "folder"  # else one file, whose neighbours are none of our business
    todo = [item for item in items if not item.is_there()]
    if not force:
        _check_empty(items, todo, output if whole else None)
    top = os.path.realpath(output if whole else os.path.dirname(items[0].target))
    written: list[str] = []
    made = [item for item in todo if item.kind == "folder"]
    for item in todo:
        try:
            _put(item, top)
        except OSError as error:
            failed.append((item.target, f"it could not be written: {error.strerror or error}"))
        else:
            written += [item.target] if item.kind != "folder" else []
    for item in reversed(made):  # last, because a folder can be read-only
        with contextlib.suppress(OSError):
            os.chmod(item.target, stat.S_IMODE(os.stat(item.source).st_mode))
    return WriteReport(written, refused, failed)


def _key(path: str) -> str:
    """One spelling for a path; a link in the last place is kept."""
    return os.path.join(os.path.realpath(os.path.dirname(path) or os.curdir), os.path.basename(path))


def _targets(roots: Sequence[str], output: str) -> list[tuple[str, str]]:
    """Where each root goes."""
    for root in roots:
        if os.path.realpath(output) == os.path.realpath(root):
            raise UsageError(
                f"'{output}' is what is to be migrated; use --write to rewrite in place, or another folder"
            )
        if os.path.realpath(root).startswith(os.path.join(os.path.realpath(output), "")):
            raise UsageError(f"'{output}' holds '{root}', which is to be migrated; choose a folder of its own")
    if len(roots) == 1:
        root = roots[0]
        inside = not os.path.isdir(root) and (os.path.isdir(output) or output.endswith(("/", os.sep)))
        if os.path.isdir(root) and os.path.lexists(output) and not os.path.isdir(output):
            raise UsageError(f"'{output}' is a file; '{root}' needs a folder to go to")
        return [(root, os.path.join(output, os.path.basename(root)) if inside else output)]
    taken: dict[str, str] = {}
    for root in dict.fromkeys(roots):
        name = os.path.basename(os.path.realpath(root) if root.rstrip("/.") == "" else root.rstrip("/"))
        if name in taken:
            raise UsageError(
                f"'{taken[name]}' and '{root}' would both go to '{os.path.join(output, name)}'; migrate them apart"
            )
        taken[name] = root
    return [(root, os.path.join(output, name)) for name, root in taken.items()]


def _plan(
    root: str,
    target: str,
    output: str,
    changed: dict[str, bytes],
    refused: list[tuple[str, str]],
    failed: list[tuple[str, str]],
) -> Iterator[_Item]:
    """Everything below ``root``, folders before their content."""
    if not os.path.isdir(root):
        yield _Item(root, target, "file", changed.get(_key(root)))
        return
    real_root = os.path.realpath(root)
    pending = [(root, target)]
    while pending:
        folder, to = pending.pop()
        yield _Item(folder, to, "folder")
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda e: e.name)
        except OSError as error:
            failed.append((folder, f"it could not be read: {error.strerror or error}"))
            continue
        for entry in found:
            goal = os.path.join(to, entry.name)
            if entry.name in _LEFT_OUT or os.path.realpath(entry.path) == output:
                continue
            if entry.is_symlink():
                yield _Item(entry.path, goal, "link", link=_link_text(entry.path, real_root))
            elif entry.is_dir():
                if not os.path.exists(os.path.join(entry.path, "pyvenv.cfg")):
                    pending.append((entry.path, goal))
            elif entry.is_file():
                yield _Item(entry.path, goal, "file", changed.get(_key(entry.path)))
            else:
                refused.append((entry.path, "it is a device, a pipe or a socket and was not copied"))


def _link_text(path: str, real_root: str) -> str:
    """The text of the new link: inside the tree it stays relative, else it leads to the same place as the old one."""
    text = os.readlink(path)
    here = os.path.realpath(os.path.dirname(path))
    goal = os.path.normpath(os.path.join(here, text))
    if goal == real_root or goal.startswith(os.path.join(real_root, "")):
        return os.path.relpath(goal, here) if os.path.isabs(text) else text
    return goal


def _check_empty(items: Sequence[_Item], todo: Sequence[_Item], folder: str | None) -> None:
    """Refuse an output that holds anything but what would be written; ``folder`` is looked through for other files."""
    stranger = next((item.target for item in todo if os.path.lexists(item.target)), None)
    if stranger is None and folder is not None:
        planned = {os.path.abspath(item.target) for item in items}
        there = (os.path.join(parent, n) for parent, _, names in os.walk(folder) for n in names)
        stranger = next((path for path in there if os.path.abspath(path) not in planned), None)
    if stranger is not None:
        raise UsageError(
            f"'{stranger}' is there already and is not what would be written; choose another folder, or use --force"
        )


def _put(item: _Item, top: str) -> None:
    """Write one item as a whole; ``top`` is the real path of the folder that everything must stay in."""
    parent = os.path.dirname(item.target) or os.curdir
    if item.kind == "folder":
        if os.path.islink(item.target):
            raise OSError("there is a symbolic link in its place")
        os.makedirs(item.target, exist_ok=True)
        return
    os.makedirs(parent, exist_ok=True)
    if not os.path.join(os.path.realpath(parent), "").startswith(os.path.join(top, "")):
        raise OSError("a symbolic link leads out of the output folder")
    if item.kind == "link":
        atomic.replace_link(item.target, item.link)
        return
    # a copy can be made again from its source, so only new text is worth waiting for the disk
    atomic.replace(item.target, item.chunks(), os.stat(item.source), sync=item.content is not None)
