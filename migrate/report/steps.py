"""What is left for a person, as a list of steps in the order in which to take them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..findings import Diagnostic, Safety, Severity
from .model import RANK


@dataclass(frozen=True, slots=True)
class Step:
    """Diagnostics of one code that are mended the same way."""

    code: str
    severity: Severity
    todo: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def message(self) -> str | None:
        """What all diagnostics say; None when they say different things."""
        messages = {d.message for d in self.diagnostics}
        return messages.pop() if len(messages) == 1 else None

    @property
    def has_unsafe_fix(self) -> bool:
        """Whether ``--unsafe-fixes`` would mend it."""
        return all(d.safety is Safety.UNSAFE for d in self.diagnostics)


def steps(left: Iterable[Diagnostic]) -> list[Step]:
    """The steps: errors first; then what has a fix to look at; then the most frequent code; then the most frequent remedy."""
    groups: dict[tuple[str, Severity, str], list[Diagnostic]] = {}
    for d in left:
        groups.setdefault((d.code, d.severity, d.todo), []).append(d)
    codes: Counter[str] = Counter()
    for (code, *_), group in groups.items():
        codes[code] += len(group)
    found = [Step(*key, tuple(group)) for key, group in groups.items()]
    return sorted(found, key=lambda s: _order(s, codes))


def _order(step: Step, codes: Counter[str]) -> tuple[int, bool, int, str, int]:
    by_hand = all(d.safety is None for d in step.diagnostics)
    return (RANK[step.severity], by_hand, -codes[step.code], step.code, -len(step.diagnostics))
