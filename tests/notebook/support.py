"""Cells in an IPython shell of their own process, on a stand-in for TensorFlow; and notebooks in a real Jupyter kernel."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from tests.runner.support import Place

_DRIVER = """
import contextlib, io, json, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(colors=sys.argv[1])
told = []
shell.set_next_input = lambda text, replace=False: told.append(text)
rows = []
for cell in json.load(sys.stdin):
    told.clear()
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        result = shell.run_cell(cell, store_history=True)
    rows.append([result.success, repr(result.result), out.getvalue(), err.getvalue(), told[-1] if told else None])
json.dump(rows, sys.stdout)
"""


@dataclass(frozen=True)
class Ran:
    """What became of a cell."""

    good: bool
    value: str
    out: str
    err: str
    next: str | None


def run_cells(place: Place, *cells: str, colors: str = "NoColor") -> list[Ran]:
    """Run cells one after the other, the first of them behind ``%load_ext tf2kit``."""
    done = subprocess.run(
        [sys.executable, "-c", _DRIVER, colors],
        cwd=place.work,
        env=place.environment(IPYTHONDIR=str(place.cache / "ipython"), PYTHONWARNINGS="ignore"),
        input=json.dumps(["%load_ext tf2kit", *cells]),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows: list[list[Any]] = json.loads(done.stdout)
    return [Ran(*row) for row in rows[1:]]
