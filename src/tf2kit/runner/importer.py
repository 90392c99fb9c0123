"""An import hook that gives Python the migrated text of a program's modules, under the names and line numbers of the user's files."""

from __future__ import annotations

import ast
import difflib
import importlib.machinery
import os
import types
from collections.abc import Mapping, Sequence

from tf2kit.migrate.module import parse
from tf2kit.migrate.source import Source, SourceError


class Finder:
    """A meta path finder for the modules in ``texts`` (migrated UTF-8 text by real path); every other module is left to Python."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        self._texts = texts

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module's own spec with our loader, if the module is one of the program's that changed."""
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.origin is None:
            return None
        text = self._texts.get(os.path.realpath(spec.origin))
        if text is None:
            return None
        spec.loader = _Loader(name, spec.origin, text)
        spec.cached = None
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a migrated text in place of the file at ``path``."""

    def __init__(self, name: str, path: str, text: bytes) -> None:
        super().__init__(name, path)
        self._text = text

    def get_code(self, fullname: str) -> types.CodeType:  # noqa: ARG002 (its only module)
        """The code of the migrated text; Python's byte code cache is left alone."""
        with open(self.path, "rb") as file:
            return code_of(self._text, file.read(), self.path)


def code_of(text: bytes, original: bytes, path: str) -> types.CodeType:
    """Compile migrated ``text`` so that tracebacks, warnings and debuggers show the lines of the file at ``path``.

    Raises:
      SyntaxError: the text is not Python 3.
    """
    try:
        old = Source.read(path, original).text
    except SourceError:
        old = original
    tree = parse(text)
    lines = line_map(old, text)
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            _place(node, lines)
    return compile(tree, path, "exec", dont_inherit=True)


def _place(node: ast.AST, lines: Sequence[int]) -> None:
    """Move a node to the original's lines; the end stays at or behind the start, as the compiler wants it."""
    start, end = lines[node.lineno], lines[node.end_lineno]  # type: ignore[attr-defined]
    node.lineno = start  # type: ignore[attr-defined]
    node.end_lineno = max(start, end)  # type: ignore[attr-defined]
    if node.end_lineno == start:  # type: ignore[attr-defined]
        node.end_col_offset = max(node.col_offset, node.end_col_offset)  # type: ignore[attr-defined]


def line_map(old: bytes, new: bytes) -> list[int]:
    """For each line of ``new`` (from 1; index 0 is unused) the line of ``old`` that it stands for, never going back.

    An inserted line stands for the old line that it was put in front of.
    """
    before, after = _lines(old), _lines(new)
    found = [1] * (len(after) + 1)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for _, i, j, k, n in matcher.get_opcodes():
        for offset in range(n - k):
            found[k + offset + 1] = min(i + min(offset, max(j - i - 1, 0)) + 1, max(len(before), 1))
    return found


def _lines(text: bytes) -> list[bytes]:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
