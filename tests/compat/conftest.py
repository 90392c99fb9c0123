"""One run of all cases on tf2kit.compat, shared by the tests of this folder: TensorFlow starts once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What tests/compat/run_cases.py found on this TensorFlow."""
    path = tmp_path_factory.mktemp("compat") / "found.json"
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TF_USE_LEGACY_KERAS": "1",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    command = [sys.executable, "-W", "ignore", "-m", "tests.compat.run_cases", str(path)]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests that look at the one run go to one worker; another would run the cases again."""
    for item in items:
        if "here" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("compat"))
