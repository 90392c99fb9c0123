"""`tf2kit export`: a model for another runtime, proven by running it there."""

from __future__ import annotations

import argparse
import importlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cli_arguments import Parser, add_choice, add_terminal_flags, count_of, positive_of, words_of
from ..cli_errors import UsageError, unknown
from ..terminal import Output

if TYPE_CHECKING:
    from ..export.report import Report
    from ..export.story import Proof
    from ..export.target import Target

# word → (module that has its TARGET, what it writes)
TARGETS = {
    "tflite": ("tf2kit.tflite", "a TensorFlow Lite file, run in LiteRT"),
    "tfjs": ("tf2kit.tfjs", "a folder for TensorFlow.js, run in Node.js"),
    "onnx": ("tf2kit.export.onnx", "an ONNX file, run in onnxruntime"),
}
_MODELS = """\
MODEL is a .keras or .h5 file, a SavedModel of TensorFlow 2 or 1, a frozen graph (.pb, with --inputs and --outputs), a TensorFlow 1
checkpoint with its .meta file (the same), or module:callable, a function of yours that returns a model."""
_EPILOG = """\
The result is run in its real runtime and compared with the original; if it differs by more than the tolerance, the file gets
".unproven" in its name. A report as JSON lies beside it (in folders: parity.json).
Exit codes: 0 proven (or --no-check), 1 not proven or not possible, 2 usage, bad input or something is not installed."""


def run(argv: Sequence[str], prog: str) -> int:
    """Export; returns 0 when the artefact is proven.

    Raises:
      UsageError: the flags make no sense, the model cannot be read, or a runtime is missing.
    """
    words = list(argv)
    if not words or words[0] in ("-h", "--help"):
        Output("stdout").write(_help(prog))
        return 0 if words else 2
    if words[0] not in TARGETS:
        raise UsageError(f"{unknown('a target', words[0], TARGETS)}\nSee: tf2kit {prog} --help")
    return _export(words[0], words[1:], f"{prog} {words[0]}")


def _help(prog: str) -> str:
    rows = "".join(f"  {name:<8} {text}\n" for name, (_, text) in TARGETS.items())
    return (
        f"usage: tf2kit {prog} TARGET MODEL -o OUT …\n\nWrite a model for another runtime, run it there and compare."
        f"\n\nTargets:\n{rows}\n{_MODELS}\n\nFlags: tf2kit {prog} TARGET --help\n"
    )


def _export(word: str, argv: list[str], prog: str) -> int:
    from ..export import ExportError

    flags = importlib.import_module(f".export_{word}", __package__)
    parser = _parser(prog, TARGETS[word][1])
    flags.add_flags(parser.add_argument_group(f"what is written ({word})"))
    args = parser.read(argv)
    out, err = Output("stdout", args.color), Output("stderr", args.color)
    target: Target = importlib.import_module(TARGETS[word][0]).TARGET
    try:
        report = _run(target, args, flags.options(args))
    except ExportError as error:
        if error.usage:
            raise UsageError(error.sentence()) from None
        err.line(f"{err.paint('error:', 'error')} {error.sentence()}")
        return 1
    _show(report, args, out)
    return report.exit_code


def _run(target: Target, args: argparse.Namespace, options: dict[str, Any]) -> Report:
    from ..export.sources import Request
    from ..export.story import export

    request = Request(
        args.model, tuple(args.inputs), tuple(args.outputs), tuple(args.signature), args.batch, args.unsafe
    )
    return export(target, request, Path(args.output), options, _proof(args))


def _proof(args: argparse.Namespace) -> Proof:
    from ..export.story import Proof

    samples = None if args.samples is None else Path(args.samples)
    return Proof(args.check, args.tolerance, samples, args.count, args.seed, timeout=args.timeout)


def _show(report: Report, args: argparse.Namespace, out: Output) -> None:
    if args.output_format == "json":
        out.line(json.dumps(report.to_json(), indent=2))
    elif not args.quiet or not report.proven:
        out.write(report.to_text())


def _parser(prog: str, what: str) -> Parser:
    parser = Parser(prog, f"Write {what}.\n\n{_MODELS}", _EPILOG)
    parser.add_argument("model", metavar="MODEL", help="what to export")
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="where to write it")
    model = parser.add_argument_group("the model")
    model.add_argument("--signature", metavar="NAME", action="append", default=[], help="export this one; repeatable")
    for flag, text in (("--inputs", "inputs of a graph"), ("--outputs", "its outputs")):
        model.add_argument(flag, metavar="A,B", type=words_of, default=[], help=f"{text}: tensor or name=tensor")
    model.add_argument(
        "--batch", metavar="N", type=count_of, help="size of the first axis where the model leaves it open"
    )
    model.add_argument("--unsafe", action="store_true", help="run Python code in the file (Lambda layers)")
    _add_proof_flags(parser)
    add_choice(parser, "--output-format", "an output format", ("text", "json"), "what is printed (default: text)")
    parser.add_argument("--json", dest="output_format", action="store_const", const="json", help="the same as JSON")
    add_terminal_flags(parser)
    return parser


def _add_proof_flags(parser: argparse.ArgumentParser) -> None:
    how = parser.add_argument_group("how it is proven")
    how.add_argument("--samples", metavar="FILE", help=".npz with an array for each input (default: drawn)")
    how.add_argument("--count", metavar="N", type=count_of, default=4, help="samples to draw (default: 4)")
    how.add_argument("--seed", metavar="N", type=int, default=0, help="what they are drawn with (default: 0)")
    how.add_argument("--tolerance", metavar="T", type=positive_of, help="|a-b| <= T * max(1, |a|) is equal (1e-5)")
    how.add_argument("--no-check", dest="check", action="store_false", help="do not run it; it is marked unproven")
    how.add_argument("--timeout", metavar="S", type=positive_of, default=1800.0, help="seconds for each step (1800)")
