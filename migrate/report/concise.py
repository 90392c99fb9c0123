"""One line for each diagnostic, for editors and grep: ``path:line:column: CODE message``; ``[*]`` marks what migrate mends."""

from __future__ import annotations

from .model import Paint, Report, one_line, place, plain


def render(report: Report, paint: Paint = plain) -> str:
    """The lines, each with its newline."""
    lines = []
    for d in report.listed:
        mark = " [*]" if d.fixed else ""
        lines.append(f"{paint(place(d), 'path')}: {paint(d.code, 'code')}{paint(mark, 'ok')} {one_line(d.message)}\n")
    return "".join(lines)
