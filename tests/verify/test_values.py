"""Recorded arrays: exact or as sketches, and how far two of them are apart."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from tf2kit.migrate.verify.recorder import arrays
from tf2kit.migrate.verify.values import Value, gap

LARGE = np.random.RandomState(0).standard_normal(100_000).astype(np.float32)


def value(array: Any, exact: int = arrays.EXACT) -> Value:
    """Through JSON, as in a recording."""
    return Value(json.loads(json.dumps(arrays.encode(np.asarray(array), exact))))


def error(old: Any, new: Any) -> float:
    return gap(value(old), value(new)).error


@pytest.mark.parametrize(
    "array", [3, [1.5, math.nan, math.inf], np.arange(100.0).reshape(4, 25), True, np.zeros([0, 3])]
)
def test_small_arrays_come_back_exactly(array: Any) -> None:
    found = value(array).exact
    assert found.dtype == np.asarray(array).dtype
    np.testing.assert_array_equal(found, array)


def test_a_recorded_large_array_is_small() -> None:
    assert len(json.dumps(arrays.encode(LARGE))) < 5000


def test_a_permuted_large_array_is_another_array() -> None:
    assert error(LARGE, LARGE) == 0.0
    assert error(LARGE, np.random.RandomState(1).permutation(LARGE)) > 0.5
    swapped = LARGE.copy()
    swapped[[10, 11]] = swapped[[11, 10]]
    assert error(LARGE, swapped) > 1e-3


def test_a_sketch_measures_a_relative_difference() -> None:
    noise = 1 + 1e-3 * np.random.RandomState(2).standard_normal(LARGE.size)
    assert 3e-4 < error(LARGE, (LARGE * noise).astype(np.float32)) < 1e-2
    assert error(LARGE, (LARGE * (1 + 1e-7)).astype(np.float32)) < 1e-5


def test_an_exact_array_is_compared_with_a_sketch() -> None:
    small = LARGE[:2000]
    assert gap(value(small), value(small, exact=100)).error == 0.0
    assert gap(value(small), value(small[::-1], exact=100)).error > 0.5


def test_the_place_and_both_numbers_of_the_largest_difference_are_known() -> None:
    found = gap(value([[1.0, 2.0], [3.0, 4.0]]), value([[1.0, 2.0], [3.5, 4.0]]))
    assert (found.index, found.old, found.new) == ((1, 0), 3.0, 3.5)
    assert found.error == pytest.approx(0.5 / 3.5)


def test_numbers_near_zero_are_compared_on_the_scale_of_their_array() -> None:
    assert error([1.0, 1e-9], [1.0, -1e-9]) < 1e-6
    assert error([1.0, 0.5], [1.0, 0.5001]) > 1e-4


@pytest.mark.parametrize(
    ("old", "new"),
    [([1.0, math.nan], [1.0, 2.0]), ([1.0, 2.0], [1.0, math.inf]), ([1.0], [1.0, 2.0]), ([[1, 2]], [[1], [2], [3]])],
)
def test_what_cannot_be_subtracted_differs_infinitely(old: Any, new: Any) -> None:
    assert error(old, new) == math.inf


def test_not_a_number_on_both_sides_is_the_same_and_so_is_a_dimension_of_one() -> None:
    assert error([1.0, math.nan], [1.0, math.nan]) == 0.0
    assert error([[1.0], [2.0]], [1.0, 2.0]) == 0.0
    assert error([], []) == 0.0


def test_only_numbers_are_recorded() -> None:
    assert arrays.numeric("text") is None
    assert arrays.numeric([b"a", b"b"]) is None
    assert arrays.numeric(object()) is None
    assert arrays.numeric(1 + 2j).tolist() == [1.0, 2.0]
    assert arrays.numeric(True).dtype == bool


def test_nested_results_have_paths() -> None:
    found = arrays.leaves([None, {"b": 2, "a": (3, [4])}])
    assert found == [("1/a/0", 3), ("1/a/1/0", 4), ("1/b", 2)]
