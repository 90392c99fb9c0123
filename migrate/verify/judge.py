"""From gaps to a verdict: what is allowed where, and where the two programs part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .items import Item, Key
from .model import Evidence, Verdict

FACTOR = 5.0  # how many times the reference's own noise is allowed
AHEAD = 1  # noise may show this many calls earlier than it did in the perturbed runs
QUIET = 1e-2  # something must agree where less than this is allowed, or agreement within noise says nothing
UNSTABLE = (
    1e-2  # a number that a change of the weights by 1e-6 moves by more, when it first occurs, is not reproducible
)
FEW_PRINTED = 5  # printed numbers that prove nothing where nothing else is compared
_ORDER = ("run", "summary", "printed", "weights", "optimizer state")


class Noise:
    """How far the reference is from itself when its weights are moved: by item, and the largest up to each call.

    Args:
      errors: relative differences by item, the largest of several runs.
    """

    def __init__(self, errors: Mapping[Key, float]) -> None:
        self.errors = errors
        by_call: dict[int, float] = {}
        for (what, number, _), error in errors.items():
            if what == "run" and isinstance(number, int):
                by_call[number] = max(by_call.get(number, 0.0), error)
        self.upto = [by_call.get(i, 0.0) for i in range(max(by_call, default=-1) + 1)]
        for i in range(1, len(self.upto)):
            self.upto[i] = max(self.upto[i - 1], self.upto[i])

    @classmethod
    def measured(cls, runs: Sequence[Sequence[Item]]) -> Noise:
        """The largest of several perturbed runs."""
        errors: dict[Key, float] = {}
        for item in (item for items in runs for item in items):
            errors[item.key] = max(errors.get(item.key, 0.0), item.gap.error)
        return cls(errors)

    def at(self, item: Item) -> float:
        """The noise of an item: for a call, the largest until shortly after it; for anything else at least that of the calls."""
        if not self.upto:
            return self.errors.get(item.key, 0.0)
        if item.what == "run" and isinstance(item.key[1], int):
            return self.upto[min(max(item.key[1], 0) + AHEAD, len(self.upto) - 1)]
        return max(self.errors.get(item.key, 0.0), self.upto[-1] if item.what != "printed" else 0.0)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on numbers (not on initial weights), the item where they part, and what else the report shows."""

    verdict: Verdict
    evidence: Evidence
    largest: float
    first: Item | None = None
    allowed: float = 0.0
    ignored: tuple[str, ...] = ()


def judge(items: Sequence[Item], tolerance: float, noise: Noise | None = None) -> Judgement:
    """The verdict on a list of items."""
    unstable = _unstable(items, noise)
    counted = [item for item in items if not item.ignored and _slot(item) not in unstable]
    evidence = _evidence(counted)
    largest = max((item.gap.error for item in counted), default=0.0)
    allowed = {id(item): max(tolerance, FACTOR * noise.at(item) if noise else 0.0) for item in counted}
    beyond = [item for item in counted if not item.gap.error <= allowed[id(item)]]
    ignored = tuple(sorted(unstable.values()))
    if beyond:
        first = min(beyond, key=lambda item: (_ORDER.index(item.what), item.step))
        return Judgement(Verdict.DIVERGES, evidence, largest, first, allowed[id(first)], ignored)
    loud = all(limit > max(QUIET, tolerance) for limit in allowed.values())
    if not enough(evidence) or loud:
        return Judgement(Verdict.NOT_COMPARABLE, evidence, largest, ignored=ignored)
    verdict = Verdict.EQUAL if largest else Verdict.IDENTICAL
    return Judgement(verdict if largest <= tolerance else Verdict.NOISE, evidence, largest, ignored=ignored)


def enough(evidence: Evidence) -> bool:
    """Whether agreement on this says anything."""
    return evidence.total > evidence.printed or evidence.printed >= FEW_PRINTED


def _evidence(items: Sequence[Item]) -> Evidence:
    counts: dict[str, int] = {}
    for item in items:
        counts[item.what] = counts.get(item.what, 0) + item.count
    return Evidence(*(counts.get(what, 0) for what in ("run", "weights", "optimizer state", "summary", "printed")))


def _slot(item: Item) -> tuple[object, ...]:
    """What makes two items values of the same thing: the line and the tensor of a call, the line that prints, the tag."""
    return (item.what, item.old_at, item.tensor if item.what in ("run", "weights", "optimizer state") else "")


def _unstable(items: Sequence[Item], noise: Noise | None) -> Mapping[tuple[object, ...], str]:
    """Slots whose numbers the reference itself does not reproduce, in words."""
    if noise is None:
        return {}
    found: dict[tuple[object, ...], str] = {}
    seen: set[tuple[object, ...]] = set()
    for item in items:
        slot = _slot(item)
        if item.what not in ("run", "printed") or slot in seen:
            continue
        seen.add(slot)
        if noise.errors.get(item.key, 0.0) > UNSTABLE and _before(item, noise) <= UNSTABLE:
            line = f" at line {item.old_at[1]}" if item.old_at else ""
            found[slot] = f"{item.tensor}{line} differs from run to run in the reference and was left out"
    return found


def _before(item: Item, noise: Noise) -> float:
    """The noise of calls before an item's."""
    if item.what != "run" or not isinstance(item.key[1], int):
        return noise.upto[-1] if noise.upto else 0.0
    return noise.upto[item.key[1] - 1] if 0 < item.key[1] <= len(noise.upto) else 0.0
