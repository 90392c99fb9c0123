"""Worker processes: they hold the official script's stub packages, so the caller's process never does."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stderr, redirect_stdout
from types import TracebackType
from typing import TypeVar

from .findings import FileResult
from .options import Options
from .rules import all_rules
from .stages import configure, crashed
from .work import Task

T = TypeVar("T")
# Below this many files a second process costs more than it saves.
_WORTH_A_WORKER = 4


class Pool:
    """Runs a function over tasks, in worker processes or (official pass off and one job) right here.

    Args:
      options: of the run.
      size: how many files are worth a worker.
      progress: called with (done, total, path).
    """

    def __init__(self, options: Options, size: int, progress: Callable[[int, int, str], None] | None = None) -> None:
        self._options = options
        self._progress = progress
        self._jobs = _jobs(options, size)
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Pool:
        if self._jobs == 0:
            configure(self._options)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=kind is None, cancel_futures=True)

    def map(self, function: Callable[[Task], T], tasks: Sequence[Task]) -> list[T | FileResult]:
        """``function`` of every task, in order. A task whose worker died becomes a result that says so."""
        out: list[T | FileResult] = []
        for done, (task, value) in enumerate(zip(tasks, self._values(function, tasks), strict=True), 1):
            out.append(value)
            if self._progress is not None:
                self._progress(done, len(tasks), task.file.path)
        return out

    def _values(self, function: Callable[[Task], T], tasks: Sequence[Task]) -> Iterator[T | FileResult]:
        if self._jobs == 0:
            yield from map(function, tasks)
            return
        done = 0
        try:
            chunk = max(1, min(8, len(tasks) // (self._jobs * 8)))
            for value in self._start().map(function, tasks, chunksize=chunk):
                yield value
                done += 1
        except BrokenProcessPool:
            # somebody's worker died (out of memory, a crash in C code): go on one file at a time to find out whose
            yield from self._one_by_one(function, tasks[done:])

    def _one_by_one(self, function: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[T | FileResult]:
        for task in tasks:
            self._executor = None
            try:
                yield self._start().submit(function, task).result()
            except BrokenProcessPool:
                yield crashed(task)

    def _start(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # a fork is the quickest start, but not of a process in which TensorFlow has its threads
            fork = sys.platform == "linux" and "tensorflow" not in sys.modules
            context = multiprocessing.get_context("fork" if fork else "spawn")
            all_rules()  # loaded once: forked workers share them
            self._executor = ProcessPoolExecutor(self._jobs, context, _begin, (self._options,))
        return self._executor


def _jobs(options: Options, size: int) -> int:
    """Number of workers; 0 means no worker at all."""
    if options.official == "off" and (options.jobs == 1 or size < _WORTH_A_WORKER):
        return 0
    if size < _WORTH_A_WORKER:
        return 1
    if options.jobs:
        return options.jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(options: Options) -> None:
    """Set up a worker; what the official script prints goes nowhere."""
    quiet = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (lives as long as the worker)
    redirect_stdout(quiet).__enter__()
    redirect_stderr(quiet).__enter__()
    configure(options, in_worker=True)
