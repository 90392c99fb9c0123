"""Which source files belong to a program: all that it imports, but not the standard library and installed packages."""

from __future__ import annotations

import os
import sys

_INSTALLED = ("site-packages", "dist-packages")
_STDLIB = os.path.realpath(os.path.dirname(os.__file__)) + os.sep


class Places:
    """Where the modules of one program may lie.

    Args:
      root: what Python puts first on ``sys.path`` for the program: the script's folder, or the working folder for ``-m``.
      home: a folder that is the program's wherever it lies; the root itself, or an installed package that is started with ``-m``.
    """

    def __init__(self, root: str, home: str | None = None) -> None:
        self.root = root
        self.home = root if home is None else home

    def holds(self, path: str) -> bool:
        """Whether the file or folder at the real path ``path`` is the program's."""
        if path.startswith(_STDLIB) and not self.home.startswith(_STDLIB):
            return False
        inside = path[len(self.home) :] if (path + os.sep).startswith(self.home + os.sep) else path
        return not any(name in inside and name in inside.split(os.sep) for name in _INSTALLED)

    def roots(self) -> list[str]:
        """The folders of ``sys.path`` that can hold modules of the program, its own first."""
        real = (os.path.realpath(entry) for entry in sys.path if os.path.isdir(entry or "."))
        return list(dict.fromkeys([self.root, *(entry for entry in real if self.holds(entry))]))


def is_foreign(name: str) -> bool:
    """Whether a module is one of ours or TensorFlow's: never the program's, wherever it lies."""
    return name.partition(".")[0] in ("tf2kit", "tensorflow")
