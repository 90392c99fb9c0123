"""Runs programs quickly: a process imports TensorFlow once and forks a child for each run.

    with Zygote() as execute: verify(old, new, options=Options(...), execute=execute)

Importing TensorFlow starts no thread, so the fork is sound. The module of Keras is chosen when TensorFlow is imported, so there is one
process for programs with legacy Keras and one for the others.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import traceback
from types import TracebackType
from typing import Any

from tf2kit.migrate.verify import child
from tf2kit.migrate.verify.recording import Recording

_LEGACY = "TF_USE_LEGACY_KERAS"
_LONGEST = 120.0


class Zygote:
    """An `Execute` for programs that run on the installed TensorFlow."""

    def __init__(self) -> None:
        self._parents: dict[bool, subprocess.Popen[str]] = {}

    def __enter__(self) -> Zygote:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for parent in self._parents.values():
            parent.kill()
            parent.wait()

    def __call__(self, job: child.Job) -> Recording:
        """Run a job; stops it after two minutes."""
        text = job.box.script.read_bytes()
        parent = self._parent(_LEGACY.encode() in text or job.runner != "python")
        config = job.folder / "config.json"
        config.write_text(json.dumps(job.config()), encoding="utf-8")
        began = time.monotonic()
        request = {
            "config": str(config),
            "folder": str(job.folder),
            "cwd": str(job.box.folder),
            "env": child.environment(job.folder),
        }
        assert parent.stdin is not None
        assert parent.stdout is not None
        parent.stdin.write(json.dumps(request) + "\n")
        parent.stdin.flush()
        return child.collect(job, json.loads(parent.stdout.readline()), time.monotonic() - began)

    def _parent(self, legacy: bool) -> subprocess.Popen[str]:
        if legacy not in self._parents:
            env = {**os.environ, "OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
            env = {k: v for k, v in env.items() if k != _LEGACY} | ({_LEGACY: "1"} if legacy else {})
            self._parents[legacy] = subprocess.Popen(
                [sys.executable, __file__], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        return self._parents[legacy]


def serve() -> None:
    """Fork a child for every request on standard input; answer with its exit code, or null when it took too long."""
    import sklearn.datasets  # noqa: F401 (what programs import besides)
    import tensorflow.compat.v1  # noqa: F401

    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if not pid:
            _become(request)
        sys.stdout.write(json.dumps(_wait(pid)) + "\n")
        sys.stdout.flush()


def _wait(pid: int) -> int | None:
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    return None


def _become(request: dict[str, Any]) -> None:
    """Be the process that `child.execute` would have started."""
    code = 1
    try:
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["cwd"])
        for number, name in ((1, "stdout"), (2, "stderr")):
            file = os.open(os.path.join(request["folder"], name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(file, number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        del sys.path[0]  # the folder of this file
        from tf2kit.migrate.verify.recorder.program import main

        code = main(request["config"])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
