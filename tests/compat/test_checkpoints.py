"""Checkpoints that TensorFlow 1.15 wrote are read by name, predict what they predicted there, and are trained on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
STORED = Path(__file__).parent / "checkpoints"
RECORDED: dict[str, Any] = json.loads((STORED / "predictions.json").read_text())
CLOSE = 1e-6


def output(*arguments: str, **env: str) -> Any:
    """The last line that Python prints with these arguments, as JSON."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TF_ENABLE_ONEDNN_OPTS": "0", "TF_CPP_MIN_LOG_LEVEL": "3", **env}
    done = subprocess.run([sys.executable, *arguments], env=env, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def far(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Places where the two differ by more than `CLOSE`."""
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() == found.keys():
        for key in expected:
            yield from far(expected[key], found[key], f"{path}/{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for i, (e, f) in enumerate(zip(expected, found, strict=True)):
            yield from far(e, f, f"{path}/{i}")
    elif not (isinstance(expected, int | float) and isinstance(found, int | float) and abs(expected - found) <= CLOSE):
        yield f"{path}: {expected} became {found}"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What tf2kit.compat makes of all of them but the last."""
    copies = str(tmp_path_factory.mktemp("checkpoints"))
    return output("-W", "ignore", "-m", "tests.compat.checkpoints.read", copies, TF_USE_LEGACY_KERAS="1")


@pytest.mark.parametrize("name", sorted(RECORDED.keys() - {"wide_and_deep"}))
def test_a_checkpoint_of_115_gives_the_predictions_of_115(name: str, here: dict[str, Any]) -> None:
    assert not list(far(RECORDED[name], here[name]))


def test_an_unmodified_program_reads_its_model_under_tf2kit_run(tmp_path: Path) -> None:
    folder = shutil.copytree(STORED / "wide_and_deep", tmp_path / "model")
    found = output("-m", "tf2kit", "run", str(STORED / "wide_and_deep.py"), str(folder), "0")
    assert not list(far(RECORDED["wide_and_deep"], found))
