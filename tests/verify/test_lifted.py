"""Native output is held to TensorFlow 1.15 too: what was lifted right is proven, and a wrong migration that was lifted is not."""

from __future__ import annotations

import functools

import pytest

from tests.laws.support import one

from . import programs
from .conftest import Check
from .mutants import MUTANTS, Mutant
from .test_right_and_wrong import named

# the programs of this folder that are lifted; one that no longer is, or that is at last, belongs here
LIFTED = ("dqn", "embed", "gan", "lstm", "regression", "vae")


@functools.cache
def lifted(text: str) -> str | None:
    """A program at the native level, or None."""
    result = one(text, level="native")
    return result.after.decode() if result.level == "native" else None


@pytest.mark.parametrize("name", programs.NAMES)
def test_what_is_lifted_is_known(name: str) -> None:
    assert (lifted(programs.source(name)) is not None) == (name in LIFTED)


@pytest.mark.slow
@pytest.mark.parametrize("name", LIFTED)
def test_a_lifted_program_is_proven(name: str, against_tensorflow_1: Check) -> None:
    text = lifted(programs.source(name))
    assert text is not None
    found = against_tensorflow_1(name, text)
    assert found.verdict.proven, (found.why, found.warnings)


@pytest.mark.slow
@pytest.mark.parametrize("mutant", [m for m in MUTANTS if m.program in LIFTED], ids=named)
def test_a_wrong_migration_that_is_lifted_is_noticed(mutant: Mutant, against_tensorflow_1: Check) -> None:
    text = lifted(mutant.edited(programs.source(mutant.program)))
    if text is None:
        pytest.skip("with this edit the program is not lifted")
    assert not against_tensorflow_1(mutant.program, text).verdict.proven
