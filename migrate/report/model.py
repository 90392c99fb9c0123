"""What all report formats are views of: the outcome of one run, its counts, and the places of its diagnostics."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..findings import Diagnostic, FileResult, Severity

if TYPE_CHECKING:
    from ..rules import Rule
    from ..run import ProgramSummary

Mode = Literal["dry-run", "write", "output", "stdin"]
Paint = Callable[[str, str], str]  # (text, style name) -> text with terminal codes, or as it is
RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one run.

    Attributes:
      files: every file that was looked at.
      programs: the programs that the files form.
      seconds: how long it took.
      mode: "dry-run" wrote nothing; the others did.
      version: of tf2kit.
      again: the command that makes the changes (after a dry run), as one would type it.
      written: paths that were written.
      refused: (path, reason) of what was not written because that could lose work.
      failed: (path, reason) of what could not be written.
      backup: where the old files are, or None.
      output: the folder of the new tree, or None.
      with_notes: whether formats that list what there is to do also list notes.
    """

    files: Sequence[FileResult]
    programs: Sequence[ProgramSummary] = ()
    seconds: float = 0.0
    mode: Mode = "dry-run"
    version: str = ""
    again: str = ""
    written: Sequence[str] = ()
    refused: Sequence[tuple[str, str]] = ()
    failed: Sequence[tuple[str, str]] = ()
    backup: str | None = None
    output: str | None = None
    with_notes: bool = False

    @property
    def changed(self) -> list[FileResult]:
        """Files whose new text differs."""
        return [file for file in self.files if file.changed]

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """All diagnostics, in the order of the files."""
        return [d for file in self.files for d in file.diagnostics]

    @property
    def open(self) -> list[Diagnostic]:
        """What is still true of the files: after a dry run everything, after writing what was not mended."""
        same = self.unwritten
        return [d for d in self.diagnostics if self.mode == "dry-run" or not d.fixed or d.path in same]

    @property
    def listed(self) -> list[Diagnostic]:
        """What is open, without the notes unless they are asked for: they are many, and ask nothing of anybody."""
        return [d for d in self.open if self.with_notes or d.fixed or d.severity is not Severity.NOTE]

    @property
    def unwritten(self) -> frozenset[str]:
        """Paths that should have been written and were not."""
        return frozenset(path for path, _ in (*self.refused, *self.failed))

    @property
    def left(self) -> list[Diagnostic]:
        """What needs a person."""
        return [d for file in self.files for d in file.left]

    @property
    def exit_code(self) -> int:
        """0 nothing left, 1 findings are left or files would change, 2 a file was not written."""
        if self.refused or self.failed:
            return 2
        return 1 if self.left or (self.mode == "dry-run" and self.changed) else 0

    def summary(self) -> dict[str, int]:
        """The counts that every format gives, by name."""
        left = Counter(d.severity for d in self.left)
        same = self.unwritten
        return {
            "files": len(self.files),
            "changed": len(self.changed),
            "written": len(self.written),
            "refused": len(self.refused),
            "failed": len(self.failed),
            "fixed": sum(d.fixed and d.path not in same for d in self.diagnostics),
            "left": sum(left.values()),
            "errors": left[Severity.ERROR],
            "warnings": left[Severity.WARNING],
            "notes": sum(d.severity is Severity.NOTE and not d.fixed for d in self.diagnostics),
        }


def plain(text: str, style: str) -> str:
    """A `Paint` for places without colours."""
    del style
    return text


def show_path(path: str) -> str:
    """``path`` relative to the current folder where it lies below it."""
    if not os.path.isabs(path):
        return path
    below = os.path.relpath(path) if os.path.splitdrive(path)[0] == os.path.splitdrive(os.getcwd())[0] else path
    return path if below.startswith("..") else below


def place(diagnostic: Diagnostic) -> str:
    """Where a diagnostic is: ``path:line:column``, in a notebook ``path:cell N:line:column``."""
    cell = "" if diagnostic.cell is None else f"cell {diagnostic.cell}:"
    return f"{show_path(diagnostic.path)}:{cell}{diagnostic.line}:{diagnostic.column}"


def count(number: int, noun: str) -> str:
    """A number and its noun: ``1 file``, ``2 files``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def one_line(text: str) -> str:
    """``text`` without line breaks."""
    return " ".join(text.split())


def rules_by_code() -> dict[str, Rule]:
    """The registered rules."""
    from ..rules import all_rules

    return {rule.code: rule for rule in all_rules()}
