"""Two texts side by side: rows of changed lines with a little of what stands around them, changed characters marked."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

CONTEXT = 3  # unchanged lines shown around a change
_SIMILAR = 0.4  # lines less alike than this are shown as another line, not as a changed one


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; ``changed`` when the other side has something else here."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A line of one side; ``number`` counts from 1."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a line of each side where it has one. A "gap" stands for unchanged lines; ``hidden`` says how many."""

    kind: Literal["same", "changed", "removed", "added", "gap"]
    old: Side | None = None
    new: Side | None = None
    hidden: int = 0


def rows(before: bytes, after: bytes, notebook: bool = False) -> tuple[Row, ...]:
    """The rows of two file contents; of a notebook, the source of its cells is compared."""
    read = _cells if notebook else _lines
    old, new = read(before), read(after)
    found: list[Row] = []
    shown = 0  # lines of old that have rows or belong to a gap
    groups = list(difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT))
    for group in groups:
        start = group[0][1]
        if start > shown:
            found.append(Row("gap", hidden=start - shown))
        for tag, i, j, k, n in group:
            found += _same(old, i, j, k) if tag == "equal" else _pairs(old, new, (i, j), (k, n))
        shown = group[-1][2]
    if groups and shown < len(old):
        found.append(Row("gap", hidden=len(old) - shown))
    return tuple(found)


def _lines(raw: bytes) -> list[str]:
    for encoding in ("utf-8-sig", "latin-1"):
        try:
            return raw.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
    return []


def _cells(raw: bytes) -> list[str]:
    """Lines of the code cells, with a line that names the cell before each; a file that is no notebook is taken as text."""
    try:
        cells = json.loads(raw)["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError):
        return _lines(raw)
    lines: list[str] = []
    for number, text in enumerate(texts, 1):
        lines += [f"# -- code cell {number}", *text.splitlines()]
    return lines


def _same(old: list[str], i: int, j: int, k: int) -> Iterator[Row]:
    for offset in range(j - i):
        pieces = (Piece(old[i + offset]),)
        yield Row("same", Side(i + offset + 1, pieces), Side(k + offset + 1, pieces))


def _pairs(old: list[str], new: list[str], left: tuple[int, int], right: tuple[int, int]) -> Iterator[Row]:
    """Changed lines: those that are alike share a row, in order; the others stand alone."""
    i, k = left[0], right[0]
    while i < left[1] or k < right[1]:
        partner = next((m for m in range(k, right[1]) if i < left[1] and _alike(old[i], new[m])), None)
        if i < left[1] and partner is None:
            yield Row("removed", Side(i + 1, (Piece(old[i], True),)))
            i += 1
            continue
        for m in range(k, partner if partner is not None else right[1]):
            yield Row("added", None, Side(m + 1, (Piece(new[m], True),)))
        if partner is None:
            return
        was, is_now = _marked(old[i], new[partner])
        yield Row("changed", Side(i + 1, was), Side(partner + 1, is_now))
        i, k = i + 1, partner + 1


def _alike(a: str, b: str) -> bool:
    return difflib.SequenceMatcher(None, a.strip(), b.strip(), autojunk=False).ratio() >= _SIMILAR


def _marked(a: str, b: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, n in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if i < j:
            left.append(Piece(a[i:j], tag != "equal"))
        if k < n:
            right.append(Piece(b[k:n], tag != "equal"))
    return tuple(left), tuple(right)
