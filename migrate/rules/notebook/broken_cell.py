"""A cell of this notebook is not Python that can be read; it is left exactly as it is.

## What it does

Every code cell is read on its own. A cell that is neither Python 3 nor Python 2 is hidden from all rules, and the rest of the
notebook is migrated as usual. Cells in other languages (`%%bash`, `%%html`, …) are not meant here; they are always left alone.

## Why

A notebook often holds one unfinished or pasted cell. It should not stop the other cells from being migrated, and nobody can
tell what such a cell uses.

## What to do by hand

Repair the cell, or make it a text cell if it was never meant to run. Then run `tf2kit migrate` again: it reads the cell
anew. If the cell runs as it is in Jupyter, please report it.
"""

from __future__ import annotations

from .. import document

CODE = document(__name__, "NBK501", "broken-cell", "source")
