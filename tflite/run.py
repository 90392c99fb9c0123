"""A .tflite file in LiteRT (ai-edge-litert), which is what applications link; runs in a child process."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from tf2kit.export import ExportError, Ran, Signature
from tf2kit.export.entry import median, single

from . import model_file, texts

THREADS = (1, 2)


def run(
    artefact: Path, signature: Signature, samples: Mapping[str, np.ndarray], repeats: int, _: Mapping[str, Any]
) -> Ran:
    """Outputs as the original gives them; see `tf2kit.export.target.Run`. Integers of quantised inputs and outputs are scaled.

    Raises:
      ExportError: LiteRT does not run the file.
    """
    start = time.perf_counter()
    call = caller(artefact, signature.name)
    load = time.perf_counter() - start
    outputs = call(samples)
    latency = {}
    if repeats:
        one = single(signature, samples)
        for threads in THREADS:
            again = caller(artefact, signature.name, threads)
            latency[threads] = median(lambda again=again: again(one), repeats)  # type: ignore[misc]
    return Ran(outputs, load, latency)


def caller(artefact: Path, name: str, threads: int = 1) -> Callable[[Mapping[str, np.ndarray]], dict[str, np.ndarray]]:
    """A function from a signature's inputs to its outputs.

    Raises:
      ExportError: LiteRT does not run the file.
    """
    try:
        interpreter = Interpreter(model_path=str(artefact), num_threads=threads)
        runner = interpreter.get_signature_runner(name)
    except (RuntimeError, ValueError) as error:
        raise _failed(artefact, "load", error) from error
    inputs, results = runner.get_input_details(), runner.get_output_details()

    def call(samples: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        try:
            outputs = runner(**{key: given(samples[key], inputs[key]) for key in inputs})
        except (RuntimeError, ValueError) as error:
            raise _failed(artefact, "run", error) from error
        return {key: _out(array, results[key]) for key, array in outputs.items()}

    return call


def given(array: np.ndarray, details: Mapping[str, Any]) -> np.ndarray:
    """As the file takes it: texts as bytes, floats as integers where the input is quantised."""
    wanted = np.dtype(details["dtype"])
    if array.dtype.kind in "OSU" and wanted == np.uint8:
        return texts.encode(array)
    scale, zero = details["quantization"]
    if wanted.kind in "iu" and array.dtype.kind == "f" and scale:
        limits = np.iinfo(wanted)
        array = np.clip(np.round(array / scale + zero), limits.min, limits.max)
    return array if array.dtype.kind in "OSU" else array.astype(wanted)


def _out(array: np.ndarray, details: Mapping[str, Any]) -> np.ndarray:
    scale, zero = details["quantization"]
    if array.dtype.kind in "iu" and scale:
        return np.asarray((array.astype(np.float32) - zero) * scale, np.float32)
    return array


def _failed(artefact: Path, what: str, error: Exception) -> ExportError:
    """What LiteRT said, or which ops it does not have; it finds out about these when it loads a file or only when it runs it."""
    foreign = model_file.ops(artefact.read_bytes())[1]
    if foreign:
        return ExportError(
            f"LiteRT for Python does not have {', '.join(foreign)} of TensorFlow (select ops), so nothing can be proven.",
            op=foreign[0],
            todo="Add --no-check to keep the file as unproven, for an application that links TensorFlow's ops.",
        )
    return ExportError(f"LiteRT does not {what} {artefact.name}: {str(error).strip().partition(chr(10))[0]}")
