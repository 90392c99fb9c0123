"""Flags of ``tf2kit export tflite``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..cli_arguments import add_choice, count_of, positive_of
from ..cli_errors import UsageError

_QUANTIZE = ("float32", "float16", "dynamic", "int8", "int8-io", "int16x8", "auto")


def add_flags(parser: argparse.ArgumentParser) -> None:
    """What only .tflite files have."""
    add_choice(
        parser,
        "--quantize",
        "a quantisation",
        _QUANTIZE,
        "how numbers are stored (default: float32); int8-io has integer inputs and outputs too; "
        "auto is the smallest that --max-error allows",
    )
    parser.add_argument(
        "--representative",
        metavar="DATA",
        help="inputs that int8 and int16x8 are calibrated on: file.npz, or module:callable, which is called; a hundred or more",
    )
    parser.add_argument(
        "--max-error",
        metavar="E",
        type=positive_of,
        help="largest error |a-b| / max(1, |a|) of a quantisation (default: 1e-5 float32, 1e-3 float16 and auto, "
        "0.05 dynamic and int16x8, 0.1 int8)",
    )
    parser.add_argument("--layers", metavar="N", type=count_of, help="list the N layers that quantisation hurts most")
    parser.add_argument(
        "--select-ops",
        action="store_true",
        help="leave ops in the file that only TensorFlow has; LiteRT for Python cannot run it, so it stays unproven",
    )
    parser.add_argument(
        "--metadata",
        metavar="FILE",
        help="JSON with name, description, version, author, license, labels (a list), mean and std, for the file's metadata",
    )
    parser.add_argument("--labels", metavar="FILE", help="a text file with the name of a class on each line")
    parser.add_argument(
        "--c-array", action="store_true", help="also write the file as C++ source, for microcontrollers"
    )


def options(arguments: argparse.Namespace) -> dict[str, Any]:
    """The flags as data for `tf2kit.tflite.convert`.

    Raises:
      UsageError: they do not go together, or a file with metadata or labels cannot be read.
    """
    from tf2kit.export import ExportError
    from tf2kit.tflite.options import Options

    names = ("quantize", "representative", "max_error", "layers", "select_ops", "c_array")
    given = {name: getattr(arguments, name) for name in names}
    try:
        return Options.of({**given, "metadata": _metadata(arguments)}).to_json()
    except ExportError as error:
        raise UsageError(error.sentence()) from None


def _metadata(arguments: argparse.Namespace) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    try:
        if arguments.metadata is not None:
            found = json.loads(Path(arguments.metadata).read_text(encoding="utf-8"))
        if arguments.labels is not None:
            found = {**found, "labels": Path(arguments.labels).read_text(encoding="utf-8").splitlines()}
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"The metadata cannot be read: {error}") from None
    return found or None
