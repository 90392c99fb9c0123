"""Runs a program in a child process, with the recorder beside it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .recording import Recording, events_of, of_events
from .stage import Box

RECORDER = Path(__file__).resolve().parent / "recorder"
_LAST = 12  # lines of standard error that are kept
_GRACE = 5.0


@dataclass(frozen=True, slots=True)
class Job:
    """One run.

    Attributes:
      python: the interpreter.
      runner: "python" or "tf2kit run".
      box: the program.
      folder: where the recording goes; it exists.
      cap: steps to make, 0 for all.
      reference: folder of the recording whose initial weights are taken over; None to keep the program's own.
      neutral: whether random operations are replaced. in_order: whether data stays in order that would be shuffled.
      perturb, seed: relative movement of initial weights.
      timeout: in seconds.
    """

    python: str
    runner: str
    box: Box
    arguments: tuple[str, ...]
    folder: Path
    cap: int = 0
    reference: Path | None = None
    neutral: bool = False
    in_order: bool = False
    perturb: float = 0.0
    seed: int = 0
    timeout: float = 600.0

    def config(self) -> dict[str, Any]:
        """What the recorder reads; see `recorder.program`."""
        return {
            "folder": str(self.folder),
            "script": str(self.box.script),
            "arguments": list(self.arguments),
            "runner": self.runner,
            "cap": self.cap,
            "reference": str(self.reference) if self.reference else None,
            "neutral": self.neutral,
            "in_order": self.in_order,
            "perturb": self.perturb,
            "seed": self.seed,
        }


Execute = Callable[[Job], Recording]
_running: set[subprocess.Popen[bytes]] = set()


def environment(folder: Path) -> dict[str, str]:
    """The environment of a run: one thread, no GPU, no windows, fixed hashes, and a folder of its own for temporary files."""
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    return {
        **os.environ,
        "CUDA_VISIBLE_DEVICES": "-1",
        "MPLBACKEND": "Agg",
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "TF_NUM_INTEROP_THREADS": "1",
        "TF_NUM_INTRAOP_THREADS": "1",
        "TMPDIR": str(temporary),
    }


def execute(job: Job) -> Recording:
    """Run a program to its end, its cap or its timeout."""
    config = job.folder / "config.json"
    config.write_text(json.dumps(job.config()), encoding="utf-8")
    began = time.monotonic()
    with open(job.folder / "stdout", "wb") as out, open(job.folder / "stderr", "wb") as err:
        process = subprocess.Popen(
            [job.python, str(RECORDER), str(config)],
            cwd=job.box.folder,
            env=environment(job.folder),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        _running.add(process)
        try:
            code: int | None = process.wait(job.timeout)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _running.discard(process)
            end(process)
    return collect(job, code, time.monotonic() - began)


def end_all() -> None:
    """Stop every run that is under way, as after Ctrl-C."""
    for process in list(_running):
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop what is left of a run and of its own children."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)


def collect(job: Job, code: int | None, seconds: float) -> Recording:
    """Read what a run left in its folder, and tell those who wait for its weights that no more will come."""
    (job.folder / "ended").touch()
    events = events_of(job.folder)
    last = next((event for event in reversed(events) if event["t"] == "end"), None)
    ended = "timeout" if code is None else "failed" if code else str(last["why"]) if last else "ended"
    said = (job.folder / "stderr").read_text(encoding="utf-8", errors="replace").strip()
    errors = "\n".join(said.splitlines()[-_LAST:])
    recording = of_events(events, job.folder, seconds=seconds, exit_code=code, ended=ended, errors=errors)
    recording.crashed = "Traceback (most recent call last)" in said
    if last is None:
        recording.steps = sum(call.trains for call in recording.calls)
        if ended == "ended":
            recording.warnings.append("the program ended without returning to Python; its last values were not seen")
    return recording
