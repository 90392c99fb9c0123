"""TensorFlow's own `tf_upgrade_v2` cannot read this file, or is not there.

## What it does
Notes that the official script stopped with an error on this file. tf2kit's own passes, which work from the same tables, migrate it.

## Why
The script stands on a parser that stops at the syntax of Python 3.7 and at some slices with parentheses. Left to itself, it
gives up on the whole tree then, or writes an empty file.

## What to do by hand
Nothing: the import swap and everything after it was made without the script.
"""

from __future__ import annotations

from ...findings import Finding, Severity
from .. import document

CODE = document(__name__, "OFC102", "official-cannot-read", "official")


def finding(reason: str) -> Finding:
    """The note for one file."""
    return Finding(
        CODE,
        f"tf_upgrade_v2 cannot be used here ({reason}); our own passes migrate the file",
        0,
        0,
        severity=Severity.NOTE,
    )
