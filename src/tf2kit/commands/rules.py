"""`tf2kit rules`: every code, what it is about, and the stage that reports it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..cli_arguments import Parser, add_choice, add_terminal_flags
from ..terminal import Output


def run(argv: Sequence[str], prog: str) -> int:
    """List the rules as a table or as JSON; returns 0."""
    parser = Parser(prog, "List every code that tf2kit can report. `tf2kit explain CODE` prints the page of one.")
    add_choice(parser, "--output-format", "an output format", ("text", "json"), "a table (text), or JSON")
    add_terminal_flags(parser)
    args = parser.read(argv)
    from tf2kit.migrate.report import explain
    from tf2kit.migrate.rules import all_rules

    out = Output("stdout", args.color)
    if args.output_format == "json":
        out.line(json.dumps([explain.row(rule) for rule in all_rules()], indent=2))
        return 0
    rules = all_rules()
    wide = max((len(rule.name) for rule in rules), default=0)
    for rule in rules:
        room = max(20, out.width - wide - 20) if out.terminal else None
        out.line(f"{out.paint(rule.code, 'code')}  {rule.name:<{wide}}  {rule.stage:<8}  {_cut(rule.summary, room)}")
    return 0


def _cut(text: str, room: int | None) -> str:
    return text if room is None or len(text) <= room else text[: room - 1] + "…"
