"""Functions for child processes of tests: converters and runtimes that do one thing each, mostly wrong. None needs TensorFlow."""

from __future__ import annotations

import errno
import os
import signal
import time
from pathlib import Path
from typing import Any

import numpy as np

from tf2kit.export import ExportError, Ran
from tf2kit.export.child import Message


def echo(message: Message) -> Message:
    return message


def refuse(message: Message) -> Message:
    raise ExportError("Erfc (gelu/Erfc) has no form there.", op="Erfc", todo="Use the approximate GELU.")


def fail(message: Message) -> Message:
    raise KeyError("keras_tensor_9")


def killed(message: Message) -> Message:
    print("converting the graph", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
    return message


def leave(message: Message) -> Message:
    os._exit(3)


def hang(message: Message) -> Message:
    time.sleep(60)
    return message


def write(exportable: Any, out: Path, options: dict[str, Any]) -> dict[str, Any]:
    """A file, or with ``options["folder"]`` a folder, and another file beside it."""
    if options.get("folder"):
        out.mkdir()
        (out / "model.bin").write_bytes(b"model")
    else:
        out.write_bytes(b"model")
        out.with_suffix(".h").write_text("model")
    return {"notes": ["written by a test"]}


def write_half(exportable: Any, out: Path, options: dict[str, Any]) -> dict[str, Any]:
    out.write_bytes(b"mod")
    os.kill(os.getpid(), signal.SIGSEGV)
    return {}


def write_to_full_disk(exportable: Any, out: Path, options: dict[str, Any]) -> dict[str, Any]:
    out.write_bytes(b"mod")
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(out))


def run(artefact: Path, signature: Any, given: dict[str, np.ndarray], repeats: int, options: dict[str, Any]) -> Ran:
    """Doubles its input, as the original does; ``options["error"]`` is added."""
    return Ran({"y": given["x"] * 2 + options.get("error", 0)}, 0.001, {1: 0.0001})
