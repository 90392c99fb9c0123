"""``[tool.tf2kit]`` in pyproject.toml: what a project wants by default. The command line wins over it."""

from __future__ import annotations

import argparse
import dataclasses
import glob
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .cli_arguments import LEVELS, OFFICIAL_MODES, OUTPUT_FORMATS
from .cli_errors import UsageError, unknown

if TYPE_CHECKING:
    from tf2kit.migrate.options import Level, OfficialMode


@dataclass(frozen=True, slots=True)
class Settings:
    """What migrate and check are asked to do; field names are the keys of ``[tool.tf2kit]`` with ``_`` for ``-``.

    ``file`` is the pyproject.toml that was read, if any.
    """

    to: Level = "compat"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    official: OfficialMode = "safety"
    unsafe_fixes: bool = False
    jobs: int = 0
    output_format: str = "text"
    file: Path | None = None


def find(first: Path) -> Path | None:
    """The nearest pyproject.toml with a ``[tool.tf2kit]`` table, in the folder of ``first`` or above it.

    Raises:
      UsageError: a pyproject.toml on the way is not valid TOML.
    """
    start = Path(os.path.abspath(first))  # not resolve(): patterns are compared with paths as they are typed
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if os.path.isfile(file) and _table(file) is not None:  # False, not an error, where we may not look
            return file
    return None


def load(file: Path) -> Settings:
    """The settings of ``file``; defaults where it has no key.

    Raises:
      UsageError: the file cannot be read, has no such table, or a key or a value is unknown.
    """
    values: dict[str, object] = {}
    table = _table(file)
    if table is None:
        raise UsageError(f"{file}: has no [tool.tf2kit] table; add one, or use --no-config")
    for key, value in table.items():
        if key not in _KEYS:
            raise UsageError(f"{file}: [tool.tf2kit]: {unknown('a setting', key, _KEYS)}")
        try:
            values[key.replace("-", "_")] = _KEYS[key](value)
        except ValueError as error:
            raise UsageError(f"{file}: [tool.tf2kit] {key}: {error}") from None
    settings = dataclasses.replace(Settings(file=file), **cast("dict[str, Any]", values))
    return dataclasses.replace(settings, exclude=tuple(_below(file.parent, pattern) for pattern in settings.exclude))


def _below(folder: Path, pattern: str) -> str:
    """A pattern with a slash means a path below the folder of its file, wherever the command is run."""
    if "/" not in pattern.rstrip("/") or pattern.startswith("/"):
        return pattern
    return f"{glob.escape(os.path.abspath(folder))}/{pattern.removeprefix('./')}"


def override(settings: Settings, args: argparse.Namespace) -> Settings:
    """``settings`` with every value that the command line gives."""
    given = {
        field.name: getattr(args, field.name, None) for field in dataclasses.fields(Settings) if field.name != "file"
    }
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in given.items() if value is not None
    }
    return dataclasses.replace(settings, **cast("dict[str, Any]", values))


def _table(file: Path) -> dict[str, object] | None:
    """The ``[tool.tf2kit]`` table of a file; None when it has none."""
    tomllib = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}); --no-config does without it") from None
    except ValueError as error:  # not TOML, or not UTF-8
        raise UsageError(f"{file}: is not valid TOML ({error}); mend it, or use --no-config") from None
    tool = content.get("tool", {})
    table = tool.get("tf2kit") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError(f"{file}: tool.tf2kit is not a table; write [tool.tf2kit] and keys below it")
    return table


def _word(what: str, words: Sequence[str]) -> Callable[[object], object]:
    def read(value: object) -> object:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is not a string; known: {', '.join(words)}")
        if value not in words:
            raise ValueError(unknown(what, value, words))
        return value

    return read


def _words(value: object) -> object:
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(value)
    raise ValueError(f'{value!r} is not a list of strings; write it as ["A", "B"]')


def _boolean(value: object) -> object:
    if isinstance(value, bool):
        return value
    raise ValueError(f"{value!r} is neither true nor false")


def _jobs(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError(f"{value!r} is not a number of processes; 0 means one per processor")


_KEYS: dict[str, Callable[[object], object]] = {
    "to": _word("a level", LEVELS),
    "select": _words,
    "ignore": _words,
    "exclude": _words,
    "official": _word("a mode of the official script", OFFICIAL_MODES),
    "unsafe-fixes": _boolean,
    "jobs": _jobs,
    "output-format": _word("an output format", OUTPUT_FORMATS),
}
