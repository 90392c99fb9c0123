"""A file is neither Python 3 nor Python 2 that can be read.

## What it does
Reports the place where the parser of the running Python stops. The file is left as it is and the others go on.

## Why
Nothing can be said about names in a text that has no syntax tree. Templates, merge conflicts and newer syntax than the running
Python knows are the usual causes.

## What to do by hand
Mend the line. If the file uses newer syntax, run tf2kit with that Python. If it is a template, exclude it with `--exclude`.
"""

from __future__ import annotations

from .. import document

CODE = document(__name__, "SRC002", "syntax-error", "source")
TODO = "Mend the line, run tf2kit with the Python that the file is written for, or leave the file out with --exclude."
