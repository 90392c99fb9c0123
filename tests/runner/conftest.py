"""The folder that the tests of this room run programs in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runner.support import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)
