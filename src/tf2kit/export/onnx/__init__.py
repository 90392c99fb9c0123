"""ONNX models by tf2onnx, of which it is known before they are written that they hold ONNX operators only; run in onnxruntime.

tf2onnx writes ops that it does not know under their TensorFlow names, without an error, and floor division of integers as division that
cuts off. So the graph is lowered first (`convert.py`), and looked through afterwards (`model.py`).
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import RuntimeMissingError
from ..target import Target

if TYPE_CHECKING:
    from ..report import Report
    from ..story import Proof

# the first that tf2kit is tried with, to the first in which strings can be compared
OPSETS = range(13, 20)


def needs(check: bool) -> None:
    """Raise `RuntimeMissingError` where tf2onnx, or for a check onnxruntime, is not installed."""
    for name in ("tf2onnx", "onnx", *(["onnxruntime"] if check else [])):
        if importlib.util.find_spec(name) is None:
            message = f"ONNX needs the package {name}, which is not installed."
            raise RuntimeMissingError(message, todo=f'{sys.executable} -m pip install "tf2kit[export]"')


TARGET = Target(
    name="onnx",
    title="ONNX",
    convert="tf2kit.export.onnx.convert:convert",
    runs={"onnxruntime": "tf2kit.export.onnx.run:run"},
    needs=needs,
    suffix=".onnx",
)


def export(
    model: str, output: str | Path, options: Mapping[str, Any] | None = None, proof: Proof | None = None, **request: Any
) -> Report:
    """Write an .onnx file and prove it; what `tf2kit export onnx` does.

    Args:
      model: a path, or module:callable.
      output: where to write, ending with .onnx.
      options: opset.
      proof: how it is proven, see `tf2kit.export.story.Proof`.
      request: inputs, outputs, signatures, batch, unsafe, see `tf2kit.export.sources.Request`.

    Raises:
      ExportError: the model cannot be exported; nothing was written.
    """
    from ..sources import Request
    from ..story import export

    return export(TARGET, Request(model, **request), Path(output), options, proof)
