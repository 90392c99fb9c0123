"""An import hook that gives Python the migrated code of a program's modules, under the names and line numbers of the user's files."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader

from . import autograph
from .places import is_foreign
from .program import Program


class Finder:
    """A meta path finder, to stand first: it asks all others, and puts our loader where they find a source file of the program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """What the other finders find; for a module of the program, with our loader."""
        if name == autograph.PARSER:
            return autograph.repaired(self._others(name, path, target), self._program.text)
        if is_foreign(name):
            return None
        spec = self._others(name, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader and self._holds(spec.loader.path):
            spec.loader = Loader(name, spec.loader.path, self._program)
        return spec

    def _others(self, name: str, path: Sequence[str] | None, target: types.ModuleType | None) -> ModuleSpec | None:
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            if finder is not self and find is not None:
                spec: ModuleSpec | None = find(name, path, target)
                if spec is not None:
                    return spec
        return None

    def _holds(self, path: str) -> bool:
        # the look at the path as it is spares most modules, those of TensorFlow, the costly one
        return self._program.places.holds(path) and self._program.places.holds(os.path.realpath(path))


class Loader(SourceFileLoader):
    """Loads a module of the program; one that migrating does not change as Python would, byte code cache included."""

    def __init__(self, name: str, path: str, program: Program) -> None:
        super().__init__(name, path)
        self._program = program

    def get_code(self, fullname: str) -> types.CodeType | None:
        """The code of the migrated text, or what Python itself makes of the file."""
        code = self._program.code(self.path, self.path)
        return super().get_code(fullname) if code is None else code
