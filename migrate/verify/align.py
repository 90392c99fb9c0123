"""Which call of the new program stands for which call of the old one.

Two programs of the same style (graph and graph, eager and eager) make the same calls in the same order. In a lifted program functions
stand where runs were, and some runs have become plain Python (reading a variable): there, calls are matched by their line. All calls
of an old line have their counterparts on one new line, or none has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .recording import Call, Recording

_EAGER = ("function", "gradient", "apply")


@dataclass(slots=True)
class Alignment:
    """Pairs of calls in the old program's order, as indices into `Recording.numeric`; what has no counterpart, in words.

    ``missing`` is the first pair of which one side is None although the other made the call.
    """

    pairs: list[tuple[int, int]] = field(default_factory=list)
    missing: tuple[int | None, int | None] | None = None
    notes: list[str] = field(default_factory=list)


def lifted(old: Recording, new: Recording) -> bool:
    """Whether the runs of a graph program have become something else."""
    runs = any(call.kind == "run" for call in old.calls)
    return runs and not any(call.kind == "run" for call in new.calls)


def align(old: Recording, new: Recording) -> Alignment:
    """Match the calls of two runs; a run that was cut short has as many as it got to."""
    if lifted(old, new):
        return _by_line(old.numeric, new.numeric)
    return _in_order(old, new)


def _in_order(old: Recording, new: Recording) -> Alignment:
    before, after = _of_common_kinds(old.numeric, new.numeric)
    found = Alignment(list(zip(before, after, strict=False)))
    a, b = len(before), len(after)
    short = old if a < b else new
    if a != b and short.complete:
        found.missing = (before[b], None) if a > b else (None, after[a])
    return found


def _of_common_kinds(old: Sequence[Call], new: Sequence[Call]) -> tuple[list[int], list[int]]:
    """The calls that count, as indices: a tape that one program leaves to a library is the program's own in another one."""
    kinds = {c.kind for c in old} & {c.kind for c in new}
    if not kinds:
        return list(range(len(old))), list(range(len(new)))
    before, after = ([i for i, c in enumerate(calls) if c.kind in kinds or c.kind == "run"] for calls in (old, new))
    return before, after


# -- lifted programs -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Site:
    """The calls of one line that return values of one form, as indices."""

    form: tuple[tuple[int, str], ...]
    line: str
    calls: list[int] = field(default_factory=list)


def _by_line(old: Sequence[Call], new: Sequence[Call]) -> Alignment:
    functions = any(call.kind == "function" for call in new)
    kinds = {"apply"} | ({"gradient"} if functions else set())
    before, after = _sites(old, set()), _sites(new, kinds)
    matched = _common(before, after)
    found = Alignment()
    for i, j in matched:
        found.pairs += list(zip(before[i].calls, after[j].calls, strict=False))
    found.pairs.sort()
    for label, sites, used in (("old", before, {i for i, _ in matched}), ("new", after, {j for _, j in matched})):
        for k, site in enumerate(sites):
            if k not in used:
                calls = "a call" if len(site.calls) == 1 else f"{len(site.calls)} calls"
                found.notes.append(f"{calls} at {site.line} of the {label} program without counterpart")
    return found


def _sites(calls: Sequence[Call], without: set[str]) -> list[_Site]:
    found: dict[object, _Site] = {}
    for i, call in enumerate(calls):
        if call.kind in without:
            continue
        form = tuple((len([n for n in v.shape if n != 1]), v.dtype.kind) for v in call.values)
        line = f"line {call.at[1]}" if call.at else "an unknown line"
        found.setdefault((call.at, form), _Site(form, line)).calls.append(i)
    return list(found.values())


def _common(old: Sequence[_Site], new: Sequence[_Site]) -> list[tuple[int, int]]:
    """The longest common subsequence of sites with the same form and number of calls, weighted by calls."""
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], _worth(old[i], new[j]) + best[i + 1][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        worth = _worth(old[i], new[j])
        if worth and best[i][j] == worth + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _worth(old: _Site, new: _Site) -> int:
    """How many calls two sites have in common; none unless they return values of the same form, about equally often."""
    if old.form != new.form:
        return 0
    a, b = len(old.calls), len(new.calls)
    return min(a, b) if min(a, b) * 2 > max(a, b) else 0
