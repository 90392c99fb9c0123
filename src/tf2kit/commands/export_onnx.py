"""Flags of `tf2kit export onnx`."""

from __future__ import annotations

import argparse
from typing import Any


def add_flags(parser: argparse._ActionsContainer) -> None:
    """Add what only ONNX has."""
    parser.add_argument("--opset", metavar="N", type=_opset, help="version of the operators (18; 19 with strings)")


def options(args: argparse.Namespace) -> dict[str, Any]:
    """The options of `tf2kit.export.onnx`."""
    return {"opset": args.opset}


def _opset(value: str) -> int:
    from ..export.onnx import OPSETS

    if not value.isdigit() or int(value) not in OPSETS:
        raise argparse.ArgumentTypeError(f"'{value}' is no opset that can be written; give {OPSETS[0]} to {OPSETS[-1]}")
    return int(value)
