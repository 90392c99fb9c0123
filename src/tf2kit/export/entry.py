"""What runs in the child processes of an export: `make` and `run`, each from `child.Message` to `child.Message`."""

from __future__ import annotations

import functools
import importlib
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from . import samples
from .child import Message
from .signatures import Exportable, Signature


def make(message: Message) -> Message:
    """`prepare`, and `convert` unless there are more signatures than the target can hold.

    Both in one process: starting TensorFlow takes longer than converting most models.
    """
    prepared = prepare(message)
    exportable = prepared.data["exportable"]
    if len(exportable["signatures"]) > 1 and not message.data["several"]:
        return prepared
    converted = convert(Message({**message.data, "exportable": exportable}))
    return Message({**prepared.data, **converted.data}, prepared.arrays)


def prepare(message: Message) -> Message:
    """Load the model, draw or read samples, and let the original answer.

    Arrays of the result are called ``signature/in/name`` and ``signature/out/name``.
    """
    from . import sources

    data = message.data
    loaded = sources.load(sources.Request.from_json(data["request"]), Path(data["workdir"]))
    arrays: dict[str, np.ndarray] = {}
    latency, source = None, ""
    for signature in _checkable(loaded.exportable) if data["check"] else []:
        given, source = _samples(signature, data)
        call = loaded.calls[signature.name]
        arrays |= named(signature.name, "in", given) | named(signature.name, "out", call(given))
        if latency is None and data["repeats"]:
            latency = median(functools.partial(call, single(signature, given)), data["repeats"])
    return Message({"exportable": loaded.exportable.to_json(), "latency": latency, "samples": source}, arrays)


def _samples(signature: Signature, data: Mapping[str, Any]) -> tuple[dict[str, np.ndarray], str]:
    """What to compare on, and where that is from: a file, the target's own data, or drawn."""
    if data["samples"]:
        return samples.read(Path(data["samples"]), signature), str(data["samples"])
    if data["sampler"] and (found := _function(data["sampler"])(data["options"], signature)):
        return found, "the first of the representative samples"
    return samples.draw(signature, data["count"], data["seed"]), f"{data['count']} drawn samples (seed {data['seed']})"


def _checkable(exportable: Exportable) -> list[Signature]:
    """Signatures that give the same answer whenever they are asked."""
    return [signature for signature in exportable.signatures.values() if signature.pure]


def convert(message: Message) -> Message:
    """Call a target's converter; the result says how long it took."""
    data = message.data
    function = _function(data["function"])
    start = time.perf_counter()
    info = function(Exportable.from_json(data["exportable"]), Path(data["out"]), data["options"])
    return Message({"info": info, "seconds": time.perf_counter() - start})


def run(message: Message) -> Message:
    """Call a target's runtime on the samples of one signature."""
    data = message.data
    signature = Exportable.from_json(data["exportable"]).signatures[data["signature"]]
    ran = _function(data["function"])(
        Path(data["artefact"]), signature, message.arrays, data["repeats"], data["options"]
    )
    return Message({"load": ran.load, "latency": {str(n): s for n, s in ran.latency.items()}}, dict(ran.outputs))


def _function(word: str) -> Callable[..., Any]:
    module, _, name = word.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def named(signature: str, way: str, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Arrays of a signature under names that tell signatures, inputs and outputs apart."""
    return {f"{signature}/{way}/{name}": array for name, array in arrays.items()}


def unnamed(signature: str, way: str, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What `named` put together."""
    start = f"{signature}/{way}/"
    return {name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)}


def single(signature: Signature, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The first sample where the first sizes are open; all of it where they are not. This is what calls are timed with."""
    opened = [spec.shape is None or (bool(spec.shape) and spec.shape[0] is None) for spec in signature.inputs.values()]
    return {name: array[:1] if all(opened) else array for name, array in arrays.items()}


def median(call: Callable[[], object], repeats: int) -> float:
    """Median seconds of a call, after three that are not counted."""
    for _ in range(3):
        call()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
