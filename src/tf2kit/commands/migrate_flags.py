"""The flags of migrate and check, and which of them go together."""

from __future__ import annotations

import argparse
import shlex

from ..cli_arguments import (
    LEVELS,
    OFFICIAL_MODES,
    OUTPUT_FORMATS,
    Parser,
    add_choice,
    add_terminal_flags,
    jobs_of,
    words_of,
)
from ..cli_errors import UsageError
from . import verifying

_EXIT_CODES = "Exit codes: 0 nothing is left, 1 findings are left or files would change, 2 usage or internal error."


def parser_of(prog: str) -> Parser:
    """The parser of ``migrate`` or ``check``; check has no flag that writes."""
    what = "Show what would change" if prog == "check" else "Show (default) or make the changes"
    parser = Parser(
        prog, f"{what} to take TensorFlow 1 code to TensorFlow 2, and what is left for a person.", _EXIT_CODES
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", help="files, notebooks or folders; - reads standard input")
    how = parser.add_argument_group("what to write")
    how.add_argument(
        "--diff", action="store_true", help="print the changes as a patch; the report goes to standard error"
    )
    if prog == "migrate":
        how.add_argument("--write", action="store_true", help="change the files in place")
        how.add_argument("--output", metavar="DIR", help="write the new tree to DIR, leave the old one alone")
        how.add_argument(
            "--force", action="store_true", help="write although git has uncommitted changes or DIR has files"
        )
    else:
        # known, so that the answer is "check never writes" and not "no such flag"
        for flag in ("--write", "--force"):
            parser.add_argument(flag, action="store_true", help=argparse.SUPPRESS)
        parser.add_argument("--output", help=argparse.SUPPRESS)
    _rule_flags(parser)
    if prog == "migrate":
        verifying.add_flags(parser)
    show = parser.add_argument_group("what to print")
    add_choice(show, "--output-format", "an output format", OUTPUT_FORMATS, "the report's format (default: text)")
    show.add_argument("--report", metavar="FILE", help="also write the report as a page for the browser (HTML)")
    show.add_argument("--statistics", action="store_true", help="print how often each code occurs instead")
    show.add_argument("--exit-zero", action="store_true", help="exit with 0 although findings are left")
    add_terminal_flags(parser)
    return parser


def _rule_flags(parser: Parser) -> None:
    what = parser.add_argument_group("what to do")
    add_choice(
        what,
        "--to",
        "a level",
        LEVELS,
        "graph mode on compat.v1 with the smallest diff (compat, default), or TensorFlow 2 code where a program can be lifted (native)",
    )
    add_choice(
        what,
        "--official",
        "a mode of the official script",
        OFFICIAL_MODES,
        "how tf_upgrade_v2 is used (default: safety)",
    )
    fixes = argparse.BooleanOptionalAction
    what.add_argument("--unsafe-fixes", action=fixes, default=None, help="also make changes that may alter behaviour")
    for flag, text in (
        ("--select", "only these codes or prefixes, such as SYM,CTB201"),
        ("--ignore", "not these codes or prefixes"),
        ("--exclude", "not these files or folders"),
    ):
        what.add_argument(
            flag, metavar="LIST", type=words_of, action="extend", default=None, help=f"{text}; may be repeated"
        )
    what.add_argument(
        "-j", "--jobs", metavar="N", type=jobs_of, default=None, help="processes; 0: one per processor (default)"
    )
    what.add_argument("--stdin-filename", metavar="NAME", help="the name of what is read from standard input")
    configs = what.add_mutually_exclusive_group()
    configs.add_argument("--config", metavar="FILE", help="read [tool.tf2kit] of this file")
    configs.add_argument("--no-config", action="store_true", help="read no pyproject.toml")


def agree(args: argparse.Namespace, prog: str) -> None:
    """Refuse flags that contradict each other.

    Raises:
      UsageError: they do; the message says which to leave out.
    """
    stdin = "-" in args.paths
    if prog == "check" and (args.write or args.force or args.output is not None):
        raise UsageError("check never writes; use `tf2kit migrate` with this flag")
    if not args.paths:
        raise UsageError(f"no path is given; `tf2kit {prog} .` looks at this folder")
    if stdin and len(args.paths) > 1:
        raise UsageError("- reads standard input and cannot be mixed with paths")
    modes = [flag for flag in ("diff", "write", "output") if getattr(args, flag)]
    if len(modes) > 1:
        raise UsageError(f"--{modes[0]} and --{modes[1]} do not go together; choose one")
    if stdin and (args.write or args.output):
        raise UsageError(f"- prints the new text on standard output; leave out --{modes[0]}")
    if args.stdin_filename is not None and not stdin:
        raise UsageError("--stdin-filename names what is read from standard input; give - as the path")
    if args.quiet and args.verbose:
        raise UsageError("-q and -v do not go together; choose one")
    if prog == "migrate":
        verifying.agree(args)


def command_to_write(args: argparse.Namespace) -> str:
    """The command that makes the changes which a run with ``args`` has shown; empty when they came from standard input."""
    if args.paths == ["-"]:
        return ""
    words = ["tf2kit", "migrate", *args.paths]
    for name in ("to", "official", "select", "ignore", "exclude", "config"):
        value = getattr(args, name)
        if value is not None:
            words += [f"--{name}", ",".join(value) if isinstance(value, list) else value]
    if args.unsafe_fixes is not None:
        words.append("--unsafe-fixes" if args.unsafe_fixes else "--no-unsafe-fixes")
    if args.no_config:
        words.append("--no-config")
    return shlex.join([*words, "--write"])
