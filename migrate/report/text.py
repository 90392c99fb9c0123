"""The report that people read: for each program what was done, what is left, how hard it is, and in what order to do it."""

from __future__ import annotations

import shlex
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from ..findings import Diagnostic, FileResult, Severity
from .model import Paint, Report, count, one_line, place, plain, rules_by_code, show_path
from .steps import Step, steps

if TYPE_CHECKING:
    from ..run import ProgramSummary

FEW = 6  # places and files that are listed before "and 12 more"
MANY = 10  # programs above which those that are done get one line each


@dataclass(frozen=True, slots=True)
class Style:
    """How to print: colours, columns to wrap to, and how much (``quiet``: only what is left; ``verbose``: every place)."""

    paint: Paint = plain
    width: int = 100
    quiet: bool = False
    verbose: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of the page is made from; ``brief`` gives programs with nothing left one line each."""

    report: Report
    style: Style
    programs: dict[str, ProgramSummary]
    unfinished: frozenset[str]
    unwritten: frozenset[str]
    brief: bool


def render(report: Report, style: Style | None = None) -> str:
    """The whole report; empty when there is nothing to say and ``quiet`` is set."""
    style = style or Style()
    groups = _by_program(report.files)
    brief = len(groups) > MANY and not style.verbose
    unfinished = frozenset(file.path for file in report.files if file.left)
    page = _Page(report, style, {p.name: p for p in report.programs}, unfinished, report.unwritten, brief)
    lines: list[str] = []
    for name, files in groups:
        lines += _program(name, files, page)
    lines += _not_written(report, style)
    if not style.quiet:
        lines += [*_overview(groups, page), *_summary(report, style), *_next(report, style)]
    return "".join(line.rstrip() + "\n" for line in lines)


def _by_program(files: Sequence[FileResult]) -> list[tuple[str, list[FileResult]]]:
    """Files grouped by program; the programs with the fewest errors first, because they run first."""
    groups: dict[str, list[FileResult]] = {}
    for file in files:
        groups.setdefault(file.program, []).append(file)

    def weight(item: tuple[str, list[FileResult]]) -> tuple[int, int, str]:
        left = [d for file in item[1] for d in file.left]
        return (sum(d.severity is Severity.ERROR for d in left), len(left), item[0])

    return sorted(groups.items(), key=weight)


def _program(name: str, files: Sequence[FileResult], page: _Page) -> Iterator[str]:
    """The block of one program and an empty line; nothing when nothing happens to it."""
    style = page.style
    changed = [file for file in files if file.changed and file.path not in page.unwritten]
    left = [d for file in files for d in file.left]
    notes = [d for file in files for d in file.diagnostics if d.severity is Severity.NOTE and not d.fixed]
    if not left and (style.quiet or not (changed or (notes and style.verbose))):
        return
    summary = page.programs.get(name)
    title = _title(name, files, summary, style)
    shared = [
        p for p in (summary.files if summary else ()) if p in page.unfinished and p not in {f.path for f in files}
    ]
    if page.brief and not left and not shared:
        yield f"{title}: {_verb(page).lower()} {count(len(changed), 'file')}, nothing is left for you to do"
        return
    yield from ([""] if page.brief else [])
    yield title
    if not style.quiet:
        yield from _done(changed, files, page)
        yield from _facts(summary, notes, style)
    if left:
        yield "  " + _left(left, style)
    elif not shared:
        yield "  " + style.paint("Nothing is left for you to do here.", "ok")
    if shared:
        names = _some([show_path(path) for path in shared], style)
        yield from _wrapped(
            [f"{names}: listed with the other program that imports it"], "  Something is left in ", style
        )
    for number, step in enumerate(steps(left), 1):
        yield from _step(number, step, style)
    yield from ([] if page.brief else [""])


def _title(name: str, files: Sequence[FileResult], summary: ProgramSummary | None, style: Style) -> str:
    title = style.paint(show_path(name) if name else "Files outside any program", "bold")
    size = f" ({count(len(files), 'file')})" if len(files) > 1 else ""
    level = summary.level if summary else files[0].level
    return f"{title}{size}" + (style.paint(f" → {level}", "dim") if level else "")


def _verb(page: _Page) -> str:
    return "Would change" if page.report.mode == "dry-run" else "Changed"


def _done(changed: Sequence[FileResult], files: Sequence[FileResult], page: _Page) -> Iterator[str]:
    style = page.style
    if changed:
        names = _some([show_path(file.path) for file in changed], style)
        yield from _wrapped([names + ":"], f"  {_verb(page)} ", style)
    fixed = [d for file in files for d in file.diagnostics if d.fixed and d.path not in page.unwritten]
    rules = rules_by_code()
    for code, number in sorted(Counter(d.code for d in fixed).items(), key=lambda item: (-item[1], item[0])):
        summary = rules[code].summary if code in rules else ""
        yield f"    {number:>4} × {style.paint(code, 'code')}  {textwrap.shorten(summary, style.width - 18, placeholder='…')}"
        if style.verbose:
            yield from (f"           {place(d)}  {one_line(d.message)}" for d in fixed if d.code == code)


def _facts(summary: ProgramSummary | None, notes: Sequence[Diagnostic], style: Style) -> Iterator[str]:
    if summary is not None:
        if summary.needs:
            yield from _wrapped([", ".join(summary.needs)], "  Needs ", style)
        yield from _wrapped(summary.notes, "  Note: ", style)
    if style.verbose:
        yield from (f"  Note: {place(d)}  {d.code}  {one_line(d.message)}" for d in notes)


def _left(left: Sequence[Diagnostic], style: Style) -> str:
    errors = sum(d.severity is Severity.ERROR for d in left)
    parts = []
    if errors:
        parts.append(style.paint(f"{count(errors, 'error')} to mend", "error"))
    if len(left) > errors:
        parts.append(style.paint(f"{count(len(left) - errors, 'warning')} to look at", "warning"))
    return f"Left for you: {' and '.join(parts)}, in this order:"


def _step(number: int, step: Step, style: Style) -> Iterator[str]:
    word = style.paint(step.severity.value, step.severity.value)
    wrap = textwrap.TextWrapper(max(30, style.width - 24), break_long_words=False, break_on_hyphens=False)
    lines = wrap.wrap(one_line(_headline(step))) or [""]
    yield f"  {number:>2}. {word} {style.paint(step.code, 'code')}  {lines[0]}"
    yield from (" " * 8 + line for line in lines[1:])
    shown = step.diagnostics if style.verbose else step.diagnostics[:FEW]
    for d in shown:
        message = f"  {one_line(d.message)}" if step.message is None else ""
        yield " " * 8 + style.paint(place(d), "path") + message
    if len(shown) < len(step.diagnostics):
        yield " " * 8 + style.paint(f"… and {len(step.diagnostics) - len(shown)} more (-v lists them)", "dim")
    todo = [step.todo] if step.todo else []
    if step.has_unsafe_fix:
        todo.append("--unsafe-fixes does this for you; check the result.")
    yield from _wrapped(todo, " " * 8 + "To do: ", style)


def _headline(step: Step) -> str:
    """What the diagnostics of a step have in common: their message, or else what their rule is about."""
    if step.message is not None:
        return step.message
    rule = rules_by_code().get(step.code)
    return rule.summary if rule else count(len(step.diagnostics), "place")


def _wrapped(texts: Iterable[str], label: str, style: Style) -> Iterator[str]:
    """Texts in lines no longer than the width, except for long paths; the first line of each starts with ``label``."""
    wrapper = textwrap.TextWrapper(style.width, label, " " * len(label), break_long_words=False, break_on_hyphens=False)
    for text in texts:
        yield from wrapper.wrap(one_line(text))


def _some(names: Sequence[str], style: Style) -> str:
    shown = names if style.verbose else names[:FEW]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _not_written(report: Report, style: Style) -> Iterator[str]:
    """Files that were not written, by reason."""
    refused, error = style.paint("not written", "warning"), style.paint("error", "error")
    for pairs, label in ((report.refused, refused), (report.failed, error)):
        by_reason: dict[str, list[str]] = {}
        for path, reason in pairs:
            by_reason.setdefault(reason, []).append(show_path(path))
        yield from (f"{label} {_some(paths, style)}: {reason}" for reason, paths in by_reason.items())


def _overview(groups: Sequence[tuple[str, list[FileResult]]], page: _Page) -> Iterator[str]:
    """Where to start in a tree of many programs: how many are done, and what most of the rest is."""
    if not page.brief:
        return
    open_programs = sum(any(file.left for file in files) for name, files in groups if name)
    ready = len(page.programs) - open_programs
    codes = Counter(d.code for d in page.report.left).most_common(FEW)
    yield ""
    yield f"{count(len(page.programs), 'program')}: {ready:,} with nothing left, {open_programs:,} with work for you."
    if codes:
        often = ", ".join(f"{code} ({number:,}×)" for code, number in codes)
        yield from _wrapped([f"{often}. --statistics counts all codes."], "Most frequent: ", page.style)


def _summary(report: Report, style: Style) -> Iterator[str]:
    n = report.summary()
    changed, of = count(n["changed"], "file"), f"of {n['files']:,}"
    done = {
        "dry-run": f"{changed} {of} would change",
        "write": f"{count(n['written'], 'file')} {of} written",
        "output": f"{changed} {of} changed; the new tree is {report.output}",
        "stdin": f"{changed} {of} changed",
    }[report.mode]
    fixes = f"{count(n['fixed'], 'finding')} {'would be ' if report.mode == 'dry-run' else ''}mended"
    left = "nothing left"
    if n["left"]:
        left = f"{n['left']:,} left ({count(n['errors'], 'error')}, {count(n['warnings'], 'warning')})"
    yield f"{style.paint(done, 'bold')}; {fixes}, {left}." + style.paint(f" ({report.seconds:.1f} s)", "dim")
    if report.backup:
        yield f"The old files are in {show_path(report.backup)}; `tf2kit undo` puts them back."


def _next(report: Report, style: Style) -> Iterator[str]:
    """The command to type now."""
    order = steps(report.left)
    if report.mode == "dry-run" and report.changed and report.again:
        yield f"Next: {style.paint(report.again, 'bold')}"
    elif order:
        yield f"Next: {style.paint(f'tf2kit explain {order[0].code}', 'bold')}"
    elif report.mode == "write" and report.written:
        scripts = (program.name for program in report.programs if program.name.endswith(".py"))
        yield from (
            f"Next: {style.paint(f'python {shlex.quote(show_path(name))}', 'bold')}" for name in islice(scripts, 1)
        )
