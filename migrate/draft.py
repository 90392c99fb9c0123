"""A text on its way through the stages: what it is now, what was said about it, and where everything lies in the original."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import edits as text_edits
from .edits import OffsetMap
from .findings import Diagnostic, Edit, Finding, Fix, Safety, Severity
from .options import Options
from .source import line_starts

if TYPE_CHECKING:
    from .module import Module

_IGNORE = re.compile(rb"#[ \t]*tf2kit:[ \t]*ignore(-file)?\b(?:\[([\w, ]*)\])?")

Place = Callable[[Sequence[str], Sequence[Edit]], list[Edit]]


@dataclass(slots=True)
class Placed:
    """A finding with its byte span in the original text."""

    finding: Finding
    start: int
    end: int
    fixed: bool


class Draft:
    """The current text of one file and the findings so far.

    Args:
      path: display path.
      text: the original text (UTF-8).
      options: which codes and which fixes are wanted.
    """

    def __init__(self, path: str, text: bytes, options: Options) -> None:
        self.path = path
        self.original = text
        self.text = text
        self.module: Module | None = None  # of the current text, kept by the stages
        self.placed: list[Placed] = []
        self._options = options
        self._maps: list[OffsetMap] = []
        self._starts = line_starts(text)
        self._ignored, self.ignore_file = _suppressions(text, self._starts)
        self._seen: dict[tuple[str, int, str], Placed] = {}

    def origin(self, offset: int) -> int:
        """Where a byte offset of the current text lies in the original."""
        for offsets in reversed(self._maps):
            offset = offsets.back(offset)
        return min(offset, len(self.original))

    def wanted(self, finding: Finding) -> bool:
        """Whether the finding is selected and not suppressed by a comment on its first or last line."""
        if not self._options.wants(finding.code):
            return False
        lines = {self._line(self.origin(finding.start)), self._line(self.origin(finding.end))}
        return not any(codes is None or finding.code in codes for codes in (self._ignored.get(n, ()) for n in lines))

    def add(self, finding: Finding, fixed: bool = False) -> Placed | None:
        """Record a finding of the current text; None when it is not wanted. The same thing said twice is kept once."""
        if not self.wanted(finding):
            return None
        start, end = self.origin(finding.start), self.origin(finding.end)
        key = (finding.code, start, finding.message)
        known = self._seen.get(key)
        if known is None:
            known = self._seen[key] = Placed(finding, start, max(start, end), fixed)
            self.placed.append(known)
        known.fixed = known.fixed or fixed
        return known

    def apply(self, findings: Iterable[Finding], parses: Callable[[bytes], bool], place: Place) -> bool:
        """Record findings and make the fixes that may be made; returns whether some had to wait because they overlap.

        The text only changes if what comes out parses; otherwise the fixes stay open.

        Args:
          findings: of the current text.
          parses: tells whether a new text is acceptable.
          place: turns import statements into edits of the current text, given those that are made with them.
        """
        wanted = [f for f in findings if self.wanted(f)]
        chosen, refused = text_edits.select(f.fix for f in wanted if f.fix is not None and self._may(f.fix))
        changed = self._edits(chosen, place)
        if changed and not parses(text_edits.apply(self.text, changed)):
            # rare: one fix is to blame; those that parse alone go on, the others stay open
            chosen = [f for f in chosen if parses(text_edits.apply(self.text, self._edits([f], place)))]
            changed = self._edits(chosen, place)
            if not parses(text_edits.apply(self.text, changed)):
                chosen, changed = [], []
        made, waits = {id(f) for f in chosen}, {id(f) for f in refused} if changed else set()  # those are found again
        for finding in wanted:
            if id(finding.fix) not in waits:
                self.add(finding, fixed=id(finding.fix) in made)
        if changed:
            self.advance(text_edits.apply(self.text, changed), changed)
        return bool(waits)

    def _edits(self, fixes: Sequence[Fix], place: Place) -> list[Edit]:
        """The edits of all fixes and of the imports that they need, without those that change nothing."""
        statements = [s for fix in fixes for s in fix.imports]
        edits = [e for fix in fixes for e in fix.edits]
        edits += place(statements, edits) if statements else []
        return [e for e in text_edits.ordered(edits) if self.text[e.start : e.end] != e.text]

    def advance(self, new: bytes, edits: Sequence[Edit]) -> None:
        """Make ``new`` the current text, which ``edits`` produce from the present one."""
        self._maps.append(OffsetMap(edits))
        self.text = new
        self.module = None

    def forget_fixed(self) -> None:
        """Drop findings whose fixes, taken together, left the text as it was."""
        self.placed = [p for p in self.placed if not p.fixed]

    def diagnostics(self, locate: Callable[[int], tuple[int, int, int]] | None = None) -> list[Diagnostic]:
        """All findings on the original, in its order. ``locate`` gives (cell, line, column) for notebooks."""
        return [self._diagnostic(p, locate) for p in sorted(self.placed, key=lambda p: (p.start, p.finding.code))]

    def _diagnostic(self, placed: Placed, locate: Callable[[int], tuple[int, int, int]] | None) -> Diagnostic:
        f = placed.finding
        cell: int | None = None
        if locate is not None:
            cell, line, column = locate(placed.start)
            _, end_line, end_column = locate(placed.end)
        else:
            line, column = self.position(placed.start)
            end_line, end_column = self.position(placed.end)
        safety = f.fix.safety if f.fix is not None else None
        return Diagnostic(
            self.path, f.code, f.message, line, column, end_line, end_column,
            f.severity, placed.fixed, safety, f.todo, f.symbol, cell,
        )  # fmt: skip

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1, in characters) of a byte offset of the original."""
        line = self._line(offset)
        start = self._starts[line - 1]
        return line, len(self.original[start:offset].decode("utf-8", "replace")) + 1

    def _line(self, offset: int) -> int:
        return bisect.bisect_right(self._starts, offset)

    def _may(self, fix: Fix) -> bool:
        return fix.safety is Safety.SAFE or (fix.safety is Safety.UNSAFE and self._options.unsafe_fixes)


def _suppressions(text: bytes, starts: Sequence[int]) -> tuple[dict[int, tuple[str, ...] | None], bool]:
    """Codes ignored by line (None: all of them), and whether the whole file is."""
    found: dict[int, tuple[str, ...] | None] = {}
    if b"tf2kit:" not in text:
        return found, False
    whole = False
    for match in _IGNORE.finditer(text):
        if match[1]:
            whole = True
            continue
        codes = match[2]
        listed = tuple(c.strip() for c in codes.decode().split(",") if c.strip()) if codes is not None else None
        found[bisect.bisect_right(starts, match.start())] = listed
    return found, whole


def note(code: str, message: str, todo: str = "", severity: Severity = Severity.ERROR) -> Finding:
    """A finding about a file as a whole."""
    return Finding(code, message, 0, 0, severity=severity, todo=todo)
