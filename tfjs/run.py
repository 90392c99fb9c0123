"""Runs a written model in Node.js, on one of the backends of TF.js; `browser.py` does it in Chromium."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tf2kit.export import ExportError, Ran, Signature

from . import nodejs, ops


def on_cpu(
    artefact: Path, signature: Signature, samples: Mapping[str, np.ndarray], repeats: int, options: Mapping[str, Any]
) -> Ran:
    """`in_node` on the backend in plain JavaScript, as `tf2kit.export.target.Run`."""
    del options
    return in_node(artefact, signature, samples, repeats, "cpu")


def on_wasm(
    artefact: Path, signature: Signature, samples: Mapping[str, np.ndarray], repeats: int, options: Mapping[str, Any]
) -> Ran:
    """`in_node` on the backend in WebAssembly, as `tf2kit.export.target.Run`."""
    del options
    return in_node(artefact, signature, samples, repeats, "wasm")


def in_node(
    artefact: Path, signature: Signature, samples: Mapping[str, np.ndarray], repeats: int = 0, backend: str = "cpu"
) -> Ran:
    """Run the model of a folder in Node.js.

    Args:
      artefact: the folder with model.json.
      signature: what goes in and comes out.
      samples: an array for each input.
      repeats: how many calls with one sample are timed.
      backend: cpu or wasm.

    Raises:
      RuntimeMissingError: no Node.js, or its packages are not installed.
      ExportError: TF.js refuses the model or fails in it.
    """
    asked = request(artefact, signature, samples, repeats) | {"model": str(artefact), "backend": backend}
    return answer(json.loads(nodejs.script("run.mjs", json.dumps(asked))))


def request(artefact: Path, signature: Signature, samples: Mapping[str, np.ndarray], repeats: int) -> dict[str, Any]:
    """What runtime/execute.mjs wants to know."""
    model = json.loads((artefact / "model.json").read_text())
    one = {name: samples[name][:1] if _open(signature, name) else samples[name] for name in signature.inputs}
    return {
        "inputs": {name: _encoded(samples[name]) for name in signature.inputs},
        "one": {name: _encoded(array) for name, array in one.items()},
        "outputs": list(signature.outputs),
        "waits": bool(ops.asynchronous_json(model["modelTopology"])),
        "repeats": repeats,
    }


def _open(signature: Signature, name: str) -> bool:
    shape = signature.inputs[name].shape
    return shape is None or (bool(shape) and shape[0] is None)


def answer(said: Mapping[str, Any]) -> Ran:
    """What runtime/execute.mjs said.

    Raises:
      ExportError: calls leave tensors behind; a page that runs the model would need more and more memory.
    """
    if said["left"] > 0:
        raise ExportError(f"Each call of the model leaves {said['left']} tensors behind in TF.js.")
    outputs = {name: _decoded(value) for name, value in said["outputs"].items()}
    latency = {} if said["latencyMs"] is None else {1: said["latencyMs"] / 1000}
    return Ran(outputs, said["loadMs"] / 1000, latency)


def _encoded(array: np.ndarray) -> dict[str, Any]:
    shape = list(array.shape)
    if array.dtype.kind in "OSU":
        texts = [item.decode() if isinstance(item, bytes) else str(item) for item in array.reshape(-1)]
        return {"dtype": "string", "shape": shape, "data": texts}
    kind = "bool" if array.dtype.kind == "b" else "int32" if array.dtype.kind in "iu" else "float32"
    data = np.ascontiguousarray(array, dtype=np.uint8 if kind == "bool" else kind)
    return {"dtype": kind, "shape": shape, "data": base64.b64encode(data.tobytes()).decode()}


def _decoded(value: Mapping[str, Any]) -> np.ndarray:
    whole: np.ndarray
    if value["dtype"] == "string":
        whole = np.array([text.encode() for text in value["data"]], dtype=object)
    elif value["dtype"] == "bool":
        whole = np.frombuffer(base64.b64decode(value["data"]), dtype=np.uint8).astype(np.bool_)
    else:
        whole = np.frombuffer(base64.b64decode(value["data"]), dtype=value["dtype"])
    shape: list[int] = value["shape"]
    return whole.reshape(shape)
