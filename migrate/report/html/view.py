"""What stands on the page: the outcome of a migration and of a verification, joined by program and put into words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from ...findings import Diagnostic, FileResult
from ..model import Report, count, place, rules_by_code, show_path
from ..steps import Step, steps
from .sides import Row, rows

if TYPE_CHECKING:
    from ...verify.model import Comparison, Verification

Effort = Literal["a flag does it", "a look", "by hand"]
_EFFORTS: tuple[Effort, ...] = ("a flag does it", "a look", "by hand")


@dataclass(frozen=True, slots=True)
class Share:
    """One row of the summary: how many programs have a property, and the share of their lines; ``missing`` says why it is not known."""

    name: str
    done: int
    total: int
    percent: float
    meaning: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """A step that is left, with its effort and the key of its guide."""

    step: Step
    effort: Effort
    headline: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """A changed file, side by side."""

    path: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ProgramView:
    """One program: what was done to it, what is left, what a verification found."""

    name: str
    key: str
    level: str
    lines: int
    files: tuple[FileView, ...]
    mended: tuple[tuple[str, str, int], ...]  # code, what it is about, how often
    todos: tuple[Todo, ...]
    needs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    comparison: Comparison | None = None

    @property
    def left(self) -> int:
        """Findings that need a person."""
        return sum(len(t.step.diagnostics) for t in self.todos)

    @property
    def ran(self) -> bool:
        """Whether the new program was run to its end, or to the number of steps that was asked for."""
        runs = self.comparison.runs if self.comparison else ()
        return any(r.side == "new" and r.variant == "plain" and r.ended in ("ended", "capped") for r in runs)

    @property
    def proven(self) -> bool:
        """Whether it was shown to compute the same."""
        return self.comparison is not None and self.comparison.verdict.proven


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page. ``done`` and ``again`` are None and empty when only a verification was made."""

    version: str
    shares: tuple[Share, ...]
    programs: tuple[ProgramView, ...]
    todos: tuple[Todo, ...]
    guides: dict[str, Markup]
    done: str = ""
    again: str = ""
    not_written: tuple[tuple[str, str], ...] = ()


def page(report: Report | None, verification: Verification | None) -> Page:
    """Join both by program. The order is that of the report, then that of the comparisons that belong to no program of it."""
    comparisons = {c.old: c for c in (verification.comparisons if verification else ())}
    programs = _of_report(report, comparisons) if report else []
    programs += [_of_comparison(c) for c in comparisons.values()]
    todos = _todos(d for p in programs for t in p.todos for d in t.step.diagnostics)
    version = report.version if report else verification.version if verification else ""
    return Page(
        version,
        _shares(programs, verification is not None, report is not None),
        tuple(programs),
        todos,
        _guides({code for p in programs for code, *_ in p.mended} | {t.step.code for t in todos}),
        _done(report) if report else "",
        report.again if report and report.mode == "dry-run" else "",
        tuple((show_path(path), why) for path, why in (*report.refused, *report.failed)) if report else (),
    )


def _of_report(report: Report, comparisons: dict[str, Comparison]) -> list[ProgramView]:
    """Programs with something to say; those that belong to a comparison take it out of ``comparisons``."""
    groups: dict[str, list[FileResult]] = {}
    for file in report.files:
        groups.setdefault(file.program, []).append(file)
    summaries = {p.name: p for p in report.programs}
    found = []
    for name, files in sorted(groups.items(), key=lambda item: (not item[0], item[0])):
        summary = summaries.get(name)
        comparison = comparisons.pop(show_path(name), None) or comparisons.pop(name, None)
        if not (summary or comparison or any(f.changed or f.left for f in files)):
            continue
        title = show_path(name) if name else "Files outside any program"
        found.append(
            ProgramView(
                title,
                anchor(title),
                (summary.level if summary else files[0].level) or "as it was",
                sum(f.before.count(b"\n") for f in files),
                tuple(FileView(show_path(f.path), _sides(f.path, f.before, f.after)) for f in files if f.changed),
                _mended(d for f in files for d in f.diagnostics if d.fixed),
                _todos(d for f in files for d in f.left),
                summary.needs if summary else (),
                summary.notes if summary else (),
                comparison,
            )
        )
    return found


