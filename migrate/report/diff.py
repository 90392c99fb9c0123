"""A unified diff of the changes, byte for byte, so that ``git apply`` and ``patch`` take it whatever the encoding."""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence

from ..findings import FileResult
from .model import Paint, plain, show_path

_STYLES = {b"+": "added", b"-": "removed", b"@": "path"}


def render(files: Sequence[FileResult], paint: Paint = plain) -> bytes:
    """The diff of every changed file; empty when nothing changes."""
    return b"".join(_paint(line, paint) for file in files if file.changed for line in _lines(file))


def _lines(file: FileResult) -> list[bytes]:
    name = os.fsencode(show_path(file.path).replace(os.sep, "/"))
    before, after = _split(file.before), _split(file.after)
    old, new = (b"", name) if os.path.isabs(os.fsdecode(name)) else (b"a/", b"b/" + name)
    end = b"\t" if b" " in name else b""  # as git does: without it, patch takes a name to end at its first blank
    lines: list[bytes] = []
    for line in difflib.diff_bytes(difflib.unified_diff, before, after, old + name + end, new + end):
        # difflib passes a last line without newline on as it is; patch programs need the mark
        lines.append(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n")
    return lines


def _split(content: bytes) -> list[bytes]:
    """Lines that end with a line feed; splitlines() would also cut at a lone carriage return, which patch programs do not."""
    lines = content.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _paint(line: bytes, paint: Paint) -> bytes:
    style = "bold" if line.startswith((b"+++ ", b"--- ")) else _STYLES.get(line[:1])
    if style is None or paint is plain:
        return line
    body = line.rstrip(b"\r\n")
    start, _, end = paint("\0", style).partition("\0")
    return start.encode() + body + end.encode() + line[len(body) :]
