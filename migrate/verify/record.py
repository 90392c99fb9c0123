"""Records a program in every variant, for comparisons where the TensorFlow that it was written for is not at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from .child import Job
from .lab import Lab, Options, Side, Variant
from .recorder import arrays
from .recording import Recorded, Recording, events_of
from .stage import Box, Program

PERTURBED = 2  # runs with moved weights that measure the noise
INLINE = 1 << 16  # values up to which an initial weight is kept exactly, so that it can be injected


class RecordError(Exception):
    """The program did not end well; ``str()`` says how."""


def record(program: Program, arguments: tuple[str, ...], options: Options, scratch: Path) -> Recorded:
    """Run ``program`` plain, with its weights moved and, if it draws random numbers in TensorFlow, with those operations replaced.

    Raises:
      RecordError: it failed or took longer than the timeout.
    """
    lab = Lab(program, program, arguments, options, scratch)
    rows: dict[str, Any] = {}
    for neutral in (False, True):
        variants = [Variant(neutral, n) for n in range(PERTURBED + 1)]
        jobs: list[tuple[Side, Variant, Job]] = [("old", variant, lab.job("old", variant)) for variant in variants]
        recordings = lab.at_once(jobs)
        for (_, variant, job), found in zip(jobs, recordings, strict=True):
            if found.ended in ("failed", "timeout"):
                raise RecordError(f"{program.shown} ended with {found.ended}:\n{found.errors}")
            rows[variant.name] = _row(found, job.folder, job.box)
        if not recordings[0].randoms:
            break
    return Recorded(program.shown, arguments, options.steps, rows)


def _row(found: Recording, folder: Path, box: Box) -> dict[str, Any]:
    events = [_portable(event, folder, box) for event in events_of(folder)]
    return {"seconds": round(found.seconds, 1), "exit_code": found.exit_code, "ended": found.ended, "events": events}


def _portable(event: dict[str, Any], folder: Path, box: Box) -> dict[str, Any]:
    """An event whose place is relative to the folder of the program's script, and without files of its own."""
    if event.get("at"):
        path, home = Path(event["at"][0]), box.script.parent
        event["at"][0] = path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name
    file = event["value"].pop("file", None) if isinstance(event.get("value"), dict) else None
    if file is not None:
        array = np.load(folder / file)
        if array.size <= INLINE:
            event["value"] = arrays.encode(array, exact=INLINE)
    return event
