"""Models for TensorFlow.js: a writer of graph models, and the runtimes that prove them. Read `convert.py` first.

Graph models are the only form that TF.js 4.22 still loads from Keras 3; the tensorflowjs package is not needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tf2kit.export import Target

from . import nodejs

if TYPE_CHECKING:
    from tf2kit.export.report import Report
    from tf2kit.export.story import Proof

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


def export(
    model: str, output: str | Path, options: Mapping[str, Any] | None = None, proof: Proof | None = None, **request: Any
) -> Report:
    """Write a folder with a graph model and prove it; what `tf2kit export tfjs` does.

    Args:
      model: a path, or module:callable.
      output: the folder.
      options: quantize and unroll, see `convert.convert`.
      proof: how it is proven, see `tf2kit.export.story.Proof`.
      request: inputs, outputs, signatures, batch, unsafe, see `tf2kit.export.sources.Request`.

    Raises:
      ExportError: the model cannot be exported; nothing was written.
    """
    from tf2kit.export.sources import Request
    from tf2kit.export.story import export

    return export(TARGET, Request(model, **request), Path(output), options, proof)
