"""The list of wrong migrations is long, varied, and each changes its program."""

from __future__ import annotations

import ast

import pytest
from tf2kit.migrate.verify import recording

from . import programs
from .mutants import MUTANTS, NATIVE_MUTANTS, Mutant


def test_there_are_more_than_forty() -> None:
    assert len(MUTANTS) + len(NATIVE_MUTANTS) >= 40
    assert len({(m.program, m.what) for m in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("mutant", [*MUTANTS, *NATIVE_MUTANTS], ids=lambda m: f"{m.program}: {m.what}")
def test_an_edit_applies_and_the_program_still_parses(mutant: Mutant) -> None:
    text = programs.native(mutant.program) if mutant in NATIVE_MUTANTS else programs.source(mutant.program)
    edited = mutant.edited(text)
    assert edited != text
    ast.parse(edited)


def test_every_program_is_recorded_in_every_variant_that_it_needs() -> None:
    for name in programs.NAMES:
        recorded = programs.recorded(name)
        plain, fixed = (recorded.variant(neutral) for neutral in (False, True))
        assert plain is not None
        assert fixed is not None
        assert recording.of_row(plain).runtime.startswith("TensorFlow 1.15.")
        assert plain["noise"], name
