"""SARIF 2.1.0, the format that code-scanning services read (OASIS standard, "Static Analysis Results Interchange Format").

Columns count in characters (``columnKind``). A diagnostic in a notebook has no region, since its line counts within a cell; its logical
location names the cell. The help of each rule is its documentation page.
"""

from __future__ import annotations

import json
import os
import pathlib
import urllib.parse

from ..findings import Diagnostic
from .explain import page
from .model import Report, rules_by_code, show_path

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report) -> str:
    """The log file with one run: what is open, and the rules that report it."""
    codes = sorted({d.code for d in report.open})
    index = {code: i for i, code in enumerate(codes)}
    driver: dict[str, object] = {"name": "tf2kit", "rules": _rules(codes)}
    if report.version:
        driver["version"] = report.version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": report.exit_code != 2, "exitCode": report.exit_code}],
        "results": [_result(d, index[d.code]) for d in report.open],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rules(codes: list[str]) -> list[dict[str, object]]:
    known = rules_by_code()
    rows: list[dict[str, object]] = []
    for code in codes:
        row: dict[str, object] = {"id": code}
        rule = known.get(code)
        if rule is not None:
            summary, text = rule.summary or rule.name, page(rule)
            row |= {"name": rule.name, "shortDescription": {"text": summary}, "fullDescription": {"text": summary}}
            row["help"] = {"text": text, "markdown": text}
        rows.append(row)
    return rows


def _result(d: Diagnostic, index: int) -> dict[str, object]:
    text = d.message if d.cell is None else f"cell {d.cell}, line {d.line}: {d.message}"
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(d.path)}}
    location: dict[str, object] = {"physicalLocation": physical}
    if d.cell is None:
        physical["region"] = _region(d)
    else:
        location["logicalLocations"] = [{"name": f"cell {d.cell}", "kind": "module"}]
    return {
        "ruleId": d.code,
        "ruleIndex": index,
        "level": d.severity.value,
        "message": {"text": f"{text}\n{d.todo}" if d.todo else text},
        "locations": [location],
        "properties": {"fixed": d.fixed, "symbol": d.symbol},
    }


def _region(d: Diagnostic) -> dict[str, int]:
    return {"startLine": d.line, "startColumn": d.column, "endLine": d.end_line, "endColumn": d.end_column}


def _uri(path: str) -> str:
    """A relative URI reference below the current folder, a file URI elsewhere."""
    shown = show_path(path)
    if os.path.isabs(shown):
        return pathlib.Path(shown).as_uri()
    # quote() escapes the colon too: "a:b.py" would read as a URI with the scheme "a"
    return urllib.parse.quote(shown.replace(os.sep, "/"), errors="surrogateescape")
