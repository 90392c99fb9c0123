"""`tf2kit export` on the command line: usage, and the exit codes of what goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tf2kit.cli import main


def failing(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(["export", *argv]) == 2
    return capsys.readouterr().err


def test_targets_are_listed_and_misspelt_ones_get_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--help"]) == 0
    assert "tflite" in capsys.readouterr().out
    assert "did you mean 'tflite'" in failing(capsys, "tflight", "m.keras", "-o", "m.tflite")


@pytest.mark.parametrize("target", ["tflite", "tfjs", "onnx"])
def test_every_target_has_a_help_page(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", target, "--help"]) == 0
    assert "--no-check" in capsys.readouterr().out


def test_values_that_make_no_sense_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "'0' is not a number" in failing(capsys, "onnx", "m.keras", "-o", "m.onnx", "--batch", "0")
    assert "'-1' is not a number above 0" in failing(capsys, "onnx", "m.keras", "-o", "m.onnx", "--tolerance", "-1")
    assert "no opset" in failing(capsys, "onnx", "m.keras", "-o", "m.onnx", "--opset", "7")
    assert "--output" in failing(capsys, "onnx", "m.keras")


def test_what_is_not_installed_is_said_with_the_command_that_installs_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    said = failing(capsys, "onnx", "m.keras", "-o", "m.onnx")
    assert "tf2onnx" in said
    assert 'pip install "tf2kit[export]"' in said


def test_a_missing_model_is_a_sentence_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tf2kit.export.onnx.needs", lambda check: None)
    monkeypatch.chdir(tmp_path)
    said = failing(capsys, "onnx", "none.keras", "-o", "m.onnx", "--no-check")
    if "not installed" not in said:
        assert "There is no model none.keras" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_the_help_page_does_not_import_tensorflow() -> None:
    code = "import sys; from tf2kit.cli import main; main(['export', 'onnx', '--help']); sys.exit('tensorflow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ})
    assert done.returncode == 0, done.stderr
