"""A fork server: processes that have imported TensorFlow already become ``python ARGUMENTS`` within milliseconds.

    with Forked() as forked: forked.run(["train.py", "--steps=3"], folder, legacy_keras=False)

Importing TensorFlow starts no thread that a fork would lose, and a child ends as any Python process does. Which Keras tf.keras is gets
decided while TensorFlow is imported, so there is one server for Keras 2 and one for Keras 3, each started at its first use.
"""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

_SWITCH = "TF_USE_LEGACY_KERAS"
_LONGEST = 120.0


@dataclass(frozen=True, slots=True)
class Ended:
    """What `subprocess.run` would have given; ``returncode`` is negative for a signal."""

    returncode: int
    stdout: str
    stderr: str


class Forked:
    """The servers of one test process."""

    def __init__(self) -> None:
        self._servers: dict[bool, subprocess.Popen[str]] = {}

    def __enter__(self) -> Forked:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers.values():
            server.kill()
            server.wait()

    def run(self, arguments: Sequence[str], folder: Path, legacy_keras: bool) -> Ended:
        """``python -W ignore ARGUMENTS`` (a script, or ``-m`` and a module) in ``folder``; killed after two minutes."""
        server = self._server(legacy_keras)
        assert server.stdin is not None
        assert server.stdout is not None
        request = {"arguments": list(arguments), "folder": str(folder)}
        server.stdin.write(json.dumps(request) + "\n")
        server.stdin.flush()
        return Ended(**json.loads(server.stdout.readline()))

    def _server(self, legacy_keras: bool) -> subprocess.Popen[str]:
        if legacy_keras not in self._servers:
            env = {
                **os.environ,
                "TF_CPP_MIN_LOG_LEVEL": "3",
                "TF_ENABLE_ONEDNN_OPTS": "0",
                "CUDA_VISIBLE_DEVICES": "-1",
            }
            env |= {"OMP_NUM_THREADS": "1", _SWITCH: str(int(legacy_keras))}
            command = [sys.executable, "-W", "ignore", __file__]
            self._servers[legacy_keras] = subprocess.Popen(
                command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        return self._servers[legacy_keras]


def serve() -> None:
    """Fork a child for every request on standard input, answer when it has ended."""
    import sklearn.datasets  # noqa: F401 (what programs import besides)
    import tensorflow.compat.v1  # noqa: F401

    del os.environ[_SWITCH]  # a program that needs Keras 2 says so itself
    for line in sys.stdin:
        request = json.loads(line)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            pid = os.fork()
            if not pid:
                _become(request, (out.fileno(), err.fileno()))
                return
            answer = {"returncode": _wait(pid), "stdout": _read(out), "stderr": _read(err)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _become(request: dict[str, Any], outputs: Sequence[int]) -> None:
    """Be the program; what it raises goes through to the interpreter."""
    os.chdir(request["folder"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, file in enumerate(outputs, 1):
        os.dup2(file, number)
    first, *rest = request["arguments"]
    if first == "-m":
        sys.argv[:], sys.path[0] = rest, request["folder"]
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv[:], sys.path[0] = [first, *rest], str(Path(first).parent)
        runpy.run_path(first, run_name="__main__")


def _wait(pid: int) -> int:
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(pid, 9)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


if __name__ == "__main__":
    serve()
