"""Compile a migrated text so that it has the lines of the user's file. Only needed when a program is new or was changed."""

from __future__ import annotations

import ast
import difflib
import types
from collections.abc import Sequence

from tf2kit.migrate.module import parse
from tf2kit.migrate.source import Source, SourceError

from . import dynamic


def code_of(text: bytes, original: bytes, path: str) -> types.CodeType:
    """Compile migrated ``text`` so that tracebacks, warnings and debuggers show the lines of the file at ``path``.

    Raises:
      SyntaxError: the text is not Python 3.
    """
    try:
        old = Source.read(path, original).text
    except SourceError:
        old = original
    tree = placed(text, old)
    if dynamic.runs_text(text):
        dynamic.watch(tree)
    return compile(tree, path, "exec", dont_inherit=True)


def placed(text: bytes, old: bytes) -> ast.Module:
    """The tree of migrated ``text`` with the places of the text ``old`` (both UTF-8).

    Raises:
      SyntaxError: the text is not Python 3.
    """
    tree = parse.__wrapped__(text)  # not the shared one: this tree is changed
    places = _Places(_lines(old), _lines(text))
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            places.move(node)
    return tree


class _Places:
    """Moves nodes from lines of a new text to those of an old one."""

    def __init__(self, old: Sequence[bytes], new: Sequence[bytes]) -> None:
        self._old = old
        self._lines = line_map(old, new)
        self._same = [False, *(line == old[at - 1] for line, at in zip(new, self._lines[1:], strict=True))]

    def move(self, node: ast.AST) -> None:
        """Columns of a line that was changed mean nothing in the old one: there, all of the line is meant."""
        first, last = node.lineno, node.end_lineno  # type: ignore[attr-defined]
        start, end = self._lines[first], max(self._lines[first], self._lines[last])
        if not self._same[first]:
            line = self._old[start - 1]
            node.col_offset = len(line) - len(line.lstrip())  # type: ignore[attr-defined]
        if not self._same[last] or self._lines[last] != end:
            node.end_col_offset = len(self._old[end - 1].rstrip())  # type: ignore[attr-defined]
        if start == end:  # the compiler wants the end at or behind the start
            node.end_col_offset = max(node.col_offset, node.end_col_offset)  # type: ignore[attr-defined]
        node.lineno, node.end_lineno = start, end  # type: ignore[attr-defined]


def line_map(before: Sequence[bytes], after: Sequence[bytes]) -> list[int]:
    """For each line of ``after`` (from 1; index 0 is unused) the line of ``before`` that it stands for.

    An inserted line stands for the old line that it was put in front of.
    """
    found = [1] * (len(after) + 1)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for _, i, j, k, n in matcher.get_opcodes():
        for offset in range(n - k):
            found[k + offset + 1] = min(i + min(offset, max(j - i - 1, 0)) + 1, len(before))
    return found


def _lines(text: bytes) -> list[bytes]:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
