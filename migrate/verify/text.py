"""The outcome for people: per program the verdict, what it rests on, and where the two part."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from ..report.model import Paint, count, plain
from .model import Comparison, Evidence, Place, Verdict, Verification

_STYLES = {Verdict.DIVERGES: "error", Verdict.INITIALISERS: "error", Verdict.NOT_COMPARABLE: "warning"}
FEW = 5  # warnings and weights that are listed


@dataclass(frozen=True, slots=True)
class Style:
    """How to print: colours, columns, and how much (``quiet``: only what is not proven; ``verbose``: runs, steps and weights)."""

    paint: Paint = plain
    width: int = 100
    quiet: bool = False
    verbose: bool = False


def render(outcome: Verification, style: Style | None = None) -> str:
    """The whole page; empty when all is proven and ``quiet`` is set."""
    style = style or Style()
    lines: list[str] = []
    for comparison in outcome.comparisons:
        if not (style.quiet and comparison.verdict.proven):
            lines += _comparison(comparison, style)
    if len(outcome.comparisons) > 1 and not style.quiet:
        proven = sum(c.verdict.proven for c in outcome.comparisons)
        lines.append(style.paint(f"{proven} of {count(len(outcome.comparisons), 'program')} proven.", "bold"))
    return "".join(line.rstrip() + "\n" for line in lines)


def _comparison(c: Comparison, style: Style) -> Iterator[str]:
    verdict = style.paint(c.verdict.value, _STYLES.get(c.verdict, "ok"))
    yield f"{style.paint(c.old, 'bold')} → {style.paint(c.new, 'bold')}: {verdict}"
    yield from _wrapped(c.why, style)
    yield from _parting(c, style)
    if evidence := _evidence(c.evidence):
        yield from _wrapped(f"Compared: {evidence}", style)
    yield from _wrapped(f"Reference: {c.reference}", style)
    shown = c.warnings if style.verbose else c.warnings[:FEW]
    for warning in shown:
        yield from _wrapped(f"Note: {warning}", style)
    if len(shown) < len(c.warnings):
        yield f"  ({len(c.warnings) - len(shown)} more notes with -v)"
    if style.verbose:
        yield from _details(c)
    yield ""


def _wrapped(text: str, style: Style) -> list[str]:
    lines = []
    for part in text.split("\n"):
        lines += textwrap.wrap(part, style.width - 2, initial_indent="  ", subsequent_indent="    ") or [""]
    return lines


def _parting(c: Comparison, style: Style) -> Iterator[str]:
    """The lines of both programs at which they part."""
    if c.divergence is None:
        return
    for side, place in (("old", c.divergence.old_place), ("new", c.divergence.new_place)):
        if place is not None:
            yield f"    {side}  {style.paint(_place(place), 'path')}  {place.code}"


def _place(place: Place) -> str:
    cell = f"cell {place.cell}:" if place.cell is not None else ""
    return f"{place.path}:{cell}{place.line}"


def _evidence(e: Evidence) -> str:
    parts = [(e.runs, "of calls"), (e.weights, "of final weights"), (e.optimizer, "of optimizer state")]
    parts += [(e.summaries, "of summaries"), (e.printed, "printed")]
    return ", ".join(f"{number:,} {words}" for number, words in parts if number)


def _details(c: Comparison) -> Iterator[str]:
    for run in c.runs:
        yield f"  Run: {run.side}, {run.variant}, {run.runtime}: {run.ended} after {run.steps} steps, {run.seconds:.1f} s"
    for weight in c.initial:
        error = "" if weight.error is None else f" ({weight.error:.1e})"
        yield f"  Initial: {weight.name} {list(weight.shape)}: {weight.same}{error}"
    for step in c.steps[:20]:
        noise = "" if step.noise is None else f", noise {step.noise:.1e}"
        yield f"  Call {step.number}: {step.kind}, {count(step.values, 'number')}, difference {step.error:.1e}{noise}"
