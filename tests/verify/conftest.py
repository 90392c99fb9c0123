"""One fork server for all comparisons of a test process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tf2kit.migrate.verify.lab import Options
from tf2kit.migrate.verify.model import Comparison
from tf2kit.migrate.verify.stage import Program
from tf2kit.migrate.verify.verify import verify

from . import programs
from .zygote import Zygote

Check = Callable[[str, str], Comparison]


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    with Zygote() as execute:
        yield execute


@pytest.fixture
def against_tensorflow_1(zygote: Zygote, tmp_path: Path) -> Check:
    """Compare a text with what a program of this folder computed on TensorFlow 1.15."""

    def check(name: str, text: str) -> Comparison:
        (tmp_path / "new.py").write_text(text, encoding="utf-8")
        folder = tmp_path / "empty"
        folder.mkdir()
        old = Program(programs.PROGRAMS / f"{name}.py", folder, f"{name}.py")
        new = Program(tmp_path / "new.py", folder, "new.py")
        return verify(old, new, (), Options(recorded=programs.recorded(name)), zygote)

    return check
