"""Right migrations are proven against recordings of TensorFlow 1.15, and wrong ones, made on purpose, are not."""

from __future__ import annotations

import pytest
from tf2kit.migrate.verify.model import Verdict

from . import programs
from .conftest import Check
from .mutants import MUTANTS, NATIVE_MUTANTS, Mutant

pytestmark = pytest.mark.slow


def named(mutant: Mutant) -> str:
    return f"{mutant.program}: {mutant.what}"


def refute(check: Check, mutant: Mutant, text: str) -> None:
    """The program ran, and what it computes is called different."""
    found = check(mutant.program, text)
    assert found.verdict in (Verdict.DIVERGES, Verdict.INITIALISERS), (found.verdict, found.why)
    assert found.divergence is not None


@pytest.mark.parametrize("name", programs.NAMES)
def test_a_migrated_program_is_proven(name: str, against_tensorflow_1: Check) -> None:
    found = against_tensorflow_1(name, programs.migrated(programs.source(name)))
    assert found.verdict.proven, found.why
    assert found.evidence.runs + found.evidence.weights > 5


@pytest.mark.parametrize("name", programs.NATIVE_NAMES)
def test_a_program_written_anew_for_tensorflow_2_is_proven(name: str, against_tensorflow_1: Check) -> None:
    found = against_tensorflow_1(name, programs.native(name))
    assert found.verdict.proven, (found.why, found.warnings)


@pytest.mark.parametrize("mutant", MUTANTS, ids=named)
def test_a_wrong_migration_is_noticed(mutant: Mutant, against_tensorflow_1: Check) -> None:
    refute(against_tensorflow_1, mutant, programs.migrated(mutant.edited(programs.source(mutant.program))))


@pytest.mark.parametrize("mutant", NATIVE_MUTANTS, ids=named)
def test_a_slip_in_tensorflow_2_is_noticed(mutant: Mutant, against_tensorflow_1: Check) -> None:
    refute(against_tensorflow_1, mutant, mutant.edited(programs.native(mutant.program)))
