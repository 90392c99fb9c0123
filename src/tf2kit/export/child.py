"""Calls a function in a child process: a converter that crashes, hangs or leaks takes nothing with it.

Arguments and results are JSON data and arrays, so that nothing of the child gets into this process but data.
``python -m tf2kit.export.child FOLDER`` is the child.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .errors import ExportError, RuntimeMissingError

SECONDS = 1800
_TAIL = 12  # lines of what a child wrote that are worth showing
_NOISE = ("I0000", "W0000", "E0000", "WARNING: All log", "To enable the following")


@dataclass(frozen=True)
class Message:
    """What goes in and comes out.

    Attributes:
      data: JSON data.
      arrays: by name; strings are arrays of bytes objects.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)


def call(function: str, message: Message, seconds: float = SECONDS, threads: int | None = None) -> Message:
    """Run ``module:function``, which takes and returns a `Message`.

    Args:
      function: what to run.
      message: its argument.
      seconds: after so many it is killed.
      threads: how many it may compute on; None for as many as there are.

    Raises:
      ExportError: it raised one, raised something else, crashed, or took too long. A crash names the signal.
    """
    with tempfile.TemporaryDirectory(prefix="tf2kit-export-") as name:
        folder = Path(name)
        _write(folder / "in", message)
        command = [sys.executable, "-m", __name__, str(folder), function]
        with (folder / "log").open("wb") as log:
            try:
                done = subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=_environment(threads),
                    timeout=seconds,
                    check=False,
                )
            except subprocess.TimeoutExpired as error:
                raise ExportError(f"{_what(function)} was still running after {seconds:g} seconds.") from error
        if (folder / "error.json").is_file():
            raise _error(json.loads((folder / "error.json").read_text()))
        if done.returncode or not (folder / "out.json").is_file():
            raise ExportError(_death(function, done.returncode, folder / "log"), todo=_after_death(done.returncode))
        return _read(folder / "out")


def _environment(threads: int | None) -> dict[str, str]:
    quiet = {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONFAULTHANDLER": "1",
    }
    limit = {} if threads is None else {name: str(threads) for name in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")}
    return {**os.environ, **quiet, **limit}


def _what(function: str) -> str:
    """``tf2kit.tflite.convert:convert`` in a sentence."""
    return f"{function.partition(':')[0].rpartition('.')[2]} ({function})"


def _death(function: str, code: int, log: Path) -> str:
    text = log.read_text(errors="replace")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(_NOISE)]
    said = "".join(f"\n  {line}" for line in lines[-_TAIL:])
    how = f"was ended by the signal {_signal(-code)}" if code < 0 else f"ended with code {code}"
    return f"{_what(function)} {how}." + (f" Its last words:{said}" if said else "")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _after_death(code: int) -> str:
    if code == -signal.SIGKILL:
        return "SIGKILL often means that memory ran out: try on a machine with more, or a smaller model."
    return "Nothing was written. A crash of a converter is a bug in it; try other options, or another signature (--signature)."


def _error(said: Mapping[str, Any]) -> ExportError:
    if said["missing"]:
        return RuntimeMissingError(said["message"], said["todo"])
    return ExportError(said["message"], said["op"], said["todo"], said["usage"])


def _write(path: Path, message: Message) -> None:
    """As path.json and path.npz; bytes become arrays of numbers, since pickles are never read."""
    texts = {
        name: [_text(x) for x in array.reshape(-1)]
        for name, array in message.arrays.items()
        if array.dtype.kind in "OSU"
    }
    shapes = {name: message.arrays[name].shape for name in texts}
    numbers = {f"a_{name}": array for name, array in message.arrays.items() if name not in texts}
    with path.with_suffix(".npz").open("wb") as file:
        np.savez(file, **numbers)  # type: ignore[arg-type]
    order = list(message.arrays)
    path.with_suffix(".json").write_text(
        json.dumps({"data": message.data, "texts": texts, "shapes": shapes, "order": order})
    )


def _text(value: Any) -> str:
    """Bytes as text that keeps each of them."""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value).encode().decode("latin-1")


def _read(path: Path) -> Message:
    said = json.loads(path.with_suffix(".json").read_text())
    with np.load(path.with_suffix(".npz"), allow_pickle=False) as file:
        arrays = {name.removeprefix("a_"): file[name] for name in file.files}
    for name, texts in said["texts"].items():
        content = np.empty(len(texts), object)
        content[:] = [text.encode("latin-1") for text in texts]
        arrays[name] = content.reshape(said["shapes"][name])
    return Message(said["data"], {name: arrays[name] for name in said["order"]})


def _main(folder: Path, function: str) -> int:
    """The child."""
    try:
        module, _, name = function.partition(":")
        answer = getattr(importlib.import_module(module), name)(_read(folder / "in"))
        _write(folder / "out", answer)
    except Exception as error:  # whatever it is, the parent gets a sentence
        (folder / "error.json").write_text(json.dumps(_said(error)))
        traceback.print_exc()
        return 1
    return 0


def _said(error: Exception) -> dict[str, Any]:
    """An exception as data; those with an ``op`` are about the model, others are unexpected and keep their type."""
    own = hasattr(error, "op") and not type(error).__module__.startswith("tensorflow")
    system = isinstance(error, OSError) and error.strerror is not None
    return {
        "message": str(error) if own or system else f"{type(error).__name__}: {' '.join(str(error).split())[:1500]}",
        "op": getattr(error, "op", "") if own else "",
        "todo": getattr(error, "todo", ""),
        "usage": bool(getattr(error, "usage", False) or system),
        "missing": isinstance(error, RuntimeMissingError),
    }


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]), sys.argv[2]))
