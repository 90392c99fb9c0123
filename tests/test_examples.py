"""The TensorFlow 1 programs of examples/legacy are migrated, run on TensorFlow 2 and print what TensorFlow 1.15 printed."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from examples import programs

RECORDED = programs.recorded()["programs"]


def test_every_program_is_recorded_with_its_final_loss() -> None:
    assert sorted(RECORDED) == sorted(programs.PROGRAMS)
    for name, row in RECORDED.items():
        assert row["versions"]["tensorflow"].startswith("1.15."), name
        assert row["output"][-1].startswith("final loss"), name
        assert row["final_loss"] == programs.numbers(row["output"][-1])[0], name
        assert row["repeat_difference"] < row["tolerance"] <= 1e-4, name


def test_every_source_of_the_legacy_folder_belongs_to_a_program() -> None:
    sources = {
        p.relative_to(programs.LEGACY).as_posix() for p in programs.LEGACY.rglob("*") if p.suffix in (".py", ".ipynb")
    }
    assert sources == {*programs.PROGRAMS, "iris/model.py"}


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


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """examples/legacy after `tf2kit migrate --output`."""
    out = tmp_path_factory.mktemp("migrated") / "out"
    command = [sys.executable, "-m", "tf2kit", "migrate", str(programs.LEGACY), "--output", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    return out


@pytest.mark.slow
@pytest.mark.parametrize("name", programs.PROGRAMS)
def test_a_migrated_program_prints_the_numbers_of_tensorflow_1(name: str, migrated: Path) -> None:
    row = RECORDED[name]
    output, _ = programs.run(sys.executable, migrated / name)
    assert programs.difference("\n".join(row["output"]), output) <= row["tolerance"], output
