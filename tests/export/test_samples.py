"""Samples fit the signature they are drawn from, and are the same each time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tf2kit.export import ExportError, Signature, TensorSpec, samples


def signature(**specs: TensorSpec) -> Signature:
    return Signature("serving_default", specs, {})


def test_open_first_sizes_take_the_count_and_others_a_default() -> None:
    drawn = samples.draw(
        signature(x=TensorSpec("x", (None, None, 3), "float32"), one=TensorSpec("one", (1, 2), "float32")), 5
    )
    assert drawn["x"].shape == (5, samples.OPEN, 3)
    assert drawn["one"].shape == (1, 2)
    assert drawn["x"].dtype == np.float32


def test_integers_stay_in_the_range_that_the_model_knows() -> None:
    drawn = samples.draw(signature(x=TensorSpec("x", (None, 50), "int64", 0, 3)), 20)["x"]
    assert set(drawn.reshape(-1)) == {0, 1, 2}


def test_strings_are_words_that_the_model_knows_and_some_that_it_does_not() -> None:
    drawn = samples.draw(signature(x=TensorSpec("x", (None,), "string", words=("Oslo", "Lima"))), 60)["x"]
    assert {b"Oslo", b"Lima"} < set(drawn)
    assert len(set(drawn)) > 2
    texts = samples.draw(signature(x=TensorSpec("x", (None,), "string", words=("Oslo", "Lima"), text=True)), 60)["x"]
    assert any(b"Oslo Lima" in text for text in texts)


def test_the_same_seed_draws_the_same_and_inputs_differ_from_each_other() -> None:
    two = signature(a=TensorSpec("a", (None, 4), "float32"), b=TensorSpec("b", (None, 4), "float32"))
    first, again, other = samples.draw(two, 3, 1), samples.draw(two, 3, 1), samples.draw(two, 3, 2)
    assert np.array_equal(first["a"], again["a"])
    assert not np.array_equal(first["a"], other["a"])
    assert not np.array_equal(first["a"], first["b"])


def test_a_type_without_samples_asks_for_a_file() -> None:
    with pytest.raises(ExportError, match="variant") as raised:
        samples.draw(signature(x=TensorSpec("x", (), "variant")))
    assert "--samples" in raised.value.todo


@pytest.fixture
def one() -> Signature:
    return signature(x=TensorSpec("x", (None, 2), "float32"))


def test_files_give_arrays_as_the_types_of_the_inputs(one: Signature, tmp_path: Path) -> None:
    np.savez(tmp_path / "s.npz", x=np.arange(6).reshape(3, 2))
    assert samples.read(tmp_path / "s.npz", one)["x"].dtype == np.float32


@pytest.mark.parametrize(
    ("arrays", "said"), [({"z": np.zeros((3, 2))}, 'no array "x"'), ({"x": np.zeros((3, 5))}, "3×5")]
)
def test_files_that_do_not_fit_are_refused(one: Signature, tmp_path: Path, arrays: dict, said: str) -> None:
    np.savez(tmp_path / "s.npz", **arrays)
    with pytest.raises(ExportError, match=said):
        samples.read(tmp_path / "s.npz", one)


def test_pickles_and_missing_files_are_refused(one: Signature, tmp_path: Path) -> None:
    np.savez(tmp_path / "s.npz", x=np.array([{}], object), allow_pickle=True)
    for name in ("s.npz", "none.npz"):
        with pytest.raises(ExportError, match="cannot be read"):
            samples.read(tmp_path / name, one)
