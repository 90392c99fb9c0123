"""Run TensorFlow 1 programs as they are: each module of the program is migrated in memory while it is imported."""

from __future__ import annotations

from .importer import Finder, code_of
from .program import Program, load

__all__ = ["Finder", "Program", "code_of", "load"]
