"""The checks of lesson 18: migrating a program."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..judging import close, need

_OLD = "import tensorflow as tf\n\nx = tf.placeholder(tf.float32, [None])\n"
_NEW = "import tensorflow as tf\n\nprint(tf.add(1.0, 2.0))\n"


def left(left: Callable[[Any], Any]) -> None:
    def finding(line: int, severity: str, fixed: bool) -> dict[str, Any]:
        return {"code": f"ABC{line:03}", "line": line, "severity": severity, "fixed": fixed}

    rows = [
        finding(1, "error", True),
        finding(2, "note", False),
        finding(7, "warning", False),
        finding(5, "error", False),
    ]
    got = left({"diagnostics": rows})
    need(isinstance(got, list), f"left(report) should return a list; it is {got!r}.")
    pairs = [tuple(pair) for pair in got]
    need(
        (1, "ABC001") not in pairs,
        "A finding that is mended (`fixed`) is in the list. Only those that are not wait for a person.",
    )
    need((2, "ABC002") not in pairs, "A note is in the list. Notes only tell something; look at `severity`.")
    need(
        (5, "ABC005") in pairs and (7, "ABC007") in pairs,
        f"Errors and warnings that are not mended wait for you; {got} lacks one.",
    )
    need(pairs == [(5, "ABC005"), (7, "ABC007")], f"Sort the pairs by line: {got}.")


def divisions(halves: Callable[[Any], Any], share: Callable[[Any, Any], Any]) -> None:
    close(halves(10), [5, 5], "halves(10)")
    got = halves(7)
    need(
        got is not None and all(isinstance(number, int) for number in got),
        f"halves(7) is {got}, but these are numbers of examples: whole ones, as Python 2 computed them.",
    )
    close(got, [3, 4], "halves(7)")
    close(share(3, 4), 0.75, "share(3, 4)")
    close(share(4, 4), 1.0, "share(4, 4)")


def _tf2kit(*words: str, text: str | None = None, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "2"}
    command = [sys.executable, "-m", "tf2kit", *words]
    return subprocess.run(
        command, check=False, input=text, capture_output=True, text=True, cwd=folder, env=environment, timeout=120
    )


def lifted(program: Any) -> None:
    need(isinstance(program, str), "Write the program as a text, in three quotes.")
    report = _tf2kit("check", "-", "--to", "native", "--output-format", "json", text=program)
    rows = json.loads(report.stdout or '{"diagnostics": []}')["diagnostics"]
    stays = [row for row in rows if row["code"] == "NAT501"]
    need(
        not stays,
        f"It still stays a graph program: {stays[0]['message'] if stays else ''}. Use what is in `y` already.",
    )
    need(
        any(row["code"] == "NAT500" for row in rows),
        "tf2kit finds nothing to lift. It should remain a TensorFlow 1 program with a placeholder and a session; change two lines.",
    )
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(_tf2kit("migrate", "-", "--to", "native", text=program).stdout, {"__name__": "__main__"})
    need(
        printed.getvalue().split() == ["[2.", "4.]"],
        f"It is lifted, but prints {printed.getvalue().strip()!r}, where the old program printed '[2. 4.]'.",
    )


def cost(cost: Callable[[Any, Any], Any]) -> None:
    import tensorflow as tf

    got = cost(tf.ones(17) * 3.0, tf.ones(17))
    close(got, 2.0, "The cost of 17 houses, each wrong by 2,")
    one = cost(tf.constant(3.0), tf.constant(1.0))
    need(
        abs(float(one) - 2.0) > 1e-3,
        "Right for all 17 houses, but each training step feeds one house, and divides its square by 2 · 17 as well. A mean "
        "divides by how many were fed.",
    )
    close(one, 4.0 / 34.0, "The cost of one house, wrong by 2,")


def guard(words: Any) -> None:
    need(isinstance(words, list) and all(isinstance(word, str) for word in words), "Write a list of texts.")
    need(words[:1] != ["tf2kit"], "Leave out `tf2kit` itself; the list is what comes behind it.")
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "src", "program.py")
        program.parent.mkdir()
        program.write_text(_OLD)
        old = _tf2kit(*words, folder=Path(folder))
        need(program.read_text() == _OLD, "It changes the file. A server that builds should look, not write.")
        need(old.returncode != 2, f"tf2kit does not understand it: {(old.stderr or old.stdout).strip()[:200]}")
        need(old.returncode == 1, "There is TensorFlow 1 in `src`, and the exit code is 0: nobody would notice.")
        need(
            "::error" in old.stdout,
            "The exit code is right. But GitHub shows findings beside the code only in its own format.",
        )
        program.write_text(_NEW)
        need(_tf2kit(*words, folder=Path(folder)).returncode == 0, "A clean folder does not give the exit code 0.")
