"""NumPy 1's arrays of rows that differ in length."""

from __future__ import annotations

import numpy as np
import pytest

from tf2kit.compat.numpy1 import ragged_array


def test_regular_rows_give_the_array_that_numpy_gives() -> None:
    rows = [(1, 2), (3, 4)]
    assert ragged_array(rows).dtype == np.array(rows).dtype
    assert ragged_array(rows).tolist() == [[1, 2], [3, 4]]


def test_rows_of_pairs_with_different_lengths_become_objects_as_in_numpy_1() -> None:
    made = ragged_array([(np.zeros(3), np.zeros(2)), (np.ones(3), np.ones(2))])
    assert (made.dtype, made.shape) == (np.dtype(object), (2, 2))  # what NumPy 1.18 printed
    assert made[1, 1].tolist() == [1.0, 1.0]


def test_other_errors_of_numpy_are_not_hidden() -> None:
    with pytest.raises(TypeError):
        ragged_array()  # type: ignore[call-arg]
