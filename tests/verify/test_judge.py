"""From gaps to a verdict."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tf2kit.migrate.verify.initial import distribution
from tf2kit.migrate.verify.items import Item
from tf2kit.migrate.verify.judge import Judgement, Noise, judge
from tf2kit.migrate.verify.model import Verdict
from tf2kit.migrate.verify.recorder import arrays
from tf2kit.migrate.verify.values import Gap, Value


def runs(*errors: float) -> list[Item]:
    return [Item("run", ("run", i, 0), "loss", Gap(e, (), 1.0, 1.0 + e), 1, i + 1) for i, e in enumerate(errors)]


def printed(*errors: float) -> list[Item]:
    return [Item("printed", ("printed", i, 0), f"line {i}", Gap(e, (), 1.0, 2.0), 1) for i, e in enumerate(errors)]


def found(items: list[Item], *noise: list[Item]) -> Judgement:
    return judge(items, 1e-4, Noise.measured(noise) if noise else None)


@pytest.mark.parametrize(
    ("errors", "verdict"),
    [
        ((0, 0), Verdict.IDENTICAL),
        ((0, 1e-5), Verdict.EQUAL),
        ((1e-5, 2e-4), Verdict.DIVERGES),
        ((math.nan,), Verdict.DIVERGES),
    ],
)
def test_the_largest_difference_decides(errors: tuple[float, ...], verdict: Verdict) -> None:
    assert found(runs(*errors)).verdict is verdict


def test_the_first_call_that_differs_is_named_and_calls_come_before_prints() -> None:
    judgement = found([*printed(1.0), *runs(0, 1e-3, 1.0)])
    assert judgement.first is not None
    assert (judgement.first.what, judgement.first.step) == ("run", 2)


def test_noise_of_the_reference_is_allowed_five_times() -> None:
    noise = runs(1e-6, 1e-4, 1e-3, 1e-2)
    assert found(runs(1e-6, 2e-4, 4e-3, 4e-2), noise).verdict is Verdict.NOISE
    assert found(runs(1e-6, 2e-4, 4e-3, 6e-2), noise).verdict is Verdict.DIVERGES


def test_noise_everywhere_proves_nothing() -> None:
    assert found(runs(2e-3, 1e-2), runs(5e-3, 1e-2)).verdict is Verdict.NOT_COMPARABLE


def test_noise_that_comes_later_excuses_nothing_before() -> None:
    assert found(runs(1e-2, 0, 0, 0, 0, 0), runs(1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1.0)).verdict is Verdict.DIVERGES


def test_what_the_reference_does_not_reproduce_is_left_out() -> None:
    judgement = found([*runs(0, 0), *printed(0.5, 0, 0)], [*runs(0, 0), *printed(0.7, 0, 0)])
    assert judgement.verdict is Verdict.IDENTICAL
    assert "line 0" not in str(judgement.first)
    assert len(judgement.ignored) == 1


def test_nothing_and_a_few_printed_numbers_prove_nothing() -> None:
    assert found([]).verdict is Verdict.NOT_COMPARABLE
    assert found(printed(0, 0, 0, 0)).verdict is Verdict.NOT_COMPARABLE
    assert found(printed(0, 0, 0, 0, 0)).verdict is Verdict.IDENTICAL
    assert found(runs(0)).verdict is Verdict.IDENTICAL


def test_ignored_lines_count_neither_way() -> None:
    line = Item("printed", ("printed", 0, 0), "3 s", Gap(1.0), 1, ignored="it tells the time")
    assert found([line]).verdict is Verdict.NOT_COMPARABLE


DRAW = np.random.RandomState(3)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (DRAW.standard_normal(4000), DRAW.standard_normal(4000), "other draw"),
        (DRAW.standard_normal(4000), DRAW.uniform(-1.7, 1.7, 4000), "differs"),
        (DRAW.standard_normal(4000), 0.8 * DRAW.standard_normal(4000), "differs"),
        (DRAW.standard_normal(50), DRAW.standard_normal(50), "differs"),
        (np.zeros(4000), np.full(4000, 0.1), "differs"),
    ],
)
def test_two_draws_of_one_distribution_are_told_from_two_distributions(
    old: np.ndarray[tuple[int], np.dtype[np.float64]], new: np.ndarray[tuple[int], np.dtype[np.float64]], same: str
) -> None:
    assert distribution(*(Value(arrays.encode(a)) for a in (old, new))) == same


def test_one_draw_scaled_is_another_initialiser() -> None:
    draw = DRAW.standard_normal(4000)
    assert distribution(*(Value(arrays.encode(a)) for a in (draw, 0.99 * draw))) == "differs"
