"""Walk over JSON text and know the place of every value. All errors are `json.JSONDecodeError`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[ \t\n\r]*")


def skip(text: str, at: int) -> int:
    """The first place from ``at`` on that is not white space."""
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]  # matches the empty string at least


def value(text: str, at: int) -> tuple[Any, int]:
    """The value that starts at ``at``, and where it ends."""
    return DECODER.raw_decode(text, at)


def _expect(text: str, at: int, wanted: str) -> str:
    if at >= len(text) or text[at] not in wanted:
        raise json.JSONDecodeError(f"expecting one of {wanted}", text, at)
    return text[at]


def members(text: str, at: int, visit: Callable[[str, int], int]) -> int:
    """Call ``visit(key, place of the value) -> end of the value`` for each member of the object at ``at``; return its end."""
    at = skip(text, at + 1)
    if text[at : at + 1] == "}":
        return at + 1
    while True:
        _expect(text, at, '"')
        key, at = value(text, at)
        at = skip(text, at)
        _expect(text, at, ":")
        at = skip(text, at + 1)
        _expect_more(text, at)
        at = skip(text, visit(str(key), at))
        if _expect(text, at, ",}") == "}":
            return at + 1
        at = skip(text, at + 1)


def elements(text: str, at: int, visit: Callable[[int], int]) -> int:
    """Call ``visit(place) -> end`` for each element of the array at ``at``; return the array's end."""
    at = skip(text, at + 1)
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        _expect_more(text, at)
        at = skip(text, visit(at))
        if _expect(text, at, ",]") == "]":
            return at + 1
        at = skip(text, at + 1)


def _expect_more(text: str, at: int) -> None:
    if at >= len(text):
        raise json.JSONDecodeError("expecting a value", text, at)
