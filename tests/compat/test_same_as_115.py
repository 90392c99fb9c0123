"""Numbers, names of variables and collections are those that TensorFlow 1.15 gave (see record.py)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.compat import available, harness
from tests.compat.comparison import differences, load

CASES = harness.parts()
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("case", [f"{part}.{name}" for part in CASES for name in load(part)])
def test_a_case_gives_the_numbers_and_names_of_115(case: str, here: dict[str, Any]) -> None:
    part, _, name = case.partition(".")
    assert "error" not in here[case], here[case].get("error")
    assert not list(differences(load(part)[name], here[case]))


def test_no_case_is_without_a_recording(here: dict[str, Any]) -> None:
    assert {f"{part}.{name}" for part in CASES for name in load(part)} == {
        k for k in here if k.partition(".")[0] in CASES
    }


def test_hparams_and_vocabularies_give_the_values_and_errors_of_115(here: dict[str, Any]) -> None:
    assert here["pure"] == load("pure")


def test_mnist_batches_come_in_the_order_of_115(here: dict[str, Any]) -> None:
    assert here["mnist"] == load("mnist")


def test_eager_gradients_are_those_of_115(here: dict[str, Any]) -> None:
    assert not list(differences(load("eager"), here["eager"]))


def test_every_available_name_can_be_imported(here: dict[str, Any]) -> None:
    assert here["missing"] == []


def test_available_names_are_exactly_those_of_115_that_are_here(here: dict[str, Any]) -> None:
    assert here["available"] == available.listed(load("names"), here["names"])


def test_every_public_name_of_contrib_is_here_or_has_its_own_explanation(here: dict[str, Any]) -> None:
    assert here["unexplained"] == []
