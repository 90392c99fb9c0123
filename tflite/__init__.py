"""TensorFlow Lite files: every quantisation measured, select ops never silent, proven in LiteRT. Read `convert.py` first."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from typing import Any

from tf2kit.export import RuntimeMissingError, Target

from .options import Options


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
