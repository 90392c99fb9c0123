"""`tf2kit run`: run a TensorFlow 1 program on the installed TensorFlow without changing its files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..runner import memory, start
from ..runner.leaving import end_by_signal, exit_code, print_error
from ..runner.program import Program

if TYPE_CHECKING:
    from argparse import Namespace

    from ..terminal import Output


def run(argv: Sequence[str], prog: str) -> int:
    """Run a script, or with ``-m`` a module, as ``python`` would; returns its exit code."""
    own, rest = _split(list(argv))
    args = _read(own, prog)
    entry = start.module(args.script) if args.module else start.script(args.script)
    program = Program(os.path.realpath(entry.path), entry.places)
    _say(program, args)
    try:
        start.execute(entry, program, rest)
    except SystemExit as leave:
        return exit_code(leave)
    except BaseException as error:
        print_error(error)
        if not isinstance(error, KeyboardInterrupt):
            return 1
        end_by_signal()
        return 130
    return 0


def _split(argv: list[str]) -> tuple[list[str], list[str]]:
    """Our own words, up to the script, and the program's, whatever they look like."""
    for i, word in enumerate(argv):
        if (not word.startswith("-") or word == "-") and (i == 0 or argv[i - 1] != "--color"):
            return argv[: i + 1], argv[i + 1 :]
    return argv, []


def _read(argv: list[str], prog: str) -> Namespace:
    from ..cli_arguments import Parser, add_terminal_flags

    parser = Parser(
        prog, "Run a TensorFlow 1 program on the installed TensorFlow. It is migrated in memory; no file changes."
    )
    parser.add_argument("-m", dest="module", action="store_true", help="SCRIPT is the name of a module to run")
    add_terminal_flags(parser)
    parser.add_argument("script", metavar="SCRIPT", help="the program; all words behind it are its own arguments")
    return parser.read(argv)


def _say(program: Program, args: Namespace) -> None:
    """What there is to say before the program starts, on standard error."""
    from ..terminal import Output

    err = Output("stderr", args.color)
    if args.verbose:
        _show_changes(program, err)
        err.line(f"tf2kit: {memory.state()}")
    if program.left and not args.quiet:
        findings = "finding is" if program.left == 1 else "findings are"
        root = program.places.root
        err.line(f"tf2kit: {program.left} {findings} left in this program; `tf2kit check {root}` shows them.")
    err.flush()


def _show_changes(program: Program, err: Output) -> None:
    from tf2kit.migrate import FileResult
    from tf2kit.migrate.report import diff
    from tf2kit.migrate.source import Source

    for path, unit in program.units.items():
        if unit.text is not None:
            with open(path, "rb") as file:
                raw = file.read()
            after = Source.read(path, raw).encode(unit.text)
            err.write_bytes(diff.render([FileResult(os.path.relpath(path), raw, after)], err.paint))
