"""A rule of tf2kit failed on this file.

## What it does
Reports an error inside tf2kit. The rule that failed changed nothing; the other rules went on.

## Why
One bad file, or one bad rule, must not stop a migration.

## What to do by hand
Please report it with the lines that it names. `--ignore` with the code of the rule keeps it quiet meanwhile.
"""

from __future__ import annotations

from .. import document

CODE = document(__name__, "SRC004", "internal-error", "source")
TODO = "This is a bug in tf2kit. Please report it; leave the rule out with --ignore meanwhile."


def message(trace: str, rule: str = "") -> str:
    """One sentence from a traceback: what was raised and where."""
    lines = [line.strip() for line in trace.strip().splitlines()]
    places = [line for line in lines if line.startswith("File ")]
    where = places[-1].split("/")[-1].replace('", line ', ":").split(",")[0] if places else "?"
    return f"{'rule ' + rule if rule else 'tf2kit'} failed: {lines[-1]} (at {where})"
