"""A verification as JSON and back.

Schema version 1: ``schema_version``, ``tool`` (name, version), ``exit_code`` and ``comparisons``. A comparison has the fields of
`model.Comparison` under their names, nested as there; a verdict is its words; every value is JSON's own, except that numbers which
JSON lacks are the strings ``nan``, ``inf`` and ``-inf``. Fields may be added within a version; none is taken away or changes meaning.
"""

from __future__ import annotations

import dataclasses
import enum
import json
import math
import types
import typing
from typing import Any

from .model import Comparison, Verification

SCHEMA_VERSION = 1


def render(outcome: Verification) -> str:
    """The document, ASCII only, indented, with a newline at its end."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "tf2kit", "version": outcome.version},
        "exit_code": outcome.exit_code,
        "comparisons": [_plain(comparison) for comparison in outcome.comparisons],
    }
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def read(text: str) -> Verification:
    """The verification that `render` wrote.

    Raises:
      ValueError: ``text`` is no such document, or of another schema version.
    """
    document = json.loads(text)
    if not isinstance(document, dict) or document.get("schema_version") != SCHEMA_VERSION:
        raise ValueError(f"this is not a verification of schema version {SCHEMA_VERSION}")
    comparisons = tuple(_typed(Comparison, row) for row in document["comparisons"])
    return Verification(document["tool"]["version"], comparisons)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _typed(kind: Any, value: Any) -> Any:
    """``value`` as the annotated type ``kind``: dataclasses, enums, tuples, optional values and plain ones."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return typing.cast(Any, kind)(
            **{name: _typed(hints[name], item) for name, item in value.items() if name in hints}
        )
    if isinstance(kind, types.UnionType):
        return None if value is None else _typed(next(k for k in kind.__args__ if k is not type(None)), value)
    if typing.get_origin(kind) is tuple:
        return tuple(_typed(typing.get_args(kind)[0], item) for item in value)
    if kind is float or (isinstance(kind, type) and issubclass(kind, enum.Enum)):
        return kind(value)
    return value
