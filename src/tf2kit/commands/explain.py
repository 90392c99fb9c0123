"""`tf2kit explain CODE`: the documentation page of a code."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..cli_arguments import Parser, add_choice, add_terminal_flags
from ..cli_errors import UsageError, unknown
from ..lessons.course import teaching
from ..terminal import Output, show_markdown


def run(argv: Sequence[str], prog: str) -> int:
    """Print the page of one code; returns 0.

    Raises:
      UsageError: there is no such code.
    """
    parser = Parser(prog, "Print what a code means, why it matters and what to do by hand.")
    parser.add_argument("code", metavar="CODE", help="for example SYM101; `tf2kit rules` lists them")
    add_choice(parser, "--output-format", "an output format", ("text", "json"), "Markdown (text), or JSON")
    add_terminal_flags(parser)
    args = parser.read(argv)
    from tf2kit.migrate.report import explain
    from tf2kit.migrate.rules import all_rules

    rules = {rule.code: rule for rule in all_rules()}
    rule = rules.get(args.code.upper())
    if rule is None:
        family = [code for code in rules if code.startswith(args.code.upper())]
        if family:
            raise UsageError(f"'{args.code}' is a family of codes: {', '.join(family)}; give one of them")
        near = unknown("a code", args.code, rules).split("; known:")[0]
        raise UsageError(f"{near}\n`tf2kit rules` lists every code.")
    out = Output("stdout", args.color)
    if args.output_format == "json":
        numbers = [lesson.number for lesson in teaching(rule.code)]
        out.line(json.dumps(explain.row(rule) | {"doc": rule.doc, "lessons": numbers}, indent=2))
    else:
        show_markdown(explain.page(rule) + _lessons(rule.code), out)
    return 0


def _lessons(code: str) -> str:
    rows = [f"- {one.number}, {one.title}: `tf2kit learn open {one.number}`\n" for one in teaching(code)]
    return "\n## Lessons\n" + "".join(rows) if rows else ""
