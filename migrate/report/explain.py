"""The documentation page of a rule, and its row in the list of rules."""

from __future__ import annotations

from ..rules import Rule


def page(rule: Rule) -> str:
    """The Markdown page of ``rule``: a heading with its code and name, then its docstring."""
    return f"# {rule.code}: {rule.name}\n\n{rule.doc.strip()}\n"


def row(rule: Rule) -> dict[str, str]:
    """What `tf2kit rules --output-format json` says about ``rule``."""
    return {"code": rule.code, "name": rule.name, "stage": rule.stage, "summary": rule.summary}
