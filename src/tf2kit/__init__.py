"""tf2kit: migrate TensorFlow 1 code, prove that it computes the same, and learn TensorFlow 2."""

from __future__ import annotations


def load_ipython_extension(shell: object) -> None:
    """``%load_ext tf2kit``: TensorFlow 1 notebooks run again, see `tf2kit.notebook`."""
    from .notebook import load

    load(shell)


def unload_ipython_extension(shell: object) -> None:
    """``%unload_ext tf2kit``: cells run as they are."""
    from .notebook import unload

    unload(shell)
