"""Executes a lesson as a notebook would: cell after cell in an IPython shell, in a process of its own, offline.

The process is forked from one that has imported TensorFlow and used nothing of it: a new start costs no import (1.5 s, not 12).
An exercise is run several times: as its stub, with each wrong answer, and last with its solution, which the cells behind it see.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

LIMIT = 300  # seconds for one lesson, on a machine that does other things as well
_PRELOAD = ["tensorflow", "keras", "numpy", "matplotlib.pyplot", "IPython.core.interactiveshell"]
_SEEN = re.compile(r"deprecat|FutureWarning|WARNING:tensorflow|RuntimeWarning|UserWarning|Traceback", re.I)


@dataclass
class Outcome:
    """What became of a lesson.

    ``seconds`` have passed; ``processor`` seconds were computed, child processes included. ``problems`` are sentences, empty when all is
    well; ``slowest`` are (seconds, first line) of the three slowest cells; ``printed`` is all that a learner would read.
    """

    seconds: float = 0.0
    processor: float = 0.0
    problems: list[str] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    printed: str = ""


def execute(key: str, answers: bool = True) -> Outcome:
    """Execute a lesson; ``answers`` False leaves all exercises open."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # as the first cell does
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    with tempfile.TemporaryDirectory(prefix="tf2kit-lesson-") as folder:
        process = context.Process(target=_inside, args=(key, answers, folder))
        process.start()
        process.join(LIMIT)
        if process.is_alive():
            process.kill()
            process.join()
            return Outcome(LIMIT, [f"not done after {LIMIT} s"])
        result = Path(folder) / "outcome.json"
        if not result.exists():
            return Outcome(problems=[f"the process ended with {process.exitcode}"])
        return Outcome(**json.loads(result.read_text()))


def _inside(key: str, answers: bool, folder: str) -> None:
    begin = time.perf_counter()
    os.environ |= {"TF2KIT_LESSONS": f"{folder}/learner", "MPLBACKEND": "agg", "IPYTHONDIR": f"{folder}/ipython"}
    work = Path(folder) / "work"
    work.mkdir()
    os.chdir(work)
    run = _Run(key, answers, Path(folder) / "printed")
    run.all_cells()
    run.outcome.seconds = round(time.perf_counter() - begin, 1)
    run.outcome.processor = round(sum(os.times()[:4]), 1)
    (Path(folder) / "outcome.json").write_text(json.dumps(asdict(run.outcome)))


class _Run:
    """One lesson on its way through the shell."""

    def __init__(self, key: str, answers: bool, log: Path) -> None:
        from IPython.core.interactiveshell import InteractiveShell

        from tf2kit.lessons.course import lessons

        self.lesson, self.answers, self.log = lessons()[key], answers, log
        self.shell = InteractiveShell.instance(colors="NoColor")
        self.outcome = Outcome()

    def all_cells(self) -> None:
        """Run the lesson up to its end or to the first cell that raises."""
        from tf2kit.lessons import generate

        times = []
        for kind, text in generate.cells(self.lesson):
            if kind != "code":
                continue
            begin = time.perf_counter()
            keys = generate.CHECK.findall(text)
            good = self._exercise(text, keys[0]) if keys else self._cell(text) is not None
            times.append((round(time.perf_counter() - begin, 1), text.splitlines()[0][:60]))
            if not good:
                break
        self.outcome.slowest = sorted(times, reverse=True)[:3]

    def _cell(self, text: str) -> str | None:
        """Run a cell; returns what a learner reads, None when it raised."""
        with _descriptors_to(self.log):
            result = self.shell.run_cell(text, store_history=True)
        printed = self.log.read_text(errors="replace")
        self.outcome.printed += f"\n>>> {text}\n{printed}"
        where = f"cell {text.strip().splitlines()[0][:50]!r}"
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            self.outcome.problems.append(f"{where} raised {type(error).__name__}: {str(error)[:600]}")
            return None
        self.outcome.problems += [
            f"{where} shows a learner: {line.strip()[:300]}" for line in printed.splitlines() if _SEEN.search(line)
        ]
        return printed

    def _exercise(self, text: str, key: str) -> bool:
        """Run the stub, and then the wrong answers and the solution; False when nothing behind it can run."""
        exercise = self.lesson.exercise(key)
        call = text[text.index(f'check("{key}"') :]
        said = self._cell(text)
        self._expect(f"{key}: the stub", said, "is still open")
        if not self.answers or said is None:
            return said is not None
        for number, wrong in enumerate(exercise.wrong, 1):
            before = dict(self.shell.user_ns)
            self._expect(f"{key}: wrong answer {number}", self._cell(f"{wrong}\n\n{call}"), "not yet: ")
            self.shell.user_ns.clear()
            self.shell.user_ns.update(before)
        said = self._cell(f"{exercise.solution}\n\n{call}")
        self._expect(f"{key}: the solution", said, "is solved")
        return said is not None

    def _expect(self, what: str, said: str | None, words: str) -> None:
        if said is not None and words not in said:
            self.outcome.problems.append(f"{what} should be told '{words.strip()}', but reads: {said.strip()[:400]}")


@contextlib.contextmanager
def _descriptors_to(log: Path) -> Iterator[None]:
    """Everything written to descriptors 1 and 2 goes into a file: a notebook shows what C++ writes, too."""
    import sys

    kept: list[Any] = [os.dup(1), os.dup(2)]
    with log.open("wb") as file:
        sys.stdout.flush(), sys.stderr.flush()
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            sys.stdout.flush(), sys.stderr.flush()
            for number, old in enumerate(kept, 1):
                os.dup2(old, number)
                os.close(old)
