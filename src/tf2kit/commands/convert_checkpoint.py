"""`tf2kit convert-checkpoint`: an old checkpoint, which names its variables, for the program that was lifted to TensorFlow 2."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..cli_arguments import Parser, add_terminal_flags
from ..cli_errors import UsageError
from ..terminal import Output

if TYPE_CHECKING:
    from tf2kit.migrate.native.checkpoint_map import CheckpointMap

_EPILOG = """\
Example:
  tf2kit convert-checkpoint model.ckpt-1000 converted/model.ckpt --program train_tf1.py

The program is the one of TensorFlow 1, before it was migrated: it says which variable became which object. It is read, not run.
OLD and NEW are prefixes, as tf.train.Saver takes them; the old files stay as they are.
Exit codes: 0 converted, 2 it cannot be."""


def run(argv: Sequence[str], prog: str) -> int:
    """Convert one checkpoint; returns 0.

    Raises:
      UsageError: the program or the checkpoint does not fit.
    """
    args = _parser(prog).read(argv)
    mapping = _mapping(args)
    if Path(f"{args.new}.index").exists():
        raise UsageError(f"{args.new}.index is there already; give another name, or delete it first")
    from ..checkpoints.convert import ConversionError, convert

    try:
        entries = convert(args.old, args.new, mapping, args.learning_rate)
    except ConversionError as error:
        raise UsageError(str(error)) from None
    out = Output("stdout", args.color)
    for entry in entries:
        out.line(f"{entry.old or '(from the program)'} -> {'.'.join(entry.edges)}")
    out.line(f"{args.new}: {len(entries)} variables")
    return 0


def _parser(prog: str) -> Parser:
    parser = Parser(
        prog, "Turn a checkpoint of a TensorFlow 1 program into one that the lifted program loads.", _EPILOG
    )
    parser.add_argument("old", metavar="OLD", help="the old checkpoint, without .index")
    parser.add_argument("new", metavar="NEW", help="the new one")
    parser.add_argument("--program", metavar="FILE", required=True, help="the TensorFlow 1 program that made it")
    parser.add_argument("--saver", metavar="LINE", type=int, help="the line of the Saver, where a program has several")
    parser.add_argument(
        "--learning-rate", metavar="RATE", type=float, help="of the optimizer, where the program computes it"
    )
    add_terminal_flags(parser)
    return parser


def _mapping(args: argparse.Namespace) -> CheckpointMap:
    from tf2kit.migrate import python2
    from tf2kit.migrate.module import Module
    from tf2kit.migrate.native import Refusal
    from tf2kit.migrate.native.lift import lift

    try:
        text = python2.upgrade(Path(args.program).read_bytes()).text
        found = lift(Module(args.program, text)).checkpoints
    except OSError as error:
        raise UsageError(f"{args.program} cannot be read: {error.strerror or error}") from None
    except SyntaxError as error:
        raise UsageError(f"{args.program}, line {error.lineno}, is not Python: {error.msg}") from None
    except Refusal as refusal:
        line = getattr(refusal.node, "lineno", None)
        where = f", line {line}" if line else ""
        raise UsageError(f"{args.program}{where} cannot be lifted: {refusal.reason}") from None
    if args.saver is not None:
        found = tuple(m for m in found if m.line == args.saver)
    if not found:
        raise UsageError(f"{args.program} makes no tf.train.Saver{f' in line {args.saver}' if args.saver else ''}")
    if len(found) > 1:
        lines = ", ".join(str(m.line) for m in found)
        raise UsageError(f"{args.program} makes several Savers; say which with --saver LINE: {lines}")
    return found[0]
