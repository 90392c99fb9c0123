"""Calls a function on a module right after it was imported, so that what it defines can be wrapped before anybody uses it."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from typing import Any, Callable

Patch = Callable[[Any], None]


class Watcher(importlib.abc.MetaPathFinder):
    """A meta path finder that leaves finding to the others and adds the patches of a module to its loading."""

    def __init__(self) -> None:
        self._patches: dict[str, list[Patch]] = {}
        self._asking: list[str] = []

    def after(self, name: str, patch: Patch) -> None:
        """Call ``patch(module)`` once ``name`` is imported; at once if it is already."""
        self._patches.setdefault(name, []).append(patch)
        if name in sys.modules:
            patch(sys.modules[name])

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """The spec that another finder has for a watched module, with the patches behind its loading."""
        if name not in self._patches or name in self._asking:
            return None
        self._asking.append(name)
        try:
            spec = self._ask(name, path, target)
        finally:
            self._asking.remove(name)
        if spec is None or spec.loader is None or not hasattr(spec.loader, "exec_module"):
            return spec
        self._extend(spec.loader, name)
        return spec

    def _ask(self, name: str, path: Any, target: Any) -> importlib.machinery.ModuleSpec | None:
        for finder in sys.meta_path:
            if finder is not self and hasattr(finder, "find_spec"):
                spec = finder.find_spec(name, path, target)
                if spec is not None:
                    return spec
        return None

    def _extend(self, loader: Any, name: str) -> None:
        load = loader.exec_module

        def exec_module(module: Any) -> None:
            load(module)
            for patch in self._patches[name]:
                patch(module)

        loader.exec_module = exec_module