def _of_comparison(comparison: Comparison) -> ProgramView:
    """A program that was only verified: its two scripts are read for the sake of the diff."""
    texts = [path.read_bytes() if path.is_file() else b"" for path in (Path(comparison.old), Path(comparison.new))]
    files = (FileView(comparison.new, _sides(comparison.new, *texts)),) if all(texts) and texts[0] != texts[1] else ()
    title = f"{comparison.old} and {comparison.new}"
    return ProgramView(title, anchor(title), "", texts[0].count(b"\n"), files, (), (), comparison=comparison)


def _sides(path: str, before: bytes, after: bytes) -> tuple[Row, ...]:
    return rows(before, after, path.endswith(".ipynb"))


def _mended(fixed: Iterable[Diagnostic]) -> tuple[tuple[str, str, int], ...]:
    rules = rules_by_code()
    counted = sorted(Counter(d.code for d in fixed).items(), key=lambda item: (-item[1], item[0]))
    return tuple((code, rules[code].summary if code in rules else "", number) for code, number in counted)


def _todos(left: Iterable[Diagnostic]) -> tuple[Todo, ...]:
    """The least effort first: what a flag does, what wants a look, what is work; within that, fewer places first."""
    rules = rules_by_code()
    found = []
    for step in steps(left):
        rule = rules.get(step.code)
        headline = step.message or (rule.summary if rule else step.code)
        found.append(Todo(step, _effort(step), headline, tuple(place(d) for d in step.diagnostics)))
    return tuple(sorted(found, key=lambda t: (_EFFORTS.index(t.effort), len(t.places))))


def _effort(step: Step) -> Effort:
    if step.has_unsafe_fix:
        return "a flag does it"
    return "by hand" if step.severity.value == "error" else "a look"


def _shares(programs: Sequence[ProgramView], verified: bool, migrated: bool) -> tuple[Share, ...]:
    """Runs, native, proven; of a migration also how many programs have nothing left."""
    not_run = "" if verified else "Nothing was run. tf2kit migrate --verify runs old and new and compares them."
    tests = (
        ("runs", [p.ran for p in programs], "the new program was run here, to its end or as far as was asked", not_run),
        ("proven", [p.proven for p in programs], "it computed what the old program computes", not_run),
        ("native", [p.level == "native" for p in programs], "TensorFlow 2 code, without compat.v1", ""),
        ("nothing left", [not p.left for p in programs], "no finding asks for a person", ""),
    )
    lines = [max(p.lines, 1) for p in programs]
    found = []
    for name, flags, meaning, missing in tests:
        if not migrated and name in ("native", "nothing left"):
            continue
        of = sum(n for n, flag in zip(lines, flags, strict=True) if flag)
        found.append(Share(name, sum(flags), len(flags), 100 * of / max(sum(lines), 1), meaning, missing))
    return tuple(found)


def _guides(codes: Iterable[str]) -> dict[str, Markup]:
    """The documentation page of each code as HTML."""
    rules = rules_by_code()
    markdown = MarkdownIt("commonmark", {"html": False})
    texts = {
        code: re.sub(r"^## ", "#### ", rules[code].doc.strip(), flags=re.M) for code in sorted(codes) if code in rules
    }
    return {code: Markup(markdown.render(text)) for code, text in texts.items()}


def _done(report: Report) -> str:
    n = report.summary()
    did = "would be" if report.mode == "dry-run" else "were"
    return (
        f"{count(n['changed'], 'file')} of {n['files']:,} {did} changed, {count(n['fixed'], 'finding')} {did} mended, "
        f"{n['left']:,} left for a person."
    )


def number(value: float | None) -> str:
    """A number for people; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:.3g}" if math.isfinite(value) and abs(value) < 1e-3 else f"{value:.6g}"


def prose(text: str) -> Markup:
    """A sentence in which `code` stands in backticks."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # a backtick of its own
        return escape(text)
    return Markup("").join(Markup("<code>{}</code>").format(p) if i % 2 else escape(p) for i, p in enumerate(parts))


def anchor(name: str) -> str:
    """An id for the page made of a path."""
    return "p-" + re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()
