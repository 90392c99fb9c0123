"""What is known of a program's modules, as data that can be remembered."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Unit:
    """One module: the hash of its file, and where migrating changed it the compiled code (`marshal`) and the new text (UTF-8)."""

    digest: bytes
    code: bytes | None = None
    text: bytes | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Modules that were migrated together.

    Attributes:
      units: by real path.
      absent: names of modules that were looked for, by folder; one that appears there makes the record stale.
      left: how many findings are left for a person.
      legacy: whether Keras 2 has to be chosen before TensorFlow is imported.
    """

    units: dict[str, Unit]
    absent: dict[str, list[str]]
    left: int
    legacy: bool

    def pack(self) -> Any:
        """As plain data."""
        units = {path: (u.digest, u.code, u.text) for path, u in self.units.items()}
        return units, self.absent, self.left, self.legacy

    @classmethod
    def unpack(cls, data: Any) -> Record | None:
        """The record that `pack` took apart; None if this is not one, or if a file is not what it was."""
        try:
            units, absent, left, legacy = data
            record = cls({path: Unit(*row) for path, row in units.items()}, absent, left, legacy)
        except (TypeError, ValueError, AttributeError):
            return None
        return record if record._fresh() else None

    def _fresh(self) -> bool:
        for folder, names in self.absent.items():
            try:
                there = set(os.listdir(folder))
            except OSError:
                continue
            if any(name in there or name + ".py" in there for name in names):
                return False
        return all(digest_of(path) == unit.digest for path, unit in self.units.items())


def digest_of(path: str) -> bytes | None:
    """The hash of a file's content; None if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).digest()
    except OSError:
        return None
