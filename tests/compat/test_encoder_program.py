"""A program in the shape of BERT's run_classifier trains, evaluates and predicts as on TensorFlow 1.15, unmodified and migrated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.compat import encoder_program
from tests.compat.comparison import differences, load

pytestmark = pytest.mark.slow


def test_the_unmodified_program_gives_the_losses_and_predictions_of_115() -> None:
    found = encoder_program.results([sys.executable, "-m", "tf2kit", "run"])
    assert not list(differences(load("encoder"), found))


def test_the_migrated_program_gives_them_too_and_nothing_is_left_for_a_person(tmp_path: Path, monkeypatch: Any) -> None:
    command = [sys.executable, "-m", "tf2kit", "migrate", encoder_program.PROGRAM, "--output", str(tmp_path / "new")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing is left for you to do here" in done.stdout
    script = next((tmp_path / "new").rglob("run_classifier.py"))
    monkeypatch.setattr(encoder_program, "PROGRAM", os.fspath(script.parent))
    assert not list(differences(load("encoder"), encoder_program.results([sys.executable])))
