"""Everything of two runs that is compared, as one list of items with a gap each."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from . import printed
from .align import Alignment, align, lifted
from .recording import Call, Recording, Variable, Where
from .values import COARSE, Gap, Value, gap

_CLOCK = re.compile(r"/sec$|fraction_(over|of)_\d+_of_\d+_full$")  # tags of TensorFlow's own that depend on time
Key = tuple[str, int | str, int]


@dataclass(frozen=True, slots=True)
class Item:
    """One compared value.

    Attributes:
      what: "run", "weights", "optimizer state", "summary" or "printed".
      key: the same for the same thing of the old program in every comparison.
      tensor: its name for people.
      gap: how far apart the two sides are.
      count: how many numbers were compared.
      step: the number of the call, from 1; 0 for what is not a call's.
      trains: whether the call changes variables.
      old_at, new_at: where it was computed.
      ignored: why it does not count, or empty.
    """

    what: str
    key: Key
    tensor: str
    gap: Gap
    count: int
    step: int = 0
    kind: str = ""
    trains: bool = False
    old_at: Where = None
    new_at: Where = None
    ignored: str = ""
    old_text: str = ""
    new_text: str = ""


def items(old: Recording, new: Recording) -> tuple[list[Item], list[str]]:
    """All items, in the order in which a divergence is looked for, and notes on what has no counterpart."""
    alignment = align(old, new)
    found = list(_calls(old, new, alignment))
    found += _summaries(old, new)
    found += _lines(old, new)
    same_end = old.ended == new.ended and (old.complete or old.steps == new.steps)
    if same_end and old.steps:  # weights that nothing changed are those at the start
        found += _final(old, new)
    return found, alignment.notes


def _calls(old: Recording, new: Recording, alignment: Alignment) -> Iterator[Item]:
    scales: dict[object, float] = {}
    before, after = old.numeric, new.numeric
    for number, (i, j) in enumerate(alignment.pairs, 1):
        yield from _call(before[i], after[j], (number, i), scales)
    if alignment.missing is not None:
        k, m = alignment.missing
        number = len(alignment.pairs) + 1
        call = before[k] if k is not None else after[m or 0]
        side, other = ("old", "new") if k is not None else ("new", "old")
        detail = f"the {side} program makes this call, the {other} one has ended ({len(before)} and {len(after)} calls)"
        places = (call.at, None) if k is not None else (None, call.at)
        yield Item(
            "run", ("run", -1, 0), call.names[0], Gap(math.inf, detail=detail), 0, number, call.kind, False, *places
        )


def _call(old: Call, new: Call, number: tuple[int, int], scales: dict[object, float]) -> Iterator[Item]:
    if len(old.values) != len(new.values):
        detail = f"{len(old.values)} values ({', '.join(old.names)}) became {len(new.values)} ({', '.join(new.names)})"
        missing = Gap(math.inf, detail=detail)
        key = ("run", number[1], 0)
        yield Item("run", key, old.names[0], missing, 0, number[0], old.kind, old.trains, old.at, new.at)
        return
    for k, (name, a, b) in enumerate(zip(old.names, old.values, new.values, strict=True)):
        place = (old.at, len(old.values), k)
        scales[place] = max(scales.get(place, 0.0), a.largest())
        found = _typed(a, b) if old.kind == new.kind else None
        found = found or gap(a, b, scales[place])
        key = ("run", number[1], k)
        yield Item("run", key, name, found, a.size, number[0], old.kind, old.trains, old.at, new.at)


def _typed(old: Value, new: Value) -> Gap | None:
    """Another precision of floats is another computation, even where the numbers still agree."""
    if old.dtype.kind == new.dtype.kind == "f" and old.dtype.itemsize != new.dtype.itemsize:
        return Gap(math.inf, detail=f"{old.dtype.name} became {new.dtype.name}")
    return None


def _summaries(old: Recording, new: Recording) -> Iterator[Item]:
    before, after = _by_tag(old), _by_tag(new)
    shorter = not (old.complete and new.complete)
    for tag, rows in before.items():
        others = after.get(tag, [])
        for i, (step, value) in enumerate(rows):
            if i >= len(others):
                if not shorter:
                    detail = f"the old program writes it {len(rows)} times, the new one {len(others)} times"
                    yield Item("summary", ("summary", tag, i), tag, Gap(math.inf, detail=detail), 0)
                break
            found = gap(_number(value), _number(others[i][1]), max(abs(v) for _, v in rows))
            if step != others[i][0]:
                found = Gap(math.inf, (), value, others[i][1], f"step {step} became step {others[i][0]}")
            yield Item("summary", ("summary", tag, i), f"{tag} at step {step}", found, 1)


def _by_tag(recording: Recording) -> dict[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for summary in recording.summaries:
        if not _CLOCK.search(summary.tag):
            found[summary.tag].append((summary.step, summary.value))
    return found


def _number(value: float) -> Value:
    return Value({"d": "<f8", "s": [], "v": [value]})


def _lines(old: Recording, new: Recording) -> Iterator[Item]:
    shorter = not (old.complete and new.complete)
    for row in printed.compare([line.text for line in old.lines], [line.text for line in new.lines], shorter):
        i, j = row.old, row.new
        a, b = None if i is None else old.lines[i], None if j is None else new.lines[j]
        key = ("printed", i if i is not None else -1 - (j or 0), 0)
        texts = (a.text if a else "", b.text if b else "")
        yield Item(
            "printed",
            key,
            texts[0] or texts[1],
            row.gap,
            row.count,
            old_at=a.at if a else None,
            new_at=b.at if b else None,
            ignored=row.ignored,
            old_text=texts[0],
            new_text=texts[1],
        )


# -- weights at the end ----------------------------------------------------------------------------------------------


def _final(old: Recording, new: Recording) -> Iterator[Item]:
    same_style = not lifted(old, new)
    for what, role in (("weights", "weight"), ("weights", "state"), ("optimizer state", "optimizer")):
        before, after = ([v for v in run.final if v.role == role and (same_style or _lasts(v))] for run in (old, new))
        after = _with_partners(after, new)
        pairs = pair_up(before if same_style else latest(before, after), after)
        for n, (a, b, how) in enumerate(pairs):
            if a is None or b is None or (role == "optimizer" and how != "name"):
                continue  # optimizers of Keras keep other quantities than those of TensorFlow 1, under other names
            found = _typed(a.value, b.value) or gap(a.value, b.value, small=COARSE)
            yield Item(what, (what, a.name, n), a.name, found, a.value.size)


def _lasts(variable: Variable) -> bool:
    """Whether a variable of a graph program also exists in a lifted one: counters and the slots of optimizers do not."""
    return variable.role == "weight" or (
        variable.role == "state" and variable.value.dtype.kind == "f" and variable.value.size > 1
    )


def _with_partners(final: Sequence[Variable], run: Recording) -> list[Variable]:
    """Final variables with the partners that were found for them at the start; eager variables may share a name."""
    starts: dict[str, list[str | None]] = defaultdict(list)
    for variable in run.initial:
        starts[variable.name].append(variable.got)
    found = []
    for variable in final:
        queue = starts.get(variable.name)
        got = (queue.pop(0) if len(queue) > 1 else queue[0]) if queue else None
        found.append(replace(variable, got=got))
    return found


def latest(old: Sequence[Variable], new: Sequence[Variable]) -> list[Variable]:
    """Without values that later sessions changed: an estimator has a session for each ``train``, and its variables one value at the end."""
    left = Counter(v.name for v in old)
    wanted = Counter(v.got or v.name for v in new)
    found = []
    for variable in old:
        if left[variable.name] > wanted[variable.name] > 0:
            left[variable.name] -= 1
        else:
            found.append(variable)
    return found


def pair_up(old: Sequence[Variable], new: Sequence[Variable]) -> list[tuple[Variable | None, Variable | None, str]]:
    """Pairs of variables and how they were found: by "name" (also of the partner at the start), else in "order" among equal shapes."""
    free = list(new)
    found: dict[int, tuple[Variable, str]] = {}
    for how in ("name", "order"):
        for i, a in enumerate(old):
            if i in found:
                continue
            fits = [b for b in free if (a.name in (b.name, b.got) if how == "name" else _alike(a, b))]
            if fits:
                found[i] = (fits[0], how)
                free.remove(fits[0])
    pairs: list[tuple[Variable | None, Variable | None, str]] = [
        (a, *(found.get(i) or (None, ""))) for i, a in enumerate(old)
    ]
    return pairs + [(None, b, "") for b in free]


def _alike(old: Variable, new: Variable) -> bool:
    same = old.value.shape == new.value.shape and old.value.dtype.kind == new.value.dtype.kind
    return same and new.got is None
