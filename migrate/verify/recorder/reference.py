"""The initial weights of the reference, read from its recording while it is still being written, and handed out once each."""

from __future__ import annotations

import base64
import json
import os
import time
from typing import Any

import numpy as np

_PAUSE = 0.02


class Entry:
    """An initial weight of the reference. ``matched`` says how it was found: "name" or "order"."""

    def __init__(self, folder: str, row: dict[str, Any]) -> None:
        self.name: str = row["name"]
        self.role: str = row["role"]
        self.group: int = row["group"]
        self.matched = ""
        self.shape = tuple(row["value"]["s"])
        self.dtype = np.dtype(row["value"]["d"])
        self.used = False
        self._folder, self._value = folder, row["value"]

    def load(self) -> Any | None:
        """The value; None when only a sketch of it was kept."""
        if "file" in self._value:
            return np.load(os.path.join(self._folder, self._value["file"]))
        if "v" in self._value:
            return np.array([float(v) for v in self._value["v"]]).astype(self.dtype).reshape(self.shape)
        if "b" in self._value:
            return np.frombuffer(base64.b64decode(self._value["b"]), self.dtype).reshape(self.shape)
        return None


class Reference:
    """The recording in ``folder``; a file ``ended`` in it says that no more will come."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._path = os.path.join(folder, "events.jsonl")
        self._entries: list[Entry] = []
        self._groups = 0
        self._started = False
        self._place = 0

    def find(self, name: str, role: str, array: Any, group: int) -> Entry | None:
        """The entry for a new variable, or None. Waits until the reference has got far enough to tell.

        By name, best within the same initialisation; else an unused one of the same role, shape and kind of number: of those the one
        with the same last part of the name, else the first made. Eager variables have ``group`` 0.
        """
        while True:
            ended = os.path.exists(os.path.join(self._folder, "ended"))
            self._read()
            found = self._match(name, role, array, group)
            enough = self._groups >= group if group else self._started and self._groups > 0
            if found is not None or enough or ended:
                return found
            time.sleep(_PAUSE)

    def _match(self, name: str, role: str, array: Any, group: int) -> Entry | None:
        fitting = [
            e for e in self._entries if not e.used and e.shape == array.shape and e.dtype.kind == array.dtype.kind
        ]
        fitting.sort(key=lambda e: e.group != group)
        named = [e for e in fitting if e.name == name]
        same = [e for e in fitting if e.role == role and role != "optimizer"]
        alike = [e for e in same if _last(e.name) == _last(name)]
        for how, entries in (("name", named), ("order", alike), ("order", same)):
            if entries:
                if how == "order" and self._groups < group:
                    return None  # its own name may still come
                entries[0].used, entries[0].matched = True, how
                return entries[0]
        return None

    def _read(self) -> None:
        """Read what was written since the last time, whole lines only."""
        if not os.path.exists(self._path):
            return
        with open(self._path, "rb") as file:
            file.seek(self._place)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._place += len(line)
                if line.startswith(b'{"t": "initial"'):
                    self._entries.append(Entry(self._folder, json.loads(line.decode("utf-8"))))
                elif line.startswith(b'{"t": "group"'):
                    self._groups = json.loads(line.decode("utf-8"))["n"]
                elif line.startswith(b'{"t": "call"'):
                    self._started = True


def _last(name: str) -> str:
    return name.rsplit("/", 1)[-1].split(":")[0]
