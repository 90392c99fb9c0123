"""Numbers in printed lines: which lines belong together, how far their numbers are apart, and which lines only tell the time."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .values import SMALL, TINY, Gap

NUMBER = re.compile(
    r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf|nan)(?![\w])", re.IGNORECASE
)
FINE = 1e-2  # a last place that is less of the number is worth ignoring
_UNIT = r"(?:s|secs?|seconds?|ms|us|min|mins|minutes?|h|hours?|days?)"
_CLOCK = r"\d+:\d\d:\d\d(?:\.\d+)?"
_AMOUNT = rf"(?:{_CLOCK}|[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?)"
_TIME = re.compile(
    rf"\b(?:time|took|elapsed|duration|speed|eta|cost time)\b\W{{0,4}}(?:[a-z]+\W{{1,3}})?{_AMOUNT}\s*{_UNIT}?\b"
    rf"|(?<![\w.]){_AMOUNT}\s*(?:\w+ ?/ ?)?(?:per )?{_UNIT}\b(?:/\w+)?"
    rf"|{_CLOCK}|\d{{4}}-\d\d-\d\d",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b0x[0-9a-f]{6,}|(^|[\s'\"=(])/[\w.-]+/|<[\w.]+ object|\bTensor\(|<tf\.|tfevents|\bversion\b", re.IGNORECASE
)
_BAR = re.compile(r"\d+/\d+ \[|━|\r|\x08|it/s")


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of lines by index (None where a side has no counterpart), the gap of their numbers, how many, and why it is ignored."""

    old: int | None
    new: int | None
    gap: Gap
    count: int
    ignored: str = ""


def compare(old: Sequence[str], new: Sequence[str], cut_short: bool = False) -> Iterator[Row]:
    """Compare lines with the same words around their numbers.

    Args:
      old: lines of the reference.
      new: lines of the candidate.
      cut_short: one of the programs was stopped, so that lines at the end may be missing.
    """
    old, new = [_TIME.sub("~", text) for text in old], [_TIME.sub("~", text) for text in new]
    matcher = difflib.SequenceMatcher(None, [words(t) for t in old], [words(t) for t in new], autojunk=False)
    for tag, i, end, j, last in matcher.get_opcodes():
        if tag == "equal":
            yield from (_row(a, b, old[a], new[b]) for a, b in zip(range(i, end), range(j, last), strict=True))
        elif not (cut_short and (end == len(old) or last == len(new))):
            yield from _unmatched(old, new, range(i, end), range(j, last))


def words(text: str) -> str:
    """A line with its numbers taken out, and without the spaces that printed arrays add around them."""
    return " ".join(re.sub(r"([][(),:=])", r" \1 ", NUMBER.sub("#", text)).split())


def _row(i: int, j: int, old: str, new: str) -> Row:
    numbers = NUMBER.findall(old)
    gaps = [_gap(a, b) for a, b in zip(numbers, NUMBER.findall(new), strict=True)]
    worst = max(gaps, key=lambda g: g.error, default=Gap(0.0))
    return Row(i, j, worst, len(numbers), ignored_because(old))


def _unmatched(old: Sequence[str], new: Sequence[str], a: range, b: range) -> Iterator[Row]:
    for i in a:
        detail = "the new program does not print this line"
        yield Row(i, None, Gap(math.inf, detail=detail), 0, ignored_because(old[i]))
    for j in b:
        yield Row(None, j, Gap(math.inf, detail="the old program does not print this line"), 0, ignored_because(new[j]))


def ignored_because(text: str) -> str:
    """Why the numbers of a line, from which times have been taken out, are not results; or an empty string."""
    if not NUMBER.search(text):
        return "it tells the time" if "~" in text else "it has no number"
    for pattern, reason in ((_BAR, "it is a progress bar"), (_PLACE, "it names a place")):
        if pattern.search(text):
            return reason
    return ""


def _gap(old: str, new: str) -> Gap:
    """Relative difference of two numbers; in those printed with enough decimals one in the last place may be rounding."""
    a, b = float(old), float(new)
    if old == new or a == b or (math.isnan(a) and math.isnan(b)):
        return Gap(0.0, (), a, b)
    if not (math.isfinite(a) and math.isfinite(b)):
        return Gap(math.inf, (), a, b)
    apart = abs(a - b)
    unit = max(_unit(old), _unit(new)) if "." in old and "." in new else 0.0
    if apart <= 1.001 * unit <= FINE * max(abs(a), abs(b)):
        return Gap(TINY, (), a, b)
    return Gap(apart / max(abs(a), abs(b), SMALL), (), a, b)


def _unit(number: str) -> float:
    """One in the last printed place."""
    mantissa, _, exponent = number.lower().partition("e")
    return float(10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2])))
