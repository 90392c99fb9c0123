"""tf2kit.migrate: TensorFlow 1 source in, TensorFlow 2 source and findings out. Never imports TensorFlow, never runs the user's code.

    from tf2kit.migrate import Options, discover, migrate

    result = migrate(discover.discover(["project/"]), Options())

Start reading at `run.py`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import discover
    from .cell import MigratedCell, migrate_cell
    from .discover import InputFile, UsageError
    from .findings import Diagnostic, FileResult, Safety, Severity
    from .options import Options
    from .run import ProgramSummary, Result, migrate

__all__ = [
    "Diagnostic",
    "FileResult",
    "InputFile",
    "MigratedCell",
    "Options",
    "ProgramSummary",
    "Result",
    "Safety",
    "Severity",
    "UsageError",
    "discover",
    "migrate",
    "migrate_cell",
]
_HOMES = {
    "Diagnostic": "findings",
    "FileResult": "findings",
    "InputFile": "discover",
    "MigratedCell": "cell",
    "Options": "options",
    "ProgramSummary": "run",
    "Result": "run",
    "Safety": "findings",
    "Severity": "findings",
    "UsageError": "discover",
    "migrate": "run",
    "migrate_cell": "cell",
}


def __getattr__(name: str) -> Any:
    """Load names when they are used: the command line must start without the rules."""
    if name == "discover":
        return import_module(".discover", __name__)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
