"""The 86 names of tf.contrib that a corpus of old programs uses: each works and is held to 1.15, or says what to use instead.

data/contrib_use.json lists them with the numbers of uses and of files. Also: what we wrote takes what 1.15's functions took.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from tests.compat.comparison import differences, load
from tf2kit.compat import contrib

USES = json.loads((Path(__file__).parent / "data" / "contrib_use.json").read_text())
SYMBOLS = [row["symbol"].removesuffix(" (import only)").removeprefix("tf.contrib.") for row in USES]
GONE = {
    "boosted_trees.estimator_batch.estimator": "tensorflow_decision_forests",
    "boosted_trees.proto.learner_pb2": "tensorflow_decision_forests",
    "tensor_forest.python.tensor_forest": "tensorflow_decision_forests",
}
WORKING = sorted(set(SYMBOLS) - GONE.keys())
# its None stands for the default of 1.15, a member of an enumeration
OTHER_DEFAULT = {"distribute.CollectiveAllReduceStrategy"}


def test_at_least_80_of_the_86_names_work() -> None:
    assert len(USES) == 86
    assert len([s for s in SYMBOLS if s in WORKING]) >= 80


@pytest.mark.parametrize("symbol", sorted(GONE))
def test_a_name_that_is_gone_raises_an_error_with_the_replacement(symbol: str) -> None:
    with pytest.raises(AttributeError, match=f"is gone and not part of tf2kit.compat.*{GONE[symbol]}"):
        functools.reduce(getattr, symbol.split("."), contrib)


@pytest.mark.slow
@pytest.mark.parametrize("symbol", WORKING)
def test_a_name_that_works_is_used_in_a_case_that_is_as_on_115(symbol: str, here: dict[str, Any]) -> None:
    cases = [case for name, cases in here["used"].items() if _is_use(symbol, name) for case in cases]
    assert cases, f"no case uses tf.contrib.{symbol}"
    assert any(_is_as_on_115(case, here) for case in cases)


@pytest.mark.slow
def test_what_the_migrator_sends_to_core_is_what_the_cases_used(here: dict[str, Any]) -> None:
    assert [s for s in WORKING if here["core"].get(f"tf.contrib.{s}") is False] == []


@pytest.mark.slow
def test_our_own_functions_have_the_parameters_and_defaults_of_115(here: dict[str, Any]) -> None:
    theirs, ours = load("signatures"), here["signatures"]
    # what came later stands at the end and is optional
    differ = [n for n in ours if n in theirs and not f"{ours[n]} ".startswith(f"{theirs[n]} ")]
    assert {name: (theirs[name], ours[name]) for name in differ if name not in OTHER_DEFAULT} == {}


def _is_use(symbol: str, name: str) -> bool:
    """Whether using ``name`` uses the symbol: a name, an attribute of a class, or a module of which something is used."""
    return name == symbol or name == symbol.rpartition(".")[0] or name.startswith(symbol + ".")


def _is_as_on_115(case: str, here: dict[str, Any]) -> bool:
    part, _, name = case.partition(".")
    recorded = load(part)[name] if name else load(part)
    return not list(differences(recorded, here[case]))
