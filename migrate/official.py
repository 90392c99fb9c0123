"""The real ``tf_upgrade_v2`` of the installed TensorFlow, one text at a time, in memory, without importing TensorFlow.

Its passes are plain Python files inside the TensorFlow wheel. They import when ``tensorflow``, ``tensorflow.tools`` and
``tensorflow.tools.compatibility`` are stub packages whose ``__path__`` points into the wheel. Stubs must not leak into a process that
may want TensorFlow, so `load` is called in worker processes only.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .options import OfficialMode

if TYPE_CHECKING:
    from .module import Module

_LOG = re.compile(r"^(?:.*?:)??(\d+):(\d+): (INFO|WARNING|ERROR): (.*)$", re.S)
# what the safety mode looks at: ``import``, ``tf.contrib`` and the two places of flags
_TOLD = re.compile(rb"\bimport\b|\bcontrib\b|\bflags\b")
_CONTENT = re.compile(rb"[^\r\n]+")
_STUBS = ("tensorflow", "tensorflow.tools", "tensorflow.tools.compatibility")


class OfficialError(Exception):
    """The official script cannot be loaded, or cannot read this text; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the script's log: line from 1, column from 0."""

    line: int
    column: int
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What the script made of one text."""

    text: str
    log: tuple[LogLine, ...]


def installed_at() -> str | None:
    """The folder of the installed TensorFlow, found without importing it."""
    module = sys.modules.get("tensorflow")
    places = list(getattr(module, "__path__", ()))  # an imported TensorFlow has more than one
    if not places:
        spec = importlib.util.find_spec("tensorflow")
        places = list(spec.submodule_search_locations or ()) if spec else []
    scripts = [place for place in places if os.path.isdir(os.path.join(place, "tools", "compatibility"))]
    return next(iter(scripts or places), None)


def load() -> None:
    """Put the stub packages in place. Call once, in a process that will not use TensorFlow.

    Raises:
      OfficialError: TensorFlow or google-pasta is not installed, or the wheel no longer has the script.
    """
    root = installed_at()
    if root is None:
        raise OfficialError("TensorFlow is not installed")
    for name in _STUBS:
        stub = types.ModuleType(name)
        stub.__path__ = [os.path.join(root, *name.split(".")[1:])]
        sys.modules[name] = stub
    try:
        importlib.import_module("tensorflow.tools.compatibility.tf_upgrade_v2")
        importlib.import_module("tensorflow.tools.compatibility.tf_upgrade_v2_safety")
    except (ImportError, AttributeError, SyntaxError) as error:
        raise OfficialError(f"tf_upgrade_v2 cannot be loaded: {error}") from None


def upgrade(text: str, mode: OfficialMode) -> Upgraded:
    """Run the script on one text, with the options of its command line's defaults.

    Raises:
      OfficialError: the script cannot read the text (it is built on a parser that stops at Python 3.7 syntax).
    """
    edits = importlib.import_module("tensorflow.tools.compatibility.ast_edits")
    upgrader = edits.ASTCodeUpgrader(_spec(mode))
    try:
        done, new_text, log, _ = upgrader.update_string_pasta(text, "")
    except (Exception, RecursionError) as error:  # google-pasta raises whatever it meets
        raise OfficialError(f"{type(error).__name__}: {error}") from None
    if not done:
        raise OfficialError(str(log[0]).strip().splitlines()[-1])
    return Upgraded(new_text, tuple(parse_log(log)))


def relevant(module: Module) -> bytes:
    """The text with blanks in place of top-level statements about which the safety mode has nothing to say.

    That mode rewrites imports and warns of tf.contrib and tf.flags. The script takes 0.3 ms a line, so this is most of a migration's time.
    Every byte that is left is at its old place.
    """
    body = module.tree.body
    out = bytearray(module.text)
    for statement, following in zip(body, [*body[1:], None], strict=True):
        start, end = module.span(statement)
        decorators = getattr(statement, "decorator_list", [])
        start = module.line_span(module.span(decorators[0])[0] if decorators else start)[0]
        last = module.line_span(max(start, end - 1))[1]
        shared = statement.col_offset > 0 or (following is not None and module.span(following)[0] < last)
        if not shared and not _TOLD.search(module.text, start, last):
            out[start:last] = _CONTENT.sub(lambda m: b" " * len(m[0]), module.text[start:last])
    return bytes(out)


def _spec(mode: OfficialMode) -> Any:
    if mode == "safety":
        return importlib.import_module("tensorflow.tools.compatibility.tf_upgrade_v2_safety").TFAPIChangeSpec()
    # what the command line passes: no explicit rename of the import, and compat.v1 imports are upgraded
    module = importlib.import_module("tensorflow.tools.compatibility.tf_upgrade_v2")
    return module.TFAPIChangeSpec(import_rename=False, upgrade_compat_v1_import=True)


def parse_log(lines: list[str]) -> list[LogLine]:
    """Turn ``12:4: WARNING: text`` into fields; lines of another form are kept as notes without a place."""
    found = []
    for line in lines:
        match = _LOG.match(line)
        if match is None:
            found.append(LogLine(1, 0, "INFO", line.strip()))
        else:
            found.append(LogLine(int(match[1]), int(match[2]), match[3], " ".join(match[4].split())))
    return found
