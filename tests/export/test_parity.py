"""What counts as the same number."""

from __future__ import annotations

import numpy as np
import pytest

from tf2kit.export import parity


def error(expected: object, actual: object) -> parity.OutputError:
    return parity.compare({"y": np.asarray(expected)}, {"y": np.asarray(actual)})[0]


def test_errors_are_relative_to_large_numbers_and_absolute_for_small_ones() -> None:
    assert error([1000.0], [1000.5]).max_rel == pytest.approx(5e-4)
    assert error([0.001], [0.0015]).max_rel == pytest.approx(5e-4)
    assert error([1000.0, 0.0], [1000.5, 0.0]).max_abs == 0.5
    assert error([1000.0, 0.0], [1000.5, 0.0]).mean_abs == 0.25


def test_an_error_at_the_tolerance_is_within_it_and_a_larger_one_is_not() -> None:
    rows = [error([0.5], [0.75])]
    assert parity.within(rows, 0.25)
    assert not parity.within(rows, 0.24)


def test_a_number_that_is_none_is_no_small_error() -> None:
    assert error([1.0, 2.0], [1.0, np.nan]).max_rel == np.inf
    assert error([1.0, np.inf], [1.0, 2.0]).max_rel == np.inf
    assert error([np.nan, np.inf], [np.nan, np.inf]).max_rel == 0


def test_another_shape_and_a_missing_output_are_said_in_words() -> None:
    assert "(2,)" in error([1.0], [1.0, 1.0]).note
    missing = parity.compare({"y": np.zeros(2)}, {"z": np.zeros(2)})
    assert "no such output" in missing[0].note
    assert not parity.within(missing, 1.0)


def test_no_outputs_prove_nothing() -> None:
    assert not parity.within([], 1.0)


def test_strings_are_the_same_or_not() -> None:
    assert error([b"a", b"b"], ["a", "b"]).max_rel == 0
    assert "1 of 2" in error([b"a", b"b"], ["a", "c"]).note


def test_the_top_class_is_compared_row_by_row() -> None:
    assert error([[0.1, 0.9], [0.8, 0.2]], [[0.2, 0.8], [0.4, 0.6]]).top1 == 0.5
    assert error([[3.0], [4.0]], [[3.0], [4.0]]).top1 is None


def test_integers_of_other_sizes_are_compared_by_value() -> None:
    assert error(np.int64([3, 4]), np.int32([3, 4])).max_rel == 0
    assert error(np.int64([3]), np.int32([4])).max_rel > 0.1
