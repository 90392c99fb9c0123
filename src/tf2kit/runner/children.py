"""Programs start others: processes of `multiprocessing`, ``[sys.executable, "worker.py"]``, `runpy`. They are migrated as well.

A forked process has everything already. One that multiprocessing spawns gets its data as a pickle before it loads the program's main
module, and that pickle names `join`. A `subprocess` that runs a script of the program with this interpreter is started through
``tf2kit run``. What goes through a shell or ``os.exec…`` is out of reach.
"""

from __future__ import annotations

import functools
import multiprocessing.spawn
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import PathFinder
from typing import Any

from .places import Places
from .program import Program

_ALONE = frozenset(
    "bBdEOPqsuvx"
)  # options of the interpreter without a value; all others are left alone, as is -S: it hides tf2kit


def install(program: Program) -> None:
    """Have the processes that this one starts, and scripts that it runs with `runpy`, belong to ``program``."""
    spawn: Any = multiprocessing.spawn
    spawn.get_preparation_data = _preparation(program, spawn.get_preparation_data)
    runpy.run_path = _run_path(program, runpy.run_path)
    subprocess.Popen.__init__ = _popen(program, subprocess.Popen.__init__)  # type: ignore[method-assign]


def join(entry: str | None, root: str, home: str) -> None:
    """Make this fresh process one of the program's."""
    from .start import follow

    follow(Program(entry, Places(root, home)))


class _Join:
    """Calls `join` where it is unpickled."""

    def __init__(self, program: Program) -> None:
        self._arguments = (program.entry, program.places.root, program.places.home)

    def __reduce__(self) -> tuple[Callable[..., None], tuple[str | None, ...]]:
        return join, self._arguments


def _preparation(program: Program, original: Callable[[str], dict[str, Any]]) -> Callable[[str], dict[str, Any]]:
    @functools.wraps(original)
    def get_preparation_data(name: str) -> dict[str, Any]:
        data = original(name)
        if sys._getframe(1).f_code.co_name == "ensure_running":
            # the fork server itself: it would load the main module before any of its children has joined
            data.pop("init_main_from_path", None)
        else:
            data["tf2kit"] = _Join(program)
        return data

    return get_preparation_data


def _run_path(program: Program, original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    @functools.wraps(original)
    def run_path(path_name: str, init_globals: Any = None, run_name: str | None = None) -> dict[str, Any]:
        path = os.fsdecode(path_name)
        if os.path.isfile(path) and program.places.holds(os.path.realpath(path)):
            code = program.code(path, path)
            if code is not None:
                name = run_name or "<run_path>"
                package = name.rpartition(".")[0]
                run: Callable[..., dict[str, Any]] = runpy._run_module_code  # type: ignore[attr-defined]
                return run(code, init_globals, name, pkg_name=package, script_name=path)
        return original(path_name, init_globals, run_name)

    return run_path


def _popen(program: Program, original: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(original)
    def init(self: subprocess.Popen[Any], args: Any, *rest: Any, **options: Any) -> None:
        plain = not rest and not options.get("shell") and options.get("executable") is None
        new = through_tf2kit(args, program.places, options.get("cwd")) if plain else None
        original(self, args if new is None else new, *rest, **options)
        self.args = args

    return init


def through_tf2kit(args: Any, places: Places, cwd: Any = None) -> list[Any] | None:
    """The command line that starts the same Python program through ``tf2kit run``; None for all other commands."""
    if isinstance(args, str | bytes | os.PathLike) or not isinstance(args, Sequence) or not args:
        return None
    try:
        words = [os.fsdecode(word) for word in args]
    except TypeError:
        return None
    at = _first_word(words) if _is_this_python(words[0]) else None
    if at is None:
        return None
    folder = os.path.realpath(os.fsdecode(cwd)) if cwd is not None else os.getcwd()
    is_module = words[at] == "-m"
    if is_module and at + 1 < len(words):
        spec = PathFinder.find_spec(words[at + 1].split(".")[0], [folder, *sys.path[1:]])
        target = next(iter(spec.submodule_search_locations or ()), spec.origin) if spec is not None else None
    else:
        target = os.path.join(folder, words[at]) if not is_module else None
    if target is None or not os.path.exists(target) or not places.holds(os.path.realpath(target)):
        return None
    return [*args[:at], "-m", "tf2kit", "run", "-q", *args[at:]]


def _is_this_python(word: str) -> bool:
    if word == sys.executable:
        return True
    found = shutil.which(word) if os.path.basename(word).startswith("python") else None
    if found is None or not sys.executable:
        return False
    same = os.path.dirname(os.path.abspath(found)) == os.path.dirname(os.path.abspath(sys.executable))
    return same and os.path.realpath(found) == os.path.realpath(sys.executable)


def _first_word(words: Sequence[str]) -> int | None:
    """Where the script or ``-m`` stands behind the interpreter's own options; None if this is anything else, such as ``-c``."""
    at = 1
    while at < len(words):
        word = words[at]
        if not word.startswith("-") or word == "-m":
            return at
        if word in ("-W", "-X"):
            at += 2
        elif word[:2] in ("-W", "-X") or (len(word) > 1 and set(word[1:]) <= _ALONE):
            at += 1
        else:
            return None
    return None
