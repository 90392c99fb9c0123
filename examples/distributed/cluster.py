"""A cluster on one machine: a process per task, addresses on loopback in TF_CONFIG, one view of all, and what happens when one dies.

What a cluster manager does with pods, in small. A group of workers that step together is all or nothing: when one dies the others cannot go
on, so all are started again, from the last checkpoint. A worker of parameter servers is started again by itself, while the others work.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from .task import Task
from .view import View

BAD_INPUT = 2  # exit code of a task that says its arguments cannot work: trying again would not help
_GRACE = 5.0  # seconds between asking and killing


@dataclass
class Process:
    """A task that runs: its process, and the last step that it reported."""

    task: Task
    handle: subprocess.Popen[str]
    step: int = 0


@dataclass
class Cluster:
    """A local cluster.

    Attributes:
      strategy: "multiworker" or "ps".
      tasks: what it consists of.
      command: what each task runs, without the interpreter.
      logs: the folder for what tasks write to their standard error.
      view: where progress and events go.
      restarts: how many deaths it survives.
    """

    strategy: str
    tasks: Sequence[Task]
    command: Sequence[str]
    logs: Path
    view: View
    restarts: int = 3
    running: list[Process] = field(default_factory=list)

    def run(self) -> int:
        """Run until the work is done; 0, 1 when tasks died more often than `restarts` allows, or `BAD_INPUT`."""
        self.logs.mkdir(parents=True, exist_ok=True)
        events: queue.Queue[tuple[Process, str | None]] = queue.Queue()
        with ExitStack() as stack:
            stack.callback(self._stop)
            self._start(events)
            while True:
                process, line = events.get()
                if process not in self.running:
                    continue  # of a group that was stopped
                if line is not None:
                    self._show(process, line)
                    continue
                code = process.handle.wait()
                if code == 0 and process.task.kind != "ps":
                    self.running.remove(process)
                    if self._done(process):
                        return 0
                    continue
                if not self._recover(process, code, events):
                    return BAD_INPUT if code == BAD_INPUT else 1

    def _done(self, ended: Process) -> bool:
        """Whether the work is done: the coordinator has ended, or every worker of a group has."""
        return ended.task.kind == "chief" or not self.running

    def _recover(self, dead: Process, code: int, events: queue.Queue[tuple[Process, str | None]]) -> bool:
        what = f"{dead.task.kind} {dead.task.index} {_ended(code)}" + (f" after step {dead.step}" if dead.step else "")
        if code > 0:
            what += f": {_last_line(self._log(dead.task))} (all of it is in {self._log(dead.task)})"
        if code == BAD_INPUT:
            self.view.event(what)
            return False
        if not self.restarts:
            self.view.event(
                f"{what}. No restart is left: stopping. Checkpoints are kept; run the same command again to go on."
            )
            return False
        self.restarts -= 1
        if self.strategy == "ps" and dead.task.kind == "worker":
            self.view.event(f"{what}. The others go on with its steps; it is started again.")
            self.running.remove(dead)
            self.running.append(self._launch(dead.task, events))
        else:
            self.view.event(
                f"{what}. Workers that step together cannot go on without it: all are started again from the last checkpoint."
            )
            self._stop()
            self._start(events)
        return True

    def _log(self, task: Task) -> Path:
        return self.logs / f"{task.kind}-{task.index}.log"

    def _start(self, events: queue.Queue[tuple[Process, str | None]]) -> None:
        self._addresses: dict[str, list[str]] = {}
        for task, port in zip(self.tasks, _free_ports(len(self.tasks)), strict=True):
            self._addresses.setdefault(task.kind, []).append(f"127.0.0.1:{port}")
        self.running = [self._launch(task, events) for task in self.tasks]

    def _launch(self, task: Task, events: queue.Queue[tuple[Process, str | None]]) -> Process:
        config = {"cluster": self._addresses, "task": {"type": task.kind, "index": task.index}}
        env = {**os.environ, "TF_CONFIG": json.dumps(config), "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONUNBUFFERED": "1"}
        with self._log(task).open("a", encoding="utf-8") as log:
            handle = subprocess.Popen(
                [sys.executable, *self.command],
                env=env,
                text=True,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        process = Process(task, handle)
        self.view.started(task, handle.pid)
        threading.Thread(target=_read, args=(process, events), daemon=True).start()
        return process

    def _show(self, process: Process, line: str) -> None:
        if not line.startswith("{"):
            self.view.said(process.task, line)
            return
        found = json.loads(line)
        process.step = found["step"]
        self.view.progress(process.task, found["step"], found["loss"])

    def _stop(self) -> None:
        """End what still runs: ask, then kill."""
        for process in self.running:
            process.handle.terminate()
        until = time.monotonic() + _GRACE
        for process in self.running:
            try:
                process.handle.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.handle.kill()
                process.handle.wait()
        self.running = []


def tasks(strategy: str, workers: int) -> list[Task]:
    """The tasks of a cluster; parameter servers come with a coordinator and one server."""
    found = [Task("worker", i) for i in range(workers)]
    return found if strategy == "multiworker" else [Task("chief", 0), *found, Task("ps", 0)]


def _read(process: Process, events: queue.Queue[tuple[Process, str | None]]) -> None:
    assert process.handle.stdout is not None
    for line in process.handle.stdout:
        events.put((process, line.rstrip("\n")))
    events.put((process, None))


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "it said nothing")


def _ended(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


def _free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody listens on; all are held until the last is found, so that they differ."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
