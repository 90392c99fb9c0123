"""Parts of a program that stand for others are written out before it is lifted: estimators as classes, queues as data sets.

What is written out is text that only `lift` reads: it may loop over a data set and run the graph, which TensorFlow 1 could not do.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from ..edits import OffsetMap
from ..module import Module
from . import estimators, kinds, pipelines, returned
from .context import Context
from .draft import Draft
from .refusal import Refusal

_SIGNS = (b"Estimator", b"input_producer", b"get_next", b"IndexedSlices", b"get_operations")


def out(module: Module) -> tuple[Module, Callable[[Refusal], None]]:
    """A module with such parts written out, and what gives a refusal of that text its place in the module's own.

    Raises:
      Refusal: one is used in a way that is not understood.
    """
    if not any(sign in module.text for sign in _SIGNS):
        return module, lambda _: None
    draft = Draft(Context(module))
    estimators.write_out(draft)
    pipelines.write_out(draft)
    returned.write_out(draft)
    kinds.write_out(draft)
    edits = draft.settled()
    places = OffsetMap(edits)
    text = draft.applied(edits)
    written = Module(module.path, text, module.package, tree=ast.parse(text.decode()))

    def place(refusal: Refusal) -> None:
        if isinstance(refusal.node, (ast.expr, ast.stmt)):
            refusal.node = draft.nearest(places.back(written.span(refusal.node)[0]))

    return written, place
