"""`tf2kit verify`: run an old and a new program and compare what they compute."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..cli_arguments import Parser, add_choice, add_terminal_flags, positive_of
from ..cli_errors import UsageError, unknown
from ..terminal import Output, is_terminal, show_markdown
from . import references, web_page

if TYPE_CHECKING:
    from tf2kit.migrate.verify.lab import Options
    from tf2kit.migrate.verify.model import Verification
    from tf2kit.migrate.verify.pairs import Pair

_EPILOG = """\
Verdicts (tf2kit verify --explain VERDICT prints the page of one):
  identical           every number is the same to the last bit
  equal               every number agrees to the tolerance, at every call
  equal within noise  as far as the old program agrees with itself
  initialisers differ it computes the same, but starts from other weights
  diverges            a number differs: which, where, both values
  not comparable      a program failed, or there was nothing to compare

Words behind -- are given to both programs. Both run in copies of their folder, on one thread and without GPU.
Exit codes: 0 every program is proven, 1 one is not, 2 usage or internal error."""


def run(argv: Sequence[str], prog: str) -> int:
    """Compare; returns 0 when all programs are proven (the first three verdicts), else 1.

    Raises:
      UsageError: the flags or paths do not make sense.
    """
    words = list(argv)
    cut = words.index("--") if "--" in words else len(words)
    args = _parser(prog).read(words[:cut])
    out, err = Output("stdout", args.color), Output("stderr", args.color)
    if args.explain is not None:
        return _explain(args.explain, out)
    if args.record is not None:
        return _record(args, tuple(words[cut + 1 :]), err)
    pairs = _pairs(args)
    options = options_of(args, pairs)
    if not confirmed([old.shown for old, _ in pairs], err):
        return 1
    outcome = compare(pairs, tuple(words[cut + 1 :]), options, err, args.quiet)
    show(outcome, args, out, args.output_format == "json")
    if args.report is not None:
        web_page.write(args.report, None, err, outcome)
    return outcome.exit_code


def _parser(prog: str) -> Parser:
    parser = Parser(prog, "Run an old and a new program and compare every number. This executes the programs.", _EPILOG)
    parser.add_argument("old", metavar="OLD", nargs="?", help="the TensorFlow 1 program: script, notebook or folder")
    parser.add_argument(
        "new",
        metavar="NEW",
        nargs="?",
        help="what it became; without it, OLD under `tf2kit run` is compared with --legacy-python or --reference",
    )
    parser.add_argument("--entry", metavar="SCRIPT", action="append", default=[], help="of folders: the script to run")
    add_run_flags(parser)
    parser.add_argument("--record", metavar="FILE", help="record OLD for --reference; NEW is left out")
    parser.add_argument("--report", metavar="FILE", help="also write the report as a page for the browser (HTML)")
    parser.add_argument("--explain", metavar="VERDICT", help="print what a verdict means and what to do")
    add_choice(parser, "--output-format", "an output format", ("text", "json"), "the report's format (default: text)")
    parser.add_argument("--json", dest="output_format", action="store_const", const="json", help="the same as JSON")
    add_terminal_flags(parser)
    return parser


def add_run_flags(parser: argparse.ArgumentParser) -> None:
    """Add the flags that say how programs are run and compared."""
    how = parser.add_argument_group("how to run and compare")
    how.add_argument(
        "--legacy-python",
        metavar="PATH",
        help="a Python with TensorFlow 1.x for OLD (default: `tf2kit run` on this one)",
    )
    how.add_argument("--reference", metavar="FILE", help=references.HELP)
    how.add_argument(
        "--steps", metavar="N", type=_whole, default=0, help="end both after N calls that change variables"
    )
    how.add_argument(
        "--timeout", metavar="S", type=positive_of, default=600.0, help="seconds for each run (default: 600)"
    )
    how.add_argument(
        "--tolerance",
        metavar="T",
        type=positive_of,
        default=1e-4,
        help="relative difference that is equal (default: 1e-4)",
    )
    words = ("auto", "always", "never")
    add_choice(how, "--neutralise", "a mode", words, "replace random operations (default: where the generators differ)")


def _whole(value: str) -> int:
    if not value.isdigit() or not int(value):
        raise argparse.ArgumentTypeError(f"'{value}' is not a number of steps; give 1 or more")
    return int(value)


def options_of(args: argparse.Namespace, pairs: Sequence[Pair]) -> list[Options]:
    """What the flags ask for, for each pair.

    Raises:
      UsageError: the interpreter or a recorded file will not do.
    """
    from tf2kit.migrate.verify import legacy
    from tf2kit.migrate.verify.lab import Options

    common = (args.timeout, args.neutralise or "auto", args.legacy_python)
    if args.reference is not None:
        recorded = references.read(args.reference, [old for old, _ in pairs])
        return [Options(args.tolerance, row.steps, *common, row) for row in recorded]
    try:
        if args.legacy_python is not None:
            legacy.check(args.legacy_python)
    except legacy.LegacyError as error:
        raise UsageError(f"--legacy-python: {error}") from None
    return [Options(args.tolerance, args.steps, *common)] * len(pairs)


def _pairs(args: argparse.Namespace) -> list[Pair]:
    from tf2kit.migrate.verify.pairs import PairError, pairs_of, unmigrated

    if args.old is None or (args.new is None and args.legacy_python is None and args.reference is None):
        raise UsageError("two programs are compared: tf2kit verify OLD NEW\nSee: tf2kit verify --help")
    try:
        pairs = pairs_of(Path(args.old), Path(args.new or args.old), args.entry)
        return pairs if args.new is not None else [(old, unmigrated(old)) for old, _ in pairs]
    except PairError as error:
        raise UsageError(str(error)) from None


def confirmed(programs: Sequence[str], err: Output) -> bool:
    """Say what will be executed; on a terminal, ask before running more than one program."""
    err.line(f"tf2kit: this executes {', '.join(programs[:5])}{' and others' if len(programs) > 5 else ''}.")
    if len(programs) < 2 or not (is_terminal(sys.stderr) and is_terminal(sys.stdin)):
        return True
    err.write(f"Run these {len(programs)} programs? [y/N] ")
    err.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def compare(
    pairs: Sequence[Pair], arguments: tuple[str, ...], options: Sequence[Options], err: Output, quiet: bool
) -> Verification:
    """Compare the programs one after the other, each with its options, with progress on a terminal."""
    from tf2kit.migrate.verify.model import Verification
    from tf2kit.migrate.verify.stage import StageError
    from tf2kit.migrate.verify.verify import verify

    from ..cli import version

    found = []
    for number, ((old, new), how) in enumerate(zip(pairs, options, strict=True), 1):
        where = f"[{number}/{len(pairs)}] " if len(pairs) > 1 else ""

        def tell(text: str, where: str = where, name: str = old.shown) -> None:
            if err.terminal and not quiet:
                err.line(err.paint(f"{where}{name}: {text} …", "dim"))

        try:
            found.append(verify(old, new, arguments, how, progress=tell))
        except StageError as error:
            raise UsageError(str(error)) from None
    return Verification(version(), tuple(found))


def show(outcome: Verification, args: argparse.Namespace, to: Output, as_json: bool = False) -> None:
    """Print the outcome for people or as JSON."""
    from tf2kit.migrate.verify import document, text

    if as_json:
        to.write(document.render(outcome))
    else:
        to.write(text.render(outcome, text.Style(to.paint, to.width, args.quiet, args.verbose)))


def _record(args: argparse.Namespace, arguments: tuple[str, ...], err: Output) -> int:
    import tempfile

    from tf2kit.migrate.verify import recording
    from tf2kit.migrate.verify.record import RecordError, record
    from tf2kit.migrate.verify.stage import Program, StageError

    if args.old is None or args.new is not None or not Path(args.old).is_file():
        raise UsageError("--record takes one script: tf2kit verify OLD --record FILE")
    if args.reference is not None:
        raise UsageError("--record makes what --reference reads; give one of them")
    program = Program(Path(args.old), Path.cwd(), args.old)
    (options,) = options_of(args, [(program, program)])
    confirmed([args.old], err)
    with tempfile.TemporaryDirectory(prefix="tf2kit-record-") as scratch:
        try:
            recording.write(Path(args.record), record(program, arguments, options, Path(scratch)))
        except (RecordError, StageError, OSError) as error:
            err.line(f"tf2kit: nothing was recorded: {error}")
            return 1
    return 0


def _explain(word: str, out: Output) -> int:
    from tf2kit.migrate.verify.model import Verdict
    from tf2kit.migrate.verify.pages import page

    by_word = {verdict.value.replace(" ", "-"): verdict for verdict in Verdict}
    verdict = by_word.get(word.strip().lower().replace(" ", "-"))
    if verdict is None:
        raise UsageError(unknown("a verdict", word, by_word))
    show_markdown(page(verdict), out)
    return 0
