"""Find the script or module to run, and run it as ``__main__`` as `python` would."""

from __future__ import annotations

import builtins
import importlib.util
import os
import sys
import types
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader

from ..cli_errors import UsageError
from . import children
from .importer import Finder, Loader
from .places import Places
from .program import Program

# whether Python has put the folder of what was started first on sys.path; that place is the program's
_FIRST = not (sys.flags.isolated or getattr(sys.flags, "safe_path", False))


@dataclass(frozen=True, slots=True)
class Entry:
    """What to run.

    Attributes:
      path: the file; absolute, links not followed. shown: what ``sys.argv`` calls it.
      places: where its modules may lie. module: its name, for ``-m`` and for folders.
    """

    path: str
    shown: str
    places: Places
    module: str | None = None


def script(name: str) -> Entry:
    """A file, or a folder with a ``__main__.py``.

    Raises:
      UsageError: there is none, or it is something else.
    """
    if name == "-":
        raise UsageError("a program on standard input has no file that could be migrated; save it and run that file")
    if os.path.isdir(name):
        path = os.path.join(name, "__main__.py")
        if not os.path.isfile(path):
            raise UsageError(f"the folder {name!r} has no __main__.py; name the script to run")
        return Entry(os.path.abspath(path), name, Places(os.path.realpath(name)), "__main__")
    if not os.path.isfile(name):
        raise UsageError(f"there is no script {name!r}; check the path (use -m for a module's name)")
    if name.endswith(".ipynb"):
        raise UsageError(f"{name!r} is a notebook; open it in Jupyter and begin with the cell: %load_ext tf2kit")
    return Entry(os.path.abspath(name), name, Places(os.path.dirname(os.path.realpath(name))))


def module(name: str) -> Entry:
    """A module, found as ``python -m`` finds it; nothing is imported.

    Raises:
      UsageError: there is none, or it has no source.
    """
    try:
        spec = _locate(name)
        if spec is not None and spec.submodule_search_locations is not None:
            name += ".__main__"
            spec = _locate(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        hint = "; leave .py off and write dots for slashes" if name.endswith(".py") or "/" in name else ""
        raise UsageError(f"there is no module {name!r} here or on the path; start where `python -m {name}` works{hint}")
    if spec.origin is None or not isinstance(spec.loader, SourceFileLoader):
        raise UsageError(f"the module {name!r} has no source file")
    root = os.path.realpath(spec.origin)
    for _ in name.split("."):
        root = os.path.dirname(root)
    installed = not Places(os.getcwd()).holds(os.path.realpath(spec.origin))
    home = os.path.join(root, name.split(".")[0]) if installed else None
    return Entry(spec.origin, spec.origin, Places(root, home), name)


def _locate(name: str) -> ModuleSpec | None:
    path = [os.getcwd(), *sys.path[1:]] if _FIRST else sys.path
    parts = name.split(".")
    for i in range(len(parts)):
        spec = PathFinder.find_spec(".".join(parts[: i + 1]), path)
        if spec is None or i == len(parts) - 1:
            return spec
        path = list(spec.submodule_search_locations or ())
    return None


def execute(entry: Entry, program: Program, arguments: list[str]) -> None:
    """Run the program in this process; what it raises comes out, `SystemExit` too."""
    main = types.ModuleType("__main__")
    main.__dict__["__builtins__"] = builtins
    main.__annotations__ = {}
    sys.modules["__main__"] = main
    sys.argv[:] = [entry.shown, *arguments]
    if _FIRST:
        sys.path[0] = os.getcwd() if entry.module not in (None, "__main__") else entry.places.root
    follow(program)
    main.__file__ = entry.path
    exec(_prepared(main, entry, program), main.__dict__)


def _prepared(main: types.ModuleType, entry: Entry, program: Program) -> types.CodeType:
    """The code to run, after the module that it will run in got what Python tells of a main module."""
    if entry.module is None:
        main.__dict__["__cached__"] = None
        main.__loader__ = SourceFileLoader("__main__", entry.path)
        code = program.code(entry.path, entry.path)
        if code is not None:
            return code
        with open(entry.path, "rb") as file:
            return compile(file.read(), entry.path, "exec", dont_inherit=True)
    loader = Loader(entry.module, entry.path, program)
    spec = importlib.util.spec_from_file_location(entry.module, entry.path, loader=loader)
    assert spec is not None  # a file with a loader always has one
    if spec.parent:
        importlib.import_module(spec.parent)
    main.__spec__, main.__loader__, main.__package__ = spec, loader, spec.parent
    main.__dict__["__cached__"] = spec.cached
    ready = loader.get_code(entry.module)
    assert ready is not None  # a source file has code
    return ready


def follow(program: Program) -> None:
    """Have the modules of ``program`` migrated from now on, in this process and those that it starts."""
    sys.meta_path.insert(0, Finder(program))
    children.install(program)
    if program.legacy:
        os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
