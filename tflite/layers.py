"""Which layers quantisation hurts: every tensor of the quantised file against the same tensor of the float file, both run in LiteRT.

The converter keeps names of tensors, so that layers of both files can be told to be the same. Errors add up along the way; a layer that
is much worse than those before it is the one to keep in float.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

from . import model_file, run


@dataclass(frozen=True)
class LayerError:
    """One tensor.

    Attributes:
      name: of the tensor, as the converter calls it after the layer.
      op: that makes it.
      error: root of the mean square difference, as a share of the root of the float tensor's mean square.
      cut: share of the values of the float tensor that lie beyond what the integers can say, and were cut off.
    """

    name: str
    op: str
    error: float
    cut: float


def worst(
    quantized: Path, plain: Path, signature: str, samples: Mapping[str, np.ndarray], count: int
) -> list[LayerError]:
    """The `count` quantised tensors with the largest errors, worst first."""
    there, here = (_tensors(path, signature, samples) for path in (plain, quantized))
    ops = _made_by(quantized.read_bytes(), signature)
    rows = [
        _row(name, ops[name], array, details, there[name][0])
        for name, (array, details) in here.items()
        if name in ops and name in there and details["quantization"][0] and array.shape == there[name][0].shape
    ]
    return sorted(rows, key=lambda row: -row.error)[:count]


def _row(name: str, op: str, array: np.ndarray, details: Mapping[str, Any], expected: np.ndarray) -> LayerError:
    scale, zero = details["quantization"]
    limits = np.iinfo(array.dtype)
    actual = (array.astype(np.float64) - zero) * scale
    size = float(np.sqrt(np.mean(np.square(expected.astype(np.float64)))))
    error = float(np.sqrt(np.mean(np.square(actual - expected))))
    low, high = (scale * (end - zero) for end in (limits.min - 0.5, limits.max + 0.5))
    beyond = (expected < low) | (expected > high)
    return LayerError(name, op, error / size if size else error, float(beyond.mean()))


def _tensors(path: Path, signature: str, samples: Mapping[str, np.ndarray]) -> dict[str, tuple[np.ndarray, Any]]:
    """Every tensor of a signature after a call, with its details."""
    interpreter = Interpreter(model_path=str(path), experimental_preserve_all_tensors=True)
    runner = interpreter.get_signature_runner(signature)
    given = runner.get_input_details()
    runner(**{key: run.given(samples[key], given[key]) for key in given})
    graph = model_file.subgraph(path.read_bytes(), signature)
    found: dict[str, tuple[np.ndarray, Any]] = {}
    for details in interpreter.get_tensor_details(graph):
        try:
            found[details["name"]] = (interpreter.get_tensor(details["index"], graph), details)
        except ValueError:  # weights that are not unpacked, and tensors of no size
            continue
    return found


def _made_by(content: bytes, signature: str) -> dict[str, str]:
    """Tensor → type of the op that makes it."""
    model = schema.Model.GetRootAs(content)
    graph = model.Subgraphs(model_file.subgraph(content, signature))
    found = {}
    for op in map(graph.Operators, range(graph.OperatorsLength())):
        for index in op.OutputsAsNumpy():
            found[graph.Tensors(index).Name().decode()] = model_file.op_name(model.OperatorCodes(op.OpcodeIndex()))
    return found
