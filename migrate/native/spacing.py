"""Blank lines of a new text: none too many where statements went, enough behind functions, and strings as they are."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from .layout import BORDER, Layout, inside_strings

_APART = 2  # blank lines around functions of a module


def spaced(lines: Sequence[str], layout: Layout, tree: ast.Module) -> list[str]:
    """The lines with their blank ones in order.

    Args:
      lines: the new text.
      layout: the old one, which says how many blank lines there may be inside of blocks.
      tree: the old one, which says whether functions are kept apart by two blank lines.
    """
    frozen = inside_strings("\n".join(lines))
    inside = max(1, _most_inside(layout))
    apart = _are_apart(layout, tree)
    found: list[str] = []
    blank, opener = 0, ""
    for number, line in enumerate(lines, 1):
        if number in frozen:
            found += [""] * blank + [line]
            blank = 0
            continue
        if not line.strip():
            blank += 1
            continue
        indented = line[0] in " \t"
        wanted = min(blank, inside if indented else _APART)
        behind = bool(opener and found and found[-1][:1] in " \t" and not indented and _begins(line))
        if apart and behind and _follows_code(lines, number, frozen):
            wanted = _APART
        if not found or BORDER.match(found[-1]):
            wanted = 0
        found += [""] * wanted + [line]
        blank = 0
        if not indented and _begins(line) and not line.startswith("#"):
            opener = line if line.startswith(("def ", "async def ", "class ")) else ""
    return found + [""] * min(blank, _APART)


def _begins(line: str) -> bool:
    """Whether a line that is not indented begins a statement, or is a comment in front of one."""
    return not line.startswith((")", "]", "}", "else", "elif", "except", "finally")) and not BORDER.match(line)


def _follows_code(lines: Sequence[str], number: int, frozen: set[int]) -> bool:
    """Whether what comes next after line ``number``, or that line, is a statement that is not indented."""
    rest = (n for n in range(number, len(lines) + 1) if n not in frozen)
    first = next((lines[n - 1] for n in rest if lines[n - 1].strip() and not lines[n - 1].lstrip().startswith("#")), "")
    return bool(first) and first[0] not in " \t"


def _most_inside(layout: Layout) -> int:
    """The most blank lines in a row in front of an indented line of the old text."""
    most = blank = 0
    for number, line in enumerate(layout.lines, 1):
        if line.strip() and number not in layout.frozen and line[0] in " \t":
            most = max(most, blank)
        blank = blank + 1 if not line.strip() else 0
    return min(most, _APART)


def _are_apart(layout: Layout, tree: ast.Module) -> bool:
    """Whether the old text has two blank lines behind all functions and classes."""
    last = [n.end_lineno or 0 for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))]
    gaps = [layout.lines[at : at + _APART] for at in last if at < len(layout.lines) - _APART]
    return bool(gaps) and not any(line.strip() for gap in gaps for line in gap)
