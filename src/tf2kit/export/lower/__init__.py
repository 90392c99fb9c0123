"""Signatures as plain graphs: no variables, no calls, no tables of resources, and no op that a target lacks.

`freeze` walks a function node by node and builds it anew. Read `tracer.py` first; a rule set (`rules.py`) says what becomes of an op.
This package imports TensorFlow; only what exports imports it.
"""

from __future__ import annotations

from .freeze import Frozen, freeze
from .rules import COMMON, Rule
from .values import LoweringError, Table

__all__ = ["COMMON", "Frozen", "LoweringError", "Rule", "Table", "freeze"]
