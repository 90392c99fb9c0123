"""The migrated text could not be turned back into a file.

## What it does
Reports that the new text has a character that the file's encoding lacks, or that a cell border of a notebook got lost. The file is
left as it is.

## Why
Half a file is worse than an old one.

## What to do by hand
Save the file as UTF-8 and migrate again. If it is UTF-8 already, this is a bug in tf2kit: please report it with the file.
"""

from __future__ import annotations

from .. import document

CODE = document(__name__, "SRC003", "cannot-encode", "source")
TODO = "Save the file as UTF-8 and migrate again."
