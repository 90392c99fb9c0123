"""`tf2kit migrate --verify`: run the programs of a tree before and after their migration, from the texts in memory."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..cli_errors import UsageError, unknown
from ..terminal import Output
from . import verify

if TYPE_CHECKING:
    from tf2kit.migrate.report.model import Report
    from tf2kit.migrate.verify.model import Verification


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Add ``--verify`` and what goes with it."""
    group = parser.add_argument_group("what to prove")
    group.add_argument(
        "--verify", action="store_true", help="also run the programs before and after; this executes your code"
    )
    group.add_argument(
        "--entry",
        metavar="SCRIPT",
        action="append",
        default=[],
        help="with --verify: only this program; may be repeated",
    )
    verify.add_run_flags(parser)


def agree(args: argparse.Namespace) -> None:
    """Refuse flags that need others.

    Raises:
      UsageError: they are alone.
    """
    if args.verify and args.paths == ["-"]:
        raise UsageError("--verify runs files; it cannot run what is read from standard input")
    if not args.verify:
        for flag in ("entry", "legacy_python", "reference", "steps"):
            if getattr(args, flag):
                raise UsageError(f"--{flag.replace('_', '-')} goes with --verify")


def run(report: Report, args: argparse.Namespace, err: Output) -> Verification | None:
    """Compare the programs of a migration; None when the user does not want them to run.

    Raises:
      UsageError: there is no program, or no such one.
    """
    from tf2kit.migrate.verify.pairs import before_and_after

    names = _programs(report, args.entry)
    with tempfile.TemporaryDirectory(prefix="tf2kit-verify-") as scratch:
        pairs = before_and_after(report.files, args.paths, names, Path(scratch))
        options = verify.options_of(args, pairs)
        if not verify.confirmed(names, err):
            return None
        return verify.compare(pairs, (), options, err, args.quiet)


def _programs(report: Report, entries: list[str]) -> list[str]:
    """Paths of the scripts to run, as in the report."""
    known = [program.name for program in report.programs]
    if not known:
        raise UsageError("--verify: there is no TensorFlow 1 program among these files")
    found = []
    for entry in entries:
        hits = [name for name in known if name == entry or name.endswith(os.sep + entry)]
        if len(hits) != 1:
            raise UsageError(f"--entry: {unknown('one program of these files', entry, known)}")
        found += hits
    return found or known
