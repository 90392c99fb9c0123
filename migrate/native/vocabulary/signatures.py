"""Signatures of functions in TensorFlow 1.15 and in the target, as `generate.py` measured them."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any


@functools.cache
def table() -> Any:
    """ops.json."""
    return json.loads((resources.files(__package__) / "ops.json").read_bytes())


def names_of(signature: list[str]) -> tuple[str, ...]:
    """The names of all parameters of a signature of ops.json."""
    return tuple(p.split("=", 1)[0] for p in signature if p != "*")


def positional(signature: list[str]) -> tuple[str, ...]:
    """The names of those that may be given by position."""
    return names_of(signature[: signature.index("*")] if "*" in signature else signature)
