"""A running program: the code of its modules, from what is remembered or migrated now."""

from __future__ import annotations

import hashlib
import marshal
import os
import types
from collections.abc import Callable

from . import memory
from .places import Places
from .record import Record, Unit, digest_of


class Program:
    """The program that started as the script ``entry`` (a real path), or in a notebook (None).

    Attributes:
      entry: the script. places: where its modules may lie. units: its modules by real path.
      left: how many findings are left for a person. legacy: whether Keras 2 has to be chosen before TensorFlow is imported.
      cells: gives the text and the code of what has no file, as `text` does. eager: whether a notebook has chosen eager mode.
    """

    cells: Callable[[str], tuple[bytes, types.CodeType] | None] = staticmethod(lambda _: None)
    eager = False

    def __init__(self, entry: str | None, places: Places) -> None:
        self.entry = entry
        self.places = places
        record = self._start()
        self.units = dict(record.units)
        self.left = record.left
        self.legacy = record.legacy
        self._first = dict(record.units)

    def _start(self) -> Record:
        if self.entry is None:
            return Record({}, {}, 0, True)
        name = memory.key("program", self.entry, self.places.roots())
        record = Record.unpack(memory.read(name))
        if record is None:
            from . import migration

            record = migration.whole(self.entry, self.places)
            memory.write(name, record.pack())
        return record

    def code(self, path: str, shown: str) -> types.CodeType | None:
        """The migrated code of the file at ``path``, which tracebacks call ``shown``; None where Python can take the file as it is."""
        code = self.unit(os.path.realpath(path)).code
        return None if code is None else _renamed(marshal.loads(code), shown)

    def text(self, shown: str) -> tuple[bytes, types.CodeType] | None:
        """The migrated text (UTF-8) and the code of the file that tracebacks call ``shown``; None for all other files."""
        if (cell := self.cells(shown)) is not None:
            return cell
        unit = self.units.get(os.path.realpath(shown))
        return None if unit is None or unit.code is None or unit.text is None else (unit.text, marshal.loads(unit.code))

    def unit(self, path: str) -> Unit:
        """What is known of the file at a real path, as it is now: the program may have come to it, or changed it, while it ran."""
        digest = digest_of(path)
        unit = self.units.get(path)
        if digest is not None and (unit is None or unit.digest != digest):
            unit = self._late(path, digest)
        return unit if unit is not None else Unit(b"")

    def _late(self, path: str, digest: bytes) -> Unit:
        first = {p: u.digest for p, u in sorted(self._first.items()) if p != path}
        known = hashlib.sha256(repr(first).encode("utf-8", "surrogateescape")).hexdigest()
        name = memory.key("late", self.entry, self.places.roots(), known, path, digest, self.eager)
        record = Record.unpack(memory.read(name))
        if record is None:
            from . import migration

            record = migration.late(self.entry, first, path, self.places, self.eager)
            memory.write(name, record.pack())
        for other, unit in record.units.items():
            self.units.setdefault(other, unit)
        self.units[path] = record.units.get(path, Unit(digest))
        return self.units[path]


def _renamed(code: types.CodeType, shown: str) -> types.CodeType:
    """``code`` and what is in it with another file name."""
    if code.co_filename == shown:
        return code
    consts = tuple(_renamed(c, shown) if isinstance(c, types.CodeType) else c for c in code.co_consts)
    return code.replace(co_filename=shown, co_consts=consts)
