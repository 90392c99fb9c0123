"""The small TensorFlow 1 programs of this folder, what they computed on TensorFlow 1.15, and what they become.

    python -m tests.verify.programs PYTHON_WITH_TF_1_15 [NAME ...]

records them again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tf2kit.migrate.verify import recording
from tf2kit.migrate.verify.lab import Options
from tf2kit.migrate.verify.record import record
from tf2kit.migrate.verify.recording import Recorded
from tf2kit.migrate.verify.stage import Program

from tests.laws.support import after

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE / "programs"
NATIVE = HERE / "native"
RECORDED = HERE / "recorded"
NAMES = tuple(sorted(path.stem for path in PROGRAMS.glob("*.py")))
NATIVE_NAMES = tuple(sorted(path.stem for path in NATIVE.glob("*.py")))


def source(name: str) -> str:
    """The TensorFlow 1 program."""
    return (PROGRAMS / f"{name}.py").read_text(encoding="utf-8")


def migrated(text: str) -> str:
    """A program at the compat level."""
    return after(text)


def native(name: str) -> str:
    """The program in TensorFlow 2 as a person would write it."""
    return (NATIVE / f"{name}.py").read_text(encoding="utf-8")


def recorded(name: str) -> Recorded:
    """What it computed on TensorFlow 1.15."""
    return recording.read(RECORDED / f"{name}.json.gz")


def main(python: str, names: list[str]) -> None:
    """Record programs with an interpreter that has TensorFlow 1.15."""
    RECORDED.mkdir(exist_ok=True)
    for name in names or NAMES:
        with tempfile.TemporaryDirectory() as folder:
            empty = Path(folder) / "empty"
            empty.mkdir()
            program = Program(PROGRAMS / f"{name}.py", empty, f"{name}.py")
            found = record(program, (), Options(legacy_python=python), Path(folder))
        recording.write(RECORDED / f"{name}.json.gz", found)
        print(f"{name}: {(RECORDED / f'{name}.json.gz').stat().st_size:,} bytes, {len(found.variants)} variants")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
