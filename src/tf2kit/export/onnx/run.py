"""Runs an ONNX model in onnxruntime."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..entry import median, single
from ..errors import ExportError
from ..signatures import Signature
from ..target import Ran

THREADS = (1, 2)


def run(
    artefact: Path, signature: Signature, given: Mapping[str, np.ndarray], repeats: int, _options: Mapping[str, Any]
) -> Ran:
    """Run the model in onnxruntime. See `target.Run`."""
    start = time.perf_counter()
    session = _session(artefact, THREADS[0])
    load = time.perf_counter() - start
    feed = {name: texts(array) for name, array in given.items()}
    names = [output.name for output in session.get_outputs()]
    outputs = dict(zip(names, session.run(names, feed), strict=True))
    latency = {}
    for threads in THREADS if repeats else ():
        timed, one = _session(artefact, threads), single(signature, feed)
        latency[threads] = median(lambda timed=timed, one=one: timed.run(names, one), repeats)  # type: ignore[misc]
    return Ran({name: np.asarray(value) for name, value in outputs.items()}, load, latency)


def _session(artefact: Path, threads: int) -> Any:
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(artefact), settings, providers=["CPUExecutionProvider"])
    except Exception as error:  # classes of onnxruntime that share no base
        raise ExportError(f"onnxruntime rejects the model: {' '.join(str(error).split())[:600]}") from error


def texts(array: np.ndarray) -> np.ndarray:
    """Strings as text, as onnxruntime wants them; other arrays as they are."""
    if array.dtype.kind not in "OS":
        return array
    made = np.empty(array.shape, object)
    for index in np.ndindex(array.shape):
        value = array[index]
        made[index] = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return made
