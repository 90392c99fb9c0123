"""Notes which names of tf.contrib each case uses."""

from __future__ import annotations

import importlib
import types
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Tracer:
    """``used``: a name below tf.contrib that is no module -> the cases that used it."""

    def __init__(self, contrib: types.ModuleType) -> None:
        self.used: dict[str, list[str]] = {}
        self._case = ""
        self._contrib = contrib

    def run(self, case: str, function: Callable[[Any], T]) -> T:
        """Call the function with a stand-in for the package, and note what it uses."""
        self._case = case
        return function(_Module(self, self._contrib, ""))

    def note(self, name: str) -> None:
        """The running case uses the name."""
        cases = self.used.setdefault(name, [])
        if self._case not in cases:
            cases.append(self._case)

    def follow(self, cases: types.ModuleType) -> None:
        """See what a ``cases_PART.py`` imports by old private paths, too."""
        if hasattr(cases, "importlib"):
            names = {**vars(importlib), "import_module": self._import_module}
            cases.__dict__["importlib"] = types.SimpleNamespace(**names)

    def _import_module(self, name: str) -> Any:
        module = importlib.import_module(name)
        root = self._contrib.__name__ + "."
        return _Module(self, module, name.removeprefix(root)) if name.startswith(root) else module


class _Module:
    """A module whose names are noted when they are read."""

    def __init__(self, tracer: Tracer, module: types.ModuleType, path: str) -> None:
        self._tracer = tracer
        self._module = module
        self._path = path

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._module, name)
        if name.startswith("__"):
            return value
        path = f"{self._path}.{name}".removeprefix(".")
        if isinstance(value, types.ModuleType):
            return _Module(self._tracer, value, path)
        self._tracer.note(path)
        return value
