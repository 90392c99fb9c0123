"""The TensorFlow 1 programs of examples/legacy are recorded, listed and of a readable size; `verify/test_legacy.py` runs them."""

from __future__ import annotations

import ast
import json

import pytest

from examples import catalogue, programs

RECORDED = programs.recorded()["programs"]


def test_every_program_is_recorded_with_its_final_loss() -> None:
    assert sorted(RECORDED) == sorted(programs.PROGRAMS)
    for name, row in RECORDED.items():
        assert row["versions"]["tensorflow"].startswith("1.15."), name
        assert row["output"][-1].startswith("final loss"), name
        assert row["final_loss"] == programs.numbers(row["output"][-1])[0], name
        assert row["repeat_difference"] < row["tolerance"] <= 1e-4, name


def test_every_source_of_the_legacy_folder_belongs_to_a_program() -> None:
    sources = {p for p in programs.LEGACY.rglob("*") if p.suffix in (".py", ".ipynb")}
    assert sources == {path for name in programs.PROGRAMS for path in programs.sources(name)}


def test_the_list_of_the_programs_is_what_their_text_says() -> None:
    assert catalogue.PAGE.read_text(encoding="utf-8") == catalogue.page(), "python -m examples.catalogue writes it"


def test_every_idiom_is_shown_by_a_program() -> None:
    shown = {idiom for name in programs.PROGRAMS for idiom in catalogue.idioms(name)}
    assert sorted(set(catalogue.IDIOMS) - shown) == []


def test_programs_are_of_a_size_that_a_person_reads() -> None:
    sizes = {name: catalogue.text_of(name).count("\n") for name in programs.PROGRAMS if "/" not in name}
    assert {name: size for name, size in sizes.items() if not 30 <= size <= 150 and name.endswith(".py")} == {}


def test_the_notebook_is_kept_without_outputs() -> None:
    for path in programs.LEGACY.glob("*.ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            assert cell.get("outputs", []) == []


def test_a_script_made_of_a_notebook_has_no_magics() -> None:
    code = programs.script_of(programs.LEGACY / "logistic_regression.ipynb")
    assert "%" not in [line[:1] for line in code.split("\n")]
    ast.parse(code)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("loss 2.0", "loss 2.5", 0.25), ("w [ 1. 2.]", "w [1.0  2.0]", 0.0), ("e 0.01", "e 0.02", 0.1)],
)
def test_the_difference_is_relative_and_absolute_for_small_numbers(old: str, new: str, expected: float) -> None:
    assert programs.difference(old, new) == pytest.approx(expected)


@pytest.mark.parametrize("new", ["cost 2.0", "loss 2.0\nmore", "loss", "loss nan"])
def test_an_output_with_other_words_lines_or_no_number_is_not_the_same(new: str) -> None:
    with pytest.raises(programs.ProgramError, match="line"):
        programs.difference("loss 2.0", new)
