"""The outcome as JSON, for programs.

Schema version 1, an object with these keys. Keys may be added within a version; none is taken away or changes meaning.

* ``schema_version``; ``tool`` (name, version); ``mode`` (dry-run, write, output, stdin); ``seconds``; ``summary`` (counts).
* ``files``: path, changed, program, level, needs.
* ``diagnostics``: path, code, severity, message, line, column, end_line, end_column, cell, fixed, safety, todo, symbol. Lines and
  columns count from 1, columns in characters; a line of a notebook counts within its ``cell``.
* ``programs``: name, level, files, needs, notes.
* ``written`` (paths); ``refused`` and ``failed`` (path, reason); ``backup`` and ``output`` (folder or null).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..findings import Diagnostic, FileResult
from .model import Report, show_path

SCHEMA_VERSION = 1


def render(report: Report) -> str:
    """The document, ASCII only, indented, with a newline at its end."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "tf2kit", "version": report.version},
        "mode": report.mode,
        "seconds": round(report.seconds, 3),
        "summary": report.summary(),
        "files": [_file(file) for file in report.files],
        "diagnostics": [diagnostic(d) for d in report.diagnostics],
        "programs": [
            {
                "name": p.name,
                "level": p.level,
                "files": [show_path(path) for path in p.files],
                "needs": list(p.needs),
                "notes": list(p.notes),
            }
            for p in report.programs
        ],
        "written": [show_path(path) for path in report.written],
        "refused": _reasons(report.refused),
        "failed": _reasons(report.failed),
        "backup": report.backup,
        "output": report.output,
    }
    return json.dumps(document, indent=2) + "\n"


def diagnostic(d: Diagnostic) -> dict[str, object]:
    """One diagnostic as plain values."""
    return {
        "path": show_path(d.path),
        "code": d.code,
        "severity": d.severity.value,
        "message": d.message,
        "line": d.line,
        "column": d.column,
        "end_line": d.end_line,
        "end_column": d.end_column,
        "cell": d.cell,
        "fixed": d.fixed,
        "safety": d.safety.value if d.safety else None,
        "todo": d.todo,
        "symbol": d.symbol,
    }


def _file(file: FileResult) -> dict[str, object]:
    return {
        "path": show_path(file.path),
        "changed": file.changed,
        "program": file.program,
        "level": file.level,
        "needs": list(file.needs),
    }


def _reasons(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"path": show_path(path), "reason": reason} for path, reason in pairs]
