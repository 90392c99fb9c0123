"""The private modules of Estimators (``tensorflow_estimator.python.…``) as ``tf2kit.compat.estimator.python.…``.

Programs wrote ``tensorflow_estimator.python.estimator`` and ``tensorflow.python.estimator``; in TensorFlow 1.15 both had the same
objects. The modules are those of tensorflow_estimator itself; what it no longer has is an error that says what to use instead.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

from .._estimator import load
from .._explain import NotOfferedError, explain

_ROOT = __name__.rpartition(".")[0] + "."
# modules that have had another name since 1.15
_RENAMED = {"python.estimator.keras": "python.estimator.keras_lib"}


def install() -> None:
    """Make the private modules importable; asked last, so that files of this package come first."""
    if not any(isinstance(f, _Finder) for f in sys.meta_path):
        sys.meta_path.append(_Finder())


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: types.ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if not fullname.startswith(_ROOT):
            return None
        part = fullname.removeprefix(_ROOT)
        if part.split(".")[0] != "python":
            raise NotOfferedError(explain(f"tf.estimator.{part}"))
        return importlib.machinery.ModuleSpec(fullname, _Loader(part), is_package=True)


class _Loader(importlib.abc.Loader):
    """Puts the module of tensorflow_estimator in place of the new one; packages (theirs are empty) stay, and load their modules."""

    def __init__(self, part: str) -> None:
        self._part = part

    def exec_module(self, module: types.ModuleType) -> None:
        try:
            found = load(_RENAMED.get(self._part, self._part))
        except ModuleNotFoundError:
            raise NotOfferedError(explain(f"tf.estimator.{self._part}")) from None
        if hasattr(found, "__path__"):
            module.__dict__["__getattr__"] = _children(module.__name__)
        else:
            sys.modules[module.__name__] = found


def _children(package: str) -> Any:
    def package_getattr(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        try:
            return importlib.import_module(f"{package}.{name}")
        except NotOfferedError as missing:
            raise AttributeError(str(missing)) from None

    return package_getattr
