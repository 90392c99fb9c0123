"""How often each code occurs, most frequent first."""

from __future__ import annotations

import json
from collections import Counter

from .model import Paint, Report, plain, rules_by_code


def render(report: Report, paint: Paint = plain) -> str:
    """A table: count, code, ``[*]`` when migrate mends all of them and ``[-]`` when some, and the rule's summary."""
    rows = _rows(report)
    wide = max((len(f"{row['count']}") for row in rows), default=0)
    marks = {"all": "[*]", "some": "[-]", "none": "[ ]"}
    return "".join(
        f"{row['count']:>{wide}}  {paint(str(row['code']), 'code')}  {marks[str(row['fixed'])]}  {row['summary']}\n"
        for row in rows
    )


def render_json(report: Report) -> str:
    """The same rows as a JSON list."""
    return json.dumps(_rows(report), indent=2) + "\n"


def _rows(report: Report) -> list[dict[str, object]]:
    found = Counter(d.code for d in report.listed)
    fixed = Counter(d.code for d in report.listed if d.fixed)
    rules = rules_by_code()
    rows: list[dict[str, object]] = []
    for code, number in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        share = "all" if fixed[code] == number else "some" if fixed[code] else "none"
        rows.append(
            {"code": code, "count": number, "fixed": share, "summary": rules[code].summary if code in rules else ""}
        )
    return rows
