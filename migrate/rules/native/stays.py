"""The program stays on `tensorflow.compat.v1`: this line prevents that it is lifted to TensorFlow 2.

## What it does
Reports, with `--to native`, the place that is not known to keep its meaning outside of a graph. All modules of the program then
take the compat level, since a program runs either with a session or without one.

## Why
Lifting knows which constructions become what, and refuses everything else instead of guessing. There may be more such places:
lifting ends at the first of each program.

## What to do by hand
The program runs as it is, on compat. To get it lifted, write the line in another way (the finding says how, where a way is
known), in the old program, and migrate again; or take the new version and rewrite the rest by hand, with `tf2kit verify` to tell
whether it still computes the same.
"""

from __future__ import annotations

from .. import document

CODE = document(__name__, "NAT501", "stays-on-compat", "program")
TODO = "Write this line in another way and migrate again, or go on with compat: it runs."
