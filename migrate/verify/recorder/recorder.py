"""Writes what a program computes as lines of JSON, and ends it after a number of steps.

A recording is a folder: ``events.jsonl`` and a ``.npy`` file for each large initial weight. Every event has ``t``:

* ``call``: a call that returned numbers. ``kind``, ``at`` (file, line) or null, ``trains``, ``draws``, ``names``,
  ``values`` (see `arrays`).
* ``initial``: a variable right after it got its first value. ``group`` (which initialisation, from 1; 0 for eager variables), ``name``,
  ``role``, ``value``; where a reference was injected also ``got`` (its name there), ``matched`` and ``injected``.
* ``group``: an initialisation is complete (``n``). ``final``: ``name``, ``role``, ``value`` of a variable at the end.
* ``print``: ``text``, ``at``. ``summary``: ``tag``, ``step``, ``value``. ``random``: ``op``, ``at``: a random operation was made.
* ``warn``: ``text``. ``end``: ``why`` ("ended" or "capped"), ``steps``, ``runtime``.
"""

from __future__ import annotations

import collections
import json
import os
import sys
import threading
from typing import Any, Callable

import numpy as np

from . import arrays
from .frames import Place

_LIMITS = {"call": 20000, "print": 20000, "summary": 20000, "random": 1000}
_ROOM = 256 << 20  # bytes of events after which arrays are only sketched; after twice as many calls are left out
_FILES = 1 << 30  # bytes of initial weights that are kept exactly
_ATTEMPTS = 3  # how often a program may swallow the exception that ends it


class Enough(SystemExit):
    """The program has made as many steps as were asked for. As `SystemExit` it passes ``except Exception`` and ends with code 0."""


class Recorder:
    """The log of one run.

    Args:
      folder: where the recording goes.
      cap: how many steps to make; 0 means all.
    """

    def __init__(self, folder: str, cap: int = 0) -> None:
        self.folder = folder
        self.steps = 0
        self.capped = False
        self.at_end: list[Callable[[], None]] = []
        self.cap = cap
        self._left = _ATTEMPTS
        self._counts: collections.Counter[str] = collections.Counter()
        self._written = self._filed = 0
        self._local = threading.local()
        self._main = threading.main_thread()
        self._pid = os.getpid()
        self._log = open(os.path.join(folder, "events.jsonl"), "a", encoding="utf-8")  # noqa: SIM115 (open until the end)

    @property
    def finished(self) -> bool:
        """Whether nothing more is recorded."""
        return self._log.closed

    @property
    def listening(self) -> bool:
        """Whether a call made now is the user's own: in the main thread of the first process, not inside another recorded call."""
        return (
            not getattr(self._local, "depth", 0)
            and threading.current_thread() is self._main
            and os.getpid() == self._pid
        )

    def inside(self) -> "_Inside":
        """A context in which nothing is recorded."""
        return _Inside(self._local)

    def write(self, t: str, **fields: Any) -> None:
        """Append an event; of some kinds only the first thousands."""
        if os.getpid() != self._pid or self.finished:
            return
        self._counts[t] += 1
        if t in _LIMITS and (self._counts[t] > _LIMITS[t] or self._written > 2 * _ROOM):
            if not self._counts["left out " + t]:
                self.warn("after %d events of kind %s no more were kept" % (self._counts[t] - 1, t))
            self._counts["left out " + t] += 1
            return
        line = json.dumps(dict(t=t, **fields)) + "\n"
        self._written += len(line)
        self._log.write(line)
        self._log.flush()

    def call(
        self,
        kind: str,
        at: Place | None,
        result: Any,
        trains: bool,
        draws: bool,
        names: dict[str, str] | None = None,
    ) -> None:
        """Record what a call returned and count it as a step if it ``trains``.

        Args:
          kind: "run", "function", "fit" and so on.
          at: the user's line.
          result: nested structure; what is not a number is left out.
          trains: whether the call changes variables.
          draws: whether it draws random numbers in TensorFlow.
          names: names of the parts of ``result`` by path.

        Raises:
          Enough: this was the last step that was asked for.
        """
        exact = arrays.EXACT if self._written < _ROOM else arrays.FEW
        found = [(path, arrays.numeric(value)) for path, value in arrays.leaves(result)]
        kept = [((names or {}).get(path, path), arrays.encode(a, exact)) for path, a in found if a is not None]
        self.write(
            "call",
            kind=kind,
            at=at,
            trains=trains,
            draws=draws,
            names=[n for n, _ in kept],
            values=[v for _, v in kept],
        )
        if trains:
            self.step()

    def step(self) -> None:
        """Count a step.

        Raises:
          Enough: it was the last one that was asked for.
        """
        self.steps += 1
        if self.cap and self.steps >= self.cap:
            self.capped = True
            self._left -= 1
            if self._left < 0:
                self.finish()
                sys.stdout.flush()
                os._exit(0)
            raise Enough(0)

    def safely(self, action: Callable[..., Any], *args: Any) -> Any:
        """Call ``action``; when it fails, tell the reader of the report rather than the program, and return None."""
        try:
            return action(*args)
        except Exception as error:
            self.warn(
                "%s while recording (%s): %s" % (type(error).__name__, getattr(action, "__name__", action), error)
            )
            return None

    def keep(self, array: Any) -> dict[str, Any]:
        """An initial weight: inline when it is small, else exactly in a file of its own, while there is room."""
        row = arrays.encode(array)
        if array.size > arrays.EXACT and self._filed + array.nbytes <= _FILES:
            self._filed += array.nbytes
            self._counts["file"] += 1
            row["file"] = "weight-%05d.npy" % self._counts["file"]
            np.save(os.path.join(self.folder, row["file"]), array)
        return row

    def warn(self, text: str) -> None:
        """Tell the reader of the report."""
        self.write("warn", text=text)

    def finish(self) -> None:
        """Record what is known only at the end; once."""
        if os.getpid() != self._pid or self.finished:
            return
        with self.inside():
            for last in self.at_end:
                self.safely(last)
        self.write("end", why="capped" if self.capped else "ended", steps=self.steps, runtime=runtime())
        self._log.close()


class _Inside:
    def __init__(self, local: Any) -> None:
        self._local = local

    def __enter__(self) -> None:
        self._local.depth = getattr(self._local, "depth", 0) + 1

    def __exit__(self, *error: Any) -> None:
        self._local.depth -= 1


def runtime() -> str:
    """Versions, such as "TensorFlow 1.15.5, Python 3.7.16"."""
    module = sys.modules.get("tensorflow")
    name = "TensorFlow %s, " % getattr(module, "__version__", "") if module is not None else ""
    return name + "Python %d.%d.%d" % sys.version_info[:3]
