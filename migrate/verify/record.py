"""Records a program in every variant, for comparisons where the TensorFlow that it was written for is not at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .child import Job
from .judge import Noise
from .lab import Lab, Options, Variant
from .recorder import arrays
from .recording import Recorded, Recording, events_of
from .stage import Program
from .values import Value

INLINE = 1 << 16  # values up to which an initial weight is kept exactly, so that it can be injected
EXACT = 640  # values up to which other arrays are kept exactly; above, a sketch is smaller


class RecordError(Exception):
    """The program did not end well; ``str()`` says how."""


def record(program: Program, arguments: tuple[str, ...], options: Options, scratch: Path) -> Recorded:
    """Run ``program`` as it is and, if it draws random numbers in TensorFlow, with fixed ones; measure the noise of both.

    ``options.neutralise`` "never" leaves the run with fixed numbers out: half the time and size, for programs that seed all they draw.

    Raises:
      RecordError: it failed or took longer than the timeout.
    """
    lab = Lab(program, program, arguments, options, scratch)
    rows: dict[str, Any] = {}
    shuffled = False
    for neutral in (False, True):
        variant = Variant(neutral, in_order=neutral and shuffled)
        job = lab.job("old", variant)
        found = lab.run("old", variant, job)
        if found.ended not in ("failed", "timeout"):
            rows[variant.name] = _row(found, job, lab.noise(found, variant))
        elif not neutral:  # with fixed numbers a program may do what it never did: look a word up that it does not have
            raise RecordError(f"{program.shown} ended with {found.ended}:\n{found.errors}")
        shuffled = found.shuffled
        if not found.randoms or options.neutralise == "never":
            break
    return Recorded(program.shown, arguments, options.steps, rows)


def _row(found: Recording, job: Job, noise: Noise) -> dict[str, Any]:
    return {
        "seconds": round(found.seconds, 1),
        "exit_code": found.exit_code,
        "ended": found.ended,
        "events": [_portable(event, job) for event in events_of(job.folder)],
        "noise": [[*key, float(f"{error:.2g}")] for key, error in noise.errors.items() if error],
    }


def _portable(event: dict[str, Any], job: Job) -> dict[str, Any]:
    """An event whose place is relative to the folder of the program's script, and whose arrays are small."""
    if event.get("at"):
        path, home = Path(event["at"][0]), job.box.script.parent
        event["at"][0] = path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name
    if event["t"] == "call":
        event["values"] = [_small(row, job.folder, EXACT) for row in event["values"]]
    elif event["t"] in ("initial", "final"):
        wanted = event["t"] == "initial" and event["role"] == "weight" and not job.neutral
        event["value"] = _small(event["value"], job.folder, INLINE if wanted else EXACT)
    return event


def _small(row: dict[str, Any], folder: Path, exact: int) -> dict[str, Any]:
    """An array exactly or as a sketch, by its size, without a file of its own."""
    array = Value(row, folder).exact
    small = row if array is None else arrays.encode(array, exact)
    return {key: value for key, value in small.items() if key != "file"}
