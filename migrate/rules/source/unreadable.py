"""A file cannot be read.

## What it does
Reports files and folders that cannot be opened, are not text in the encoding that they declare, or are no notebook although they are
called one. The file is left as it is and the others go on.

## Why
The official script turns such files into empty ones, or stops at the first of them.

## What to do by hand
Give yourself permission to read the file, or declare its real encoding in the first line (`# -*- coding: latin-1 -*-`), or exclude it
with `--exclude`.
"""

from __future__ import annotations

from .. import document

CODE = document(__name__, "SRC001", "unreadable-file", "source")
TODO = "Make it readable, declare its encoding in the first line (# -*- coding: latin-1 -*-), or leave it out with --exclude."
