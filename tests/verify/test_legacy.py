"""The programs of examples/legacy compute what they computed on TensorFlow 1.15: as they are under `tf2kit run`, and migrated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tf2kit.migrate.verify import recording
from tf2kit.migrate.verify.lab import Options
from tf2kit.migrate.verify.model import Comparison
from tf2kit.migrate.verify.pairs import unmigrated
from tf2kit.migrate.verify.stage import Program
from tf2kit.migrate.verify.verify import verify

from examples import goldens, programs

from .zygote import Zygote

NAMES = goldens.names()


def test_every_program_has_a_recording_but_that_in_python_2() -> None:
    assert [name for name in programs.PROGRAMS if name not in goldens.LEFT_OUT] == NAMES


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """examples/legacy after `tf2kit migrate --output`."""
    out = tmp_path_factory.mktemp("migrated") / "out"
    command = [sys.executable, "-m", "tf2kit", "migrate", str(programs.LEGACY), "--to", "compat", "--output", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    return out


def against_the_recording(name: str, script: Path, as_it_is: bool, empty: Path, zygote: Zygote) -> Comparison:
    old = Program(programs.LEGACY / name, empty, name)
    new = Program(script, empty, name)
    options = Options(recorded=recording.read(goldens.path_of(name)))
    return verify(old, unmigrated(new) if as_it_is else new, (), options, zygote)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith(".ipynb")])
def test_an_old_program_is_proven_under_tf2kit_run(
    name: str, tmp_path: Path, zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF2KIT_CACHE", str(tmp_path.parent / "cache"))
    (tmp_path / "empty").mkdir()
    found = against_the_recording(name, programs.LEGACY / name, True, tmp_path / "empty", zygote)
    assert found.verdict.proven, (found.verdict, found.why, found.warnings)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_migrated_program_is_proven(name: str, migrated: Path, tmp_path: Path, zygote: Zygote) -> None:
    found = against_the_recording(name, migrated / name, False, tmp_path, zygote)
    assert found.verdict.proven, (found.verdict, found.why, found.warnings)
