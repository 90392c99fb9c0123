"""The words of TensorFlow 1 that lifting knows, and what each becomes."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from ...homes import core_name
from ..rows import Row
from . import contrib_layers, initializers, layers, losses, metrics, ops, optimizers, platform

SYMBOLS = {**ops.SYMBOLS, **platform.SYMBOLS}


def lookup(name: str) -> Row | None:
    """The row of a TensorFlow 1 name ("tf.nn.relu"); None for one that is not known to have a counterpart.

    Names of ``tf.contrib`` that are the same function as a core name have the row of that.
    """
    found = _rows().get(name)
    if found is None and name.startswith("tf.contrib."):
        core = core_name(name, None)
        return _rows().get(core) if core is not None else None
    return found


@functools.cache
def _rows() -> Mapping[str, Row]:
    parts = (ops, platform, initializers, layers, contrib_layers, optimizers, losses, metrics)
    return {name: row for part in parts for name, row in part.ROWS.items()}
