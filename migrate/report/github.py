"""Annotations for GitHub Actions: one workflow command for each diagnostic, shown next to the line in a pull request."""

from __future__ import annotations

from ..findings import Diagnostic, Severity
from .model import Report, show_path

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report) -> str:
    """The commands, one a line."""
    return "".join(_annotation(d) + "\n" for d in report.listed)


def _annotation(d: Diagnostic) -> str:
    message = f"{d.message}\n{d.todo}" if d.todo else d.message
    where = [f"file={_property(show_path(d.path))}"]
    if d.cell is None:
        where += [f"line={d.line}", f"col={d.column}"]
    else:  # a line of a cell is not a line of the file
        message = f"cell {d.cell}, line {d.line}: {message}"
    where.append(f"title={_property(d.code)}")
    return f"::{_COMMANDS[d.severity]} {','.join(where)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
