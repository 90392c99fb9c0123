"""The TensorFlow 1 programs of examples/legacy: which there are, how to run one, how to compare what it printed.

Runs on Python 3.7 too, since `record.py` uses it next to TensorFlow 1.15. Nothing here imports TensorFlow: a program always
runs in a child process, in an empty folder of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LEGACY = Path(__file__).resolve().parent / "legacy"
RECORDED = LEGACY / "recorded.json"
PYTHON2 = "softmax_python2.py"


def _discovered() -> tuple:
    """Every script and notebook of the folder itself, and in the folders of larger programs what is meant to be started."""
    found = []
    for path in sorted(LEGACY.rglob("*.py")) + sorted(LEGACY.rglob("*.ipynb")):
        if path.parent == LEGACY or "__main__" in path.read_text(encoding="utf-8"):
            found.append(path.relative_to(LEGACY).as_posix())
    return tuple(found)


PROGRAMS = _discovered()
# below this size a number is compared absolutely: the programs print four to six decimals
FLOOR = 0.1
_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w])")


class ProgramError(Exception):
    """A program did not end well, or printed something else; the text says what."""


def script_of(path: Path) -> str:
    """The Python code of a notebook, without the magics and shell lines that only IPython knows."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    lines = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code").split("\n")
    return "\n".join(line for line in lines if not re.match(r"\s*[%!]|.*\?\s*$", line)) + "\n"


def staged(path: Path, folder: Path) -> Path:
    """The script to start for a program; that of a notebook is written into ``folder``."""
    path = path.resolve()
    if path.suffix != ".ipynb":
        return path
    script = folder / (path.stem + ".py")
    script.write_text(script_of(path), encoding="utf-8")
    return script


def sources(name: str) -> list:
    """The files of a program, the one that is started first."""
    path = LEGACY / name
    return [path] if path.parent == LEGACY else [path, *sorted(set(path.parent.glob("*.py")) - {path})]


def run(command: list, path: Path, timeout: int = 300) -> tuple:
    """Run one program; returns (what it printed, seconds).

    ``command`` is what stands before the script: an interpreter, and what else it is told.

    Raises:
      ProgramError: it ended with an error or took longer than ``timeout`` seconds.
    """
    env = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "CUDA_VISIBLE_DEVICES": "-1"}
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        script = staged(path, Path(folder))
        try:
            done = subprocess.run(
                [command[0], "-W", "ignore", *command[1:], str(script)],
                cwd=folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ProgramError("%s did not end within %d seconds" % (path, timeout)) from None
    if done.returncode:
        last = "\n".join(done.stderr.decode("utf-8", "replace").strip().split("\n")[-12:])
        raise ProgramError("%s ended with exit code %d:\n%s" % (path, done.returncode, last))
    return done.stdout.decode("utf-8"), time.monotonic() - began


def numbers(text: str) -> list:
    """Every number in ``text``, in order."""
    return [float(n) for n in _NUMBER.findall(text)]


def difference(old: str, new: str) -> float:
    """The largest relative difference between the numbers of two outputs; numbers below `FLOOR` count as if that large.

    Raises:
      ProgramError: the words around the numbers differ, so the two are not the same output.
    """
    for line, (a, b) in enumerate(_pairs(old, new), 1):
        if _words(a) != _words(b):
            raise ProgramError("line %d was %r and is %r" % (line, a, b))
    return max([0.0] + [abs(a - b) / max(abs(a), FLOOR) for a, b in zip(numbers(old), numbers(new))])  # noqa: B905


def _pairs(old: str, new: str) -> list:
    a, b = old.strip().split("\n"), new.strip().split("\n")
    size = max(len(a), len(b))
    return list(zip(a + [""] * (size - len(a)), b + [""] * (size - len(b))))  # noqa: B905


def _words(line: str) -> list:
    return re.sub(r"([][(),])", r" \1 ", _NUMBER.sub("#", line)).split()


def recorded() -> dict:
    """The content of recorded.json: what each program printed on TensorFlow 1.15."""
    return json.loads(RECORDED.read_text(encoding="utf-8"))


def show(text: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
