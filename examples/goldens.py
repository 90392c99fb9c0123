"""Record everything that the programs of examples/legacy compute on TensorFlow 1.15, for `tf2kit verify --reference`.

    python -m examples.goldens /path/to/python3.7 [NAME ...]

with the path of an interpreter that has TensorFlow 1.15. One file for each program: recorded/<name>.json.gz. `record.py` keeps what the
programs print; here every fetch, weight and summary is kept. The programs seed all they draw, so runs with fixed random numbers are
not needed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tf2kit.migrate.verify import recording
from tf2kit.migrate.verify.lab import Options
from tf2kit.migrate.verify.record import record
from tf2kit.migrate.verify.stage import Program

from . import programs

FOLDER = programs.LEGACY / "recorded"
# what cannot be recorded on Python 3.7
LEFT_OUT = (programs.PYTHON2,)


def path_of(name: str) -> Path:
    """Where the recording of a program lies."""
    return (FOLDER / name).with_suffix(".json.gz")


def names() -> list[str]:
    """The programs that have a recording."""
    return [name for name in programs.PROGRAMS if path_of(name).is_file()]


def make(python: str, name: str) -> None:
    """Record one program in an empty folder."""
    with tempfile.TemporaryDirectory() as scratch:
        empty = Path(scratch) / "empty"
        empty.mkdir()
        program = Program(programs.LEGACY / name, empty, name)
        found = record(program, (), Options(legacy_python=python, neutralise="never"), Path(scratch))
    path_of(name).parent.mkdir(parents=True, exist_ok=True)
    recording.write(path_of(name), found)


def main(python: str, chosen: list[str]) -> None:
    """Record the programs that are named, or all."""
    for name in chosen or [name for name in programs.PROGRAMS if name not in LEFT_OUT]:
        make(python, name)
        programs.show(f"{name:28} {path_of(name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
