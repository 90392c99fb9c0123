"""Weights before training, compared before any was injected: a changed initialiser hides behind injected weights."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .items import pair_up
from .model import Moments, Weight
from .recording import Recording, Variable
from .values import Value, gap

SAME = 1e-5  # initialisers of both versions agree up to rounding
ENOUGH = 100  # values below which a distribution cannot be told
_LEVEL = 1.63  # of Kolmogorov and Smirnov's statistic, for one false alarm in a hundred
_SAME_DRAW = 0.98  # correlation of two draws of one generator that were scaled differently


def table(old: Recording, new: Recording) -> list[Weight]:
    """A row for each trained weight and other float state of either side; what optimizers make starts from constants."""
    found: list[Weight] = []
    for role in ("weight", "state"):
        before, after = (_last_of_each([v for v in run.initial if v.role == role and _counts(v)]) for run in (old, new))
        found += [_row(a, b, how) for a, b, how in pair_up(before, after)]
    return found


def _counts(variable: Variable) -> bool:
    return variable.role == "weight" or (variable.value.dtype.kind == "f" and variable.value.size > 1)


def _last_of_each(variables: Sequence[Variable]) -> list[Variable]:
    """Variables in order; of one that a graph program initialised several times in a row only the last."""
    found: list[Variable] = []
    for variable in variables:
        if found and found[-1].name == variable.name and found[-1].group != variable.group:
            found.pop()
        found.append(variable)
    return found


def _row(old: Variable | None, new: Variable | None, how: str) -> Weight:
    one = old or new
    assert one is not None
    facts = (tuple(one.value.shape), one.value.dtype.name, one.role)
    moments = (moments_of(old.value) if old else None, moments_of(new.value) if new else None)
    if old is None or new is None:
        return Weight(one.name, None, *facts, None, "missing", None, False, *moments)
    error = gap(old.value, new.value).error
    same = "equal" if error <= SAME else distribution(old.value, new.value)
    if old.value.dtype != new.value.dtype:
        same = "differs"
    return Weight(old.name, new.name, *facts, how, same, error, new.injected, *moments)


def moments_of(value: Value) -> Moments | None:
    """Mean, deviation and range; None for sketches and empty arrays."""
    if value.exact is None or not value.size:
        return None
    numbers = value.exact.astype(np.float64)
    return Moments(float(numbers.mean()), float(numbers.std()), float(numbers.min()), float(numbers.max()))


def distribution(old: Value, new: Value) -> str:
    """Whether two different arrays can be draws of one distribution ("other draw"), or not ("differs").

    They cannot if one of them is constant, if one is the other rescaled (the generator agrees, the initialiser does not), if there are
    too few values to tell, or by the test of Kolmogorov and Smirnov.
    """
    if old.exact is None or new.exact is None or old.size != new.size or old.size < ENOUGH:
        return "differs"
    a, b = (value.exact.astype(np.float64).ravel() for value in (old, new))
    if not a.std() or not b.std() or abs(float(np.corrcoef(a, b)[0, 1])) > _SAME_DRAW:
        return "differs"
    everything = np.sort(np.concatenate([a, b]))
    shares = [np.searchsorted(np.sort(x), everything, side="right") / x.size for x in (a, b)]
    statistic = float(np.abs(shares[0] - shares[1]).max())
    return "other draw" if statistic <= _LEVEL * math.sqrt(2 / a.size) else "differs"
