"""TensorFlow Lite files: every quantisation measured, select ops never silent, proven in LiteRT. Read `convert.py` first."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tf2kit.export import RuntimeMissingError, Target

from .options import Options

if TYPE_CHECKING:
    from tf2kit.export.report import Report
    from tf2kit.export.story import Proof


def needs(_: bool) -> None:
    """Raise `RuntimeMissingError` where LiteRT is not installed, which reads files as well as it runs them."""
    if importlib.util.find_spec("ai_edge_litert") is None:
        raise RuntimeMissingError(
            "TensorFlow Lite files are read and run with ai-edge-litert, which is not installed.",
            todo="pip install 'tf2kit[export]'",
        )


def tolerance(options: Mapping[str, Any]) -> float:
    """What is asked for, or what the quantisation may cost."""
    return Options.of(options).tolerance


TARGET = Target(
    name="tflite",
    title="TensorFlow Lite",
    convert="tf2kit.tflite.convert:convert",
    runs={"litert": "tf2kit.tflite.run:run"},
    needs=needs,
    several=True,
    suffix=".tflite",
    tolerance=tolerance,
    sampler="tf2kit.tflite.representative:sample",
)


def export(
    model: str, output: str | Path, options: Mapping[str, Any] | None = None, proof: Proof | None = None, **request: Any
) -> Report:
    """Write a .tflite file and prove it; what `tf2kit export tflite` does.

    Args:
      model: a path, or module:callable.
      output: where to write, ending with .tflite.
      options: quantize and so on, see `options.Options`.
      proof: how it is proven, see `tf2kit.export.story.Proof`.
      request: inputs, outputs, signatures, batch, unsafe, see `tf2kit.export.sources.Request`.

    Raises:
      ExportError: the model cannot be exported; nothing was written.
    """
    from tf2kit.export.sources import Request
    from tf2kit.export.story import export

    return export(TARGET, Request(model, **request), Path(output), Options.of(options or {}).to_json(), proof)
