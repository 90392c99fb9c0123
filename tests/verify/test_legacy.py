"""The programs of examples/legacy, as they are and migrated, compute on TensorFlow 2 what they computed on TensorFlow 1.15."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tf2kit.migrate.verify import recording
from tf2kit.migrate.verify.lab import Options
from tf2kit.migrate.verify.pairs import unmigrated
from tf2kit.migrate.verify.stage import Program
from tf2kit.migrate.verify.verify import verify

from examples import goldens, programs

from .zygote import Zygote

AS_IT_IS = "as it is, under tf2kit run"
both_ways = pytest.mark.parametrize("way", ["migrated", AS_IT_IS])


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """examples/legacy after `tf2kit migrate --output`."""
    out = tmp_path_factory.mktemp("migrated") / "out"
    command = [sys.executable, "-m", "tf2kit", "migrate", str(programs.LEGACY), "--to", "compat", "--output", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    return out


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `tf2kit run` remembers stays out of the user's folder."""
    monkeypatch.setenv("TF2KIT_CACHE", str(tmp_path.parent / "cache"))


def test_every_program_has_a_recording_but_that_in_python_2() -> None:
    assert sorted(goldens.names()) == sorted({*programs.PROGRAMS} - {*goldens.LEFT_OUT})
    for name in goldens.names():
        recorded = recording.read(goldens.path_of(name)).variant(neutral=False)
        assert recorded is not None
        assert recording.of_row(recorded).runtime.startswith("TensorFlow 1.15."), name


@pytest.mark.slow
@both_ways
@pytest.mark.parametrize("name", goldens.names())
def test_a_program_is_proven_against_its_recording(
    name: str, way: str, migrated: Path, tmp_path: Path, zygote: Zygote
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    old, new = (Program(folder / name, empty, name) for folder in (programs.LEGACY, migrated))
    options = Options(recorded=recording.read(goldens.path_of(name)))
    found = verify(old, new if way == "migrated" else unmigrated(old), (), options, zygote)
    assert found.verdict.proven, (found.verdict, found.why, found.warnings)
    assert found.evidence.printed
    assert found.evidence.runs + found.evidence.weights > 5


@pytest.mark.slow
@both_ways
@pytest.mark.parametrize("name", ["iris/train.py", *goldens.LEFT_OUT])
def test_a_program_prints_in_a_process_of_its_own_what_tensorflow_1_printed(
    name: str, way: str, migrated: Path
) -> None:
    if way == "migrated":
        output, _ = programs.run([sys.executable], migrated / name)
    else:
        output, _ = programs.run([sys.executable, "-m", "tf2kit", "run"], programs.LEGACY / name)
    row = programs.recorded()["programs"][name]
    assert programs.difference("\n".join(row["output"]), output) <= row["tolerance"], output
