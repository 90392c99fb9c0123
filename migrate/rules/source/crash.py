"""The process that worked on this file died.

## What it does
Reports a worker process that was killed or crashed, usually for want of memory. The file is left as it is; the others go on in a new
process.

## Why
A crash in one file must not lose the work on the others.

## What to do by hand
Run tf2kit on this file alone, with `-j 1`. If it dies again, please report it.
"""

from __future__ import annotations

from .. import document

CODE = document(__name__, "SRC005", "worker-died", "source")
TODO = "Run tf2kit on this file alone, with -j 1."
