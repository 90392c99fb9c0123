"""A verification survives being written as JSON, and JSON is strict."""

from __future__ import annotations

import dataclasses
import json
import math

import pytest
from tf2kit.migrate.verify import document
from tf2kit.migrate.verify.model import Verdict, Verification

from .sample import EQUAL, SAMPLE


def test_what_is_written_is_read_back() -> None:
    again = document.read(document.render(SAMPLE))
    assert again.comparisons[0] == EQUAL
    old, new = SAMPLE.comparisons[1], again.comparisons[1]
    assert math.isnan(new.printed[0].error)
    assert dataclasses.replace(new, printed=old.printed) == old


def test_numbers_that_json_lacks_are_words() -> None:
    rows = json.loads(document.render(SAMPLE), parse_constant=pytest.fail)["comparisons"]
    assert rows[1]["largest_error"] == "inf"
    assert rows[1]["printed"][0]["error"] == "nan"
    assert rows[1]["verdict"] == "diverges"


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="schema version 1"):
        document.read('{"schema_version": 2}')


def test_only_the_first_three_verdicts_are_proofs() -> None:
    assert [v.value for v in Verdict if v.proven] == ["identical", "equal", "equal within noise"]
    assert Verification("1", ()).exit_code == 1
    assert Verification("1", (EQUAL,)).exit_code == 0
    assert SAMPLE.exit_code == 1
