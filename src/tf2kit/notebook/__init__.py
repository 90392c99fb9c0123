"""Notebooks of TensorFlow 1 run again: after ``%load_ext tf2kit``, ``%tensorflow_version 1.x`` works as it once did in Colab.

The cells that follow are migrated in memory before they run, each with what the cells before it have bound. ``%%tf1`` does so for one cell;
``%%migrate`` shows the new text of a cell and puts it into the next one. Start reading at `session.py`.
"""

from __future__ import annotations

from typing import Any

from . import magics
from .session import Session


def load(shell: Any) -> None:
    """Add the magics to an IPython shell; loading twice is loading once."""
    if not isinstance(getattr(shell, "tf2kit", None), Session):
        shell.tf2kit = Session(shell)
        magics.register(shell.tf2kit)


def unload(shell: Any) -> None:
    """Run cells as they are from now on; the magics stay."""
    if isinstance(getattr(shell, "tf2kit", None), Session):
        shell.tf2kit.close()
        del shell.tf2kit
