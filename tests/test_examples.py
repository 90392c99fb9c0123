"""The TensorFlow 1 programs of examples/legacy, as they are and migrated, print on TensorFlow 2 what TensorFlow 1.15 printed."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples import catalogue, programs
from tests.forked import Forked

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


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """examples/legacy after `tf2kit migrate --output`."""
    out = tmp_path_factory.mktemp("migrated") / "out"
    command = [sys.executable, "-m", "tf2kit", "migrate", str(programs.LEGACY), "--output", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    return out


@pytest.fixture(scope="module")
def forked() -> Iterator[Forked]:
    with Forked() as servers:
        yield servers


def _needs_keras_2(migrated: Path) -> bool:
    return b"TF_USE_LEGACY_KERAS" in migrated.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("way", ["migrated", "as it is, under tf2kit run"])
@pytest.mark.parametrize("name", programs.PROGRAMS)
def test_a_program_prints_the_numbers_of_tensorflow_1(
    name: str, way: str, migrated: Path, forked: Forked, tmp_path: Path
) -> None:
    script = programs.staged((migrated if way == "migrated" else programs.LEGACY) / name, tmp_path)
    arguments = [str(script)] if way == "migrated" else ["-m", "tf2kit", "run", str(script)]
    done = forked.run(arguments, tmp_path, legacy_keras=_needs_keras_2(migrated / name))
    assert done.returncode == 0, done.stderr
    row = RECORDED[name]
    assert programs.difference("\n".join(row["output"]), done.stdout) <= row["tolerance"], done.stdout


@pytest.mark.slow
def test_a_migrated_program_does_the_same_in_a_process_of_its_own(migrated: Path) -> None:
    output, _ = programs.run(sys.executable, migrated / "iris/train.py")
    row = RECORDED["iris/train.py"]
    assert programs.difference("\n".join(row["output"]), output) <= row["tolerance"], output


TELLS = """
import os, sys
print(__name__, sys.argv, os.getcwd(), sys.path[0], sys.stdin.read(), "TF_USE_LEGACY_KERAS" in os.environ)
print(sorted(m for m in sys.modules if m.split(".")[0] in ("tests", "_pytest", "tf2kit")), file=sys.stderr)
sys.exit(int(sys.argv[1]))
"""


@pytest.mark.slow
def test_a_forked_program_is_as_one_that_python_started(forked: Forked, tmp_path: Path) -> None:
    script = tmp_path / "tells.py"
    script.write_text(TELLS)
    for code in ("0", "3"):
        command = [sys.executable, "-W", "ignore", str(script), code]
        plain = subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        done = forked.run([str(script), code], tmp_path, legacy_keras=False)
        assert (done.returncode, done.stdout, done.stderr) == (plain.returncode, plain.stdout, plain.stderr)
    script.write_text("import atexit, os\natexit.register(print, 'the end')\nraise ValueError('on purpose')\n")
    done = forked.run([str(script)], tmp_path, legacy_keras=False)
    assert (done.returncode, done.stdout) == (1, "the end\n")
    assert re.search(r"ValueError: on purpose", done.stderr)
    script.write_text("import os\nos.kill(os.getpid(), 9)\n")
    assert forked.run([str(script)], tmp_path, legacy_keras=False).returncode == -9
