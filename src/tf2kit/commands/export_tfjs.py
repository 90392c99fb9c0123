"""Flags of ``tf2kit export tfjs``."""

from __future__ import annotations

import argparse
from typing import Any


def add_flags(parser: argparse.ArgumentParser) -> None:
    """What only TF.js models have."""
    parser.add_argument(
        "--quantize",
        metavar="KIND",
        default="",
        help="store weights as float16, uint16 or uint8; or PATTERN=KIND,PATTERN=KIND for names of weights, the first that fits counts",
    )
    parser.add_argument(
        "--unroll",
        metavar="N",
        type=int,
        default=256,
        help="write loops of at most N rounds, known beforehand, as N copies of their body, so that predict() works (default: %(default)s)",
    )


def options(arguments: argparse.Namespace) -> dict[str, Any]:
    """The flags as data for `tf2kit.tfjs.convert`."""
    return {"quantize": arguments.quantize, "unroll": arguments.unroll}
