"""Attributes and methods of Savers, writers and summaries made in Python: each has a file of its own."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..refusal import Refusal
from ..values import HandMade, Ran, Saver, Value, Writer
from . import savers, writers

if TYPE_CHECKING:
    from ..evaluate import Evaluator


def attribute(self: Evaluator, node: ast.Attribute, base: Saver | Writer | HandMade | Ran) -> Value:
    """What an attribute of such an object stands for."""
    if isinstance(base, Saver):
        return savers.attribute(self, node, base)
    if isinstance(base, HandMade) and node.attr == "value":
        return base
    raise Refusal(node, f"`.{node.attr}` of a summary or its writer is used")


def call(self: Evaluator, node: ast.Call, base: Saver | Writer | HandMade, name: str) -> Value:
    """What a method of such an object gives."""
    if isinstance(base, Saver):
        return savers.call(self, node, base, name)
    if isinstance(base, Writer):
        return writers.call(self, node, base, name)
    return writers.add_value(self, node, base)
