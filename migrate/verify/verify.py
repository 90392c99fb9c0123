"""The story of a comparison: run both programs, compare, and look closer only where they are not equal.

1. Both run with the same seeds; the new one takes over the old one's initial weights. Equal numbers and equal initial weights: done.
2. Otherwise, if random numbers are drawn in TensorFlow, both run again with random operations replaced by fixed numbers of the same
   distributions. That tells another generator from another initialiser, rate or deviation.
3. If numbers still differ, the old program runs twice more with its initial weights moved by 1e-6: what it does not reproduce itself,
   nobody can ask of the new one. Where both drew the same initial weights, this comes before 2.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from . import child, initial, outcome
from .items import Item, items
from .judge import Judgement, Noise, judge
from .lab import Lab, Options, Progress, Variant
from .model import Comparison, Verdict, Weight
from .recording import Recording
from .stage import Program


def verify(
    old: Program,
    new: Program,
    arguments: tuple[str, ...] = (),
    options: Options | None = None,
    execute: child.Execute = child.execute,
    progress: Progress = lambda _: None,
) -> Comparison:
    """Run and compare two programs. This executes the user's code.

    Args:
      old: the TensorFlow 1 program; it is not run where ``options.recorded`` stands for it.
      new: what it became.
      arguments: given to both.
      options: see `lab.Options`.
      execute: runs a job; tests put a faster one in its place.
      progress: told what is being done.

    Raises:
      stage.StageError: a program cannot be copied.
    """
    with tempfile.TemporaryDirectory(prefix="tf2kit-verify-") as scratch:
        lab = Lab(old, new, arguments, options or Options(), Path(scratch), execute, progress)
        return _compare(lab)


def _compare(lab: Lab) -> Comparison:
    views = [_View.of(lab, Variant(neutral=lab.options.neutralise == "always"))]
    first = views[0]
    if reason := outcome.failure(first.old, first.new):
        return outcome.failed(lab, first.old, first.new, reason)
    if first.apart and first.same_start:
        first.measure(lab)
    for variant in _closer(lab, first):
        again = _View.of(lab, variant)
        if outcome.failure(again.old, again.new) or again.new.shuffled is not first.old.shuffled:
            continue
        views.append(again)
        if variant.neutral and first.apart and again.apart:  # fixed numbers do not make rounding smaller
            again.measure(lab)
    best = _best(views)
    if best.apart and best.noise is None:
        best.measure(lab)
    weights = _resolved(views)
    return outcome.comparison(lab, best.old, best.new, best.found, best.judgement, weights, best.noise, best.notes)


def _closer(lab: Lab, first: _View) -> list[Variant]:
    """The variants in which to look again: data in order where a queue shuffled it, then random operations replaced too."""
    if not first.drawn or lab.options.neutralise != "auto":
        return []
    shuffled = first.old.shuffled
    wanted = [Variant(in_order=True)] if shuffled else []
    return [v for v in [*wanted, Variant(neutral=True, in_order=shuffled)] if lab.can(v)]


class _View:
    """Both programs in one variant."""

    def __init__(self, variant: Variant, old: Recording, new: Recording, tolerance: float) -> None:
        self.variant, self.old, self.new = variant, old, new
        self.tolerance = tolerance
        self.found: list[Item]
        self.found, self.notes = items(old, new)
        self.noise: Noise | None = None
        self.judgement: Judgement = judge(self.found, tolerance)
        self.weights: list[Weight] = initial.table(old, new)

    @classmethod
    def of(cls, lab: Lab, variant: Variant) -> _View:
        return cls(variant, *lab.both(variant), lab.options.tolerance)

    @property
    def apart(self) -> bool:
        """Whether the numbers differ."""
        return self.judgement.verdict is Verdict.DIVERGES

    @property
    def same_start(self) -> bool:
        """Whether both programs drew the same initial weights, so that they draw the same later on."""
        return all(w.same == "equal" for w in self.weights)

    @property
    def drawn(self) -> bool:
        """Whether other random draws may be why something is not equal."""
        if any(w.same in ("other draw", "differs") for w in self.weights):
            return bool(self.old.randoms or self.new.randoms)
        return self.apart and (self.old.shuffled or any(c.draws for c in (*self.old.calls, *self.new.calls)))

    def measure(self, lab: Lab) -> None:
        """Judge again with the reference's noise."""
        self.noise = lab.noise(self.old, self.variant)
        self.judgement = judge(self.found, self.tolerance, self.noise)


def _best(views: list[_View]) -> _View:
    """The first view that agrees; else the plain one, or the last where the plain one differs because the generators do."""
    plain, last = views[0], views[-1]
    agreeing = next((v for v in views if not v.apart), None)
    return agreeing or (plain if plain.same_start else last)


def _resolved(views: list[_View]) -> list[Weight]:
    """The table of initial weights; where random operations were replaced too, equal values there mean another draw here."""
    plain, last = views[0], views[-1]
    if plain is last or not last.variant.neutral:
        return plain.weights
    exact = {(w.name, w.shape): w.same for w in last.weights}
    return [
        replace(w, same="other draw" if exact.get((w.name, w.shape)) == "equal" else "differs")
        if w.same in ("other draw", "differs")
        else w
        for w in plain.weights
    ]
