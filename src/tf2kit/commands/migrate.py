"""`tf2kit migrate` and `tf2kit check`: read the flags, run the migration, write what was asked for, print the report."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .. import config
from ..cli_errors import UsageError, unknown
from ..terminal import Output, Progress
from . import migrate_flags, verify, verifying, web_page, writing

if TYPE_CHECKING:
    from tf2kit.migrate.discover import InputFile
    from tf2kit.migrate.report.model import Report


def run(argv: Sequence[str], prog: str) -> int:
    """Run migrate or check; returns the exit code.

    Raises:
      UsageError: the flags, the configuration or the paths do not make sense.
    """
    args = migrate_flags.parser_of(prog).read(argv)
    migrate_flags.agree(args, prog)
    settings = config.override(_settings(args), args)
    if args.statistics and settings.output_format in ("sarif", "github"):
        raise UsageError(f"--statistics has no {settings.output_format} format; use --output-format text or json")
    settings = _with_known_codes(settings)
    out, err = Output("stdout", args.color), Output("stderr", args.color)
    files = _input(args, settings)
    if not files:
        err.line(f"tf2kit: there is no Python file or notebook in {', '.join(args.paths)}.")
    report = _migrate(files, args, settings, prog)
    if files or settings.output_format != "text":
        _print(report, args, settings, out, err)
    outcome = verifying.run(report, args, err) if prog == "migrate" and args.verify else None
    if outcome is not None:
        verify.show(outcome, args, err if settings.output_format != "text" else out)
    if args.report is not None:
        web_page.write(args.report, report, err, outcome)
    code = max(report.exit_code, outcome.exit_code if outcome else 0)
    return 0 if args.exit_zero and code == 1 else code


def _settings(args: argparse.Namespace) -> config.Settings:
    if args.no_config:
        return config.Settings()
    if args.config is not None:
        return config.load(Path(args.config))
    first = Path(args.stdin_filename or ".") if args.paths[0] == "-" else Path(args.paths[0])
    file = config.find(first if first.is_dir() else first.parent)
    return config.load(file) if file else config.Settings()


def _with_known_codes(settings: config.Settings) -> config.Settings:
    """The settings, with ALL resolved; refuses a code or prefix that no rule has."""
    if "ALL" in settings.select:
        settings = dataclasses.replace(settings, select=())
    if not (settings.select or settings.ignore):
        return settings  # the rule files need not be read
    from tf2kit.migrate.rules import all_rules

    codes = [rule.code for rule in all_rules()]
    for key in ("select", "ignore"):
        for prefix in getattr(settings, key):
            if not any(code.startswith(prefix) for code in codes):
                hint = unknown("a code or the start of one", prefix, codes).split("; known:")[0]
                where = f" (or {settings.file})" if settings.file else ""
                raise UsageError(f"{key}{where}: {hint}\n`tf2kit rules` lists every code.")
    return settings


def _input(args: argparse.Namespace, settings: config.Settings) -> list[InputFile]:
    from tf2kit.migrate import discover

    if args.paths == ["-"]:
        if sys.stdin is None:
            raise UsageError("- reads standard input, which is closed")
        return [discover.InputFile(args.stdin_filename or "<stdin>", sys.stdin.buffer.read())]
    try:
        return discover.discover(args.paths, settings.exclude)
    except discover.UsageError as error:
        raise UsageError(str(error)) from None


def _migrate(files: list[InputFile], args: argparse.Namespace, settings: config.Settings, prog: str) -> Report:
    from tf2kit.migrate import run as migration
    from tf2kit.migrate.options import Level, Options
    from tf2kit.migrate.report.model import Report

    from ..cli import version

    level: Level = "native" if settings.to == "native" else "compat"
    options = Options(level, settings.select, settings.ignore, settings.official, settings.unsafe_fixes, settings.jobs)
    with Progress(wanted=not args.quiet) as progress:
        result = migration.migrate(files, options, progress)
    again = migrate_flags.command_to_write(args)
    report = Report(result.files, result.programs, result.seconds, "dry-run", version(), again, with_notes=args.verbose)
    if args.write or args.output is not None:
        return writing.write(report, args)
    if args.paths == ["-"] and prog == "migrate" and not args.diff:
        return dataclasses.replace(report, mode="stdin", written=[file.path for file in report.changed])
    return report


def _print(report: Report, args: argparse.Namespace, settings: config.Settings, out: Output, err: Output) -> None:
    """Print the report on standard output, or on standard error when a diff or the new text is what was asked for."""
    from tf2kit.migrate.report import diff
    from tf2kit.migrate.report.model import count, plain

    if args.diff:
        out.write_bytes(diff.render(report.files, out.paint if out.coloured else plain))
    elif report.mode == "stdin":
        out.write_bytes(report.files[0].after)
    to = err if args.diff or report.mode == "stdin" else out
    to.write(_formatted(report, args, settings.output_format, to))
    if settings.output_format in ("concise", "github") and not args.quiet:
        n = report.summary()
        err.line(
            f"tf2kit: {count(n['files'], 'file')}, {n['changed']} changed, "
            f"{count(n['errors'], 'error')} and {count(n['warnings'], 'warning')} left."
        )


def _formatted(report: Report, args: argparse.Namespace, output_format: str, to: Output) -> str:
    from tf2kit.migrate.report import concise, github, json, sarif, statistics, text

    if args.statistics:
        return statistics.render_json(report) if output_format == "json" else statistics.render(report, to.paint)
    if output_format == "text":
        return text.render(report, text.Style(to.paint, to.width, args.quiet, args.verbose))
    if output_format == "concise":
        return concise.render(report, to.paint)
    return {"json": json.render, "sarif": sarif.render, "github": github.render}[output_format](report)
