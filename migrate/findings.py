"""What a rule says about a piece of source text, and the edit that would mend it.

Rules return `Finding`s; everything else (diff, write, JSON, SARIF, exit code) is a view of one list of them.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class Severity(enum.Enum):
    """How much a finding that is left over matters.

    ERROR: the program does not run, or not the same, until somebody acts. WARNING: it probably runs; look at it.
    NOTE: for information only; never changes the exit code.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Safety(enum.Enum):
    """How far a fix can be trusted.

    SAFE: behaviour is kept; applied. UNSAFE: behaviour may change; applied only with ``--unsafe-fixes``.
    SHOW: printed as a suggestion, never applied.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the bytes ``start:end`` of a text (UTF-8) by ``text``; ``start == end`` inserts."""

    start: int
    end: int
    text: bytes

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"edit span {self.start}:{self.end} is not a span")


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together (all are applied or none) and the import lines that they need.

    ``imports`` are whole statements such as ``from tf2kit.compat import contrib as tf_contrib``; `imports.py` places them.
    """

    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation of one rule.

    ``start`` and ``end`` are byte offsets into the text that the rule read. ``todo`` is what a person can do by hand, and is
    required reading whenever there is no fix. ``symbol`` is the full TensorFlow 1 name concerned, if there is one.
    """

    code: str
    message: str
    start: int
    end: int
    fix: Fix | None = None
    severity: Severity = Severity.ERROR
    todo: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding placed on the user's original file. Lines count from 1, columns from 1, in characters; ``cell`` from 1 in notebooks."""

    path: str
    code: str
    message: str
    line: int
    column: int
    end_line: int
    end_column: int
    severity: Severity
    fixed: bool
    safety: Safety | None = None
    todo: str = ""
    symbol: str = ""
    cell: int | None = None


@dataclass(slots=True)
class FileResult:
    """What became of one file. ``before`` and ``after`` are whole file contents, byte for byte as on disk.

    ``program`` is the display name of the program (entry point) that the file belongs to; ``level`` is what it was migrated to.
    ``changed`` is simply ``before != after``.
    """

    path: str
    before: bytes
    after: bytes
    diagnostics: list[Diagnostic] = field(default_factory=list)
    program: str = ""
    level: str = ""
    needs: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether writing the file would alter it."""
        return self.before != self.after

    @property
    def left(self) -> list[Diagnostic]:
        """Diagnostics that still need a person."""
        return [d for d in self.diagnostics if not d.fixed and d.severity is not Severity.NOTE]
