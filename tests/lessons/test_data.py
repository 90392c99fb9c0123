"""The old program that lesson 18 migrates is the one of examples/legacy, with its recording."""

from __future__ import annotations

from pathlib import Path

import pytest

from tf2kit.lessons import files

LEGACY = Path(__file__).resolve().parents[2] / "examples" / "legacy"


@pytest.mark.parametrize(
    ("copy", "original"),
    [
        ("linear_regression.py.txt", "linear_regression.py"),
        ("linear_regression.json.gz", "recorded/linear_regression.json.gz"),
    ],
)
def test_what_a_lesson_brings_along_is_what_the_examples_have(copy, original):
    assert (files.room() / "data" / copy).read_bytes() == (LEGACY / original).read_bytes()
