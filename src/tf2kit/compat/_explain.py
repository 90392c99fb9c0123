"""Why a part of TensorFlow 1.15 is missing in tf2kit.compat; the hints are those of the migrator's rule CTB203."""

from __future__ import annotations

import importlib.resources
import json


class NotOfferedError(ModuleNotFoundError):
    """A part of TensorFlow 1.15 that tf2kit.compat does not have; the text names the replacement."""


def explain(full: str) -> str:
    """Why a name such as ``tf.estimator.BoostedTreesClassifier`` is missing, and what to use instead."""
    tables = importlib.resources.files("tf2kit.migrate") / "tables" / "contrib_homes.json"
    hints: dict[str, str] = json.loads(tables.read_text(encoding="utf-8"))["gone"]
    part = full
    while part:
        if part in hints:
            return f"{full} is gone and not part of tf2kit.compat. {hints[part]}"
        part = part.rpartition(".")[0]
    return f"{full} is not in this version of tf2kit. `tf2kit explain CTB204` says what to do."
