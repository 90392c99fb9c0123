"""Models for TensorFlow.js: a writer of graph models, and the runtimes that prove them. Read `convert.py` first.

Graph models are the only form that TF.js 4.22 still loads from Keras 3; the tensorflowjs package is not needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tf2kit.export import Target

from . import nodejs

# errors that rounding weights may make; float32 is held to the target's own
_TOLERANCES = {"float16": 1e-3, "uint16": 1e-3, "uint8": 0.1}


def tolerance(options: Mapping[str, Any]) -> float:
    """The largest error that still counts as equal: that of the coarsest quantisation asked for."""
    text = options.get("quantize") or ""
    return max((limit for kind, limit in _TOLERANCES.items() if kind in text), default=1e-5)


def needs(check: bool) -> None:
    """Raise `RuntimeMissingError` where what runs a model is not installed; nothing else is needed to write one."""
    if check:
        nodejs.node()
        nodejs.packages()


TARGET = Target(
    name="tfjs",
    title="TensorFlow.js",
    convert="tf2kit.tfjs.convert:convert",
    runs={"cpu": "tf2kit.tfjs.run:on_cpu", "wasm": "tf2kit.tfjs.run:on_wasm"},
    needs=needs,
    tolerance=tolerance,
)
