"""`tf2kit doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence

from ..cli_arguments import Parser, add_choice, add_terminal_flags
from ..doctor import examine, render
from ..terminal import Output


def run(argv: Sequence[str], prog: str) -> int:
    """Print the findings; returns 0 when everything that migrate needs is there, else 1."""
    parser = Parser(prog, "Say what is installed, what is missing and how to get it.")
    add_choice(parser, "--output-format", "an output format", ("text", "json"), "a table (text), or JSON")
    add_terminal_flags(parser)
    args = parser.read(argv)
    out = Output("stdout", args.color)
    checks = examine()
    ready = all(check.good for check in checks if check.required)
    if args.output_format == "json":
        out.line(
            json.dumps(
                {"schema_version": 1, "ready": ready, "checks": [dataclasses.asdict(c) for c in checks]}, indent=2
            )
        )
    else:
        out.write(render(checks, out.paint))
    return 0 if ready else 1
