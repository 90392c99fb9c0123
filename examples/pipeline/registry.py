"""Pusher: a folder per version, and a small file that says which version is served. It is replaced in one move: readers see old or new.

models/1/saved_model, model.keras, model.tflite, tfjs/, facts.json
models/SERVED        the versions that were served, the present one last
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Registry:
    """Versions of one model in a folder."""

    folder: Path

    def new_version(self) -> tuple[int, Path]:
        """A number that was never used, and its folder, which is made."""
        number = 1 + max((int(p.name) for p in self.folder.glob("[0-9]*")), default=0)
        path = self.path(number)
        path.mkdir(parents=True)
        return number, path

    def path(self, version: int) -> Path:
        """The folder of a version."""
        return self.folder / str(version)

    def facts(self, version: int) -> dict[str, Any]:
        """What is known of a version: its accuracy by slice and the statistics of its data."""
        found: dict[str, Any] = json.loads((self.path(version) / "facts.json").read_text(encoding="utf-8"))
        return found

    @property
    def history(self) -> list[int]:
        """The versions that were served, the present one last."""
        try:
            return [int(line) for line in (self.folder / "SERVED").read_text(encoding="utf-8").split()]
        except FileNotFoundError:
            return []

    @property
    def served(self) -> int | None:
        """The version that is served."""
        return self.history[-1] if self.history else None

    def push(self, version: int) -> None:
        """Serve a version from now on."""
        self._write([*self.history, version])

    def rollback(self) -> tuple[int, int]:
        """Serve again what was served before: (from, to).

        Raises:
          ValueError: there is no earlier version.
        """
        history = self.history
        if len(history) < 2:
            raise ValueError(
                f"there is no earlier version to go back to: {self.folder} has served {history or 'nothing'}."
            )
        self._write(history[:-1])
        return history[-1], history[-2]

    def _write(self, history: list[int]) -> None:
        beside = self.folder / "SERVED.new"
        beside.write_text("\n".join(map(str, history)) + "\n", encoding="utf-8")
        os.replace(beside, self.folder / "SERVED")
