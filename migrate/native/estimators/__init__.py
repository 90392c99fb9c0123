"""Estimators: a program that uses one is first written out as the class with a session that it stands for, and that class is lifted.

What is written out is text that only `lift` reads: a method of it runs the graph in a loop over a data set, which TensorFlow 1 could not
do. `model` writes the class of a ``model_fn``, `modes` makes one graph of the three that it builds, `methods` has the loops of
``train``, ``evaluate`` and ``predict``, `inputs` the data sets of input functions, `uses` finds what the program does with its estimator.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from ...edits import OffsetMap
from ...module import Module
from ..context import Context
from ..refusal import Refusal
from . import inputs, model, uses
from .draft import Draft

_ESTIMATOR = "tf.estimator.Estimator"


def written_out(module: Module) -> tuple[Module, Callable[[Refusal], None]]:
    """A module with its estimators written out, and what gives a refusal of that text its place in the module's own.

    Raises:
      Refusal: an estimator is used in a way that is not understood.
    """
    if b"Estimator" not in module.text:
        return module, lambda _: None
    context = Context(module)
    made = [n for n in ast.walk(module.tree) if isinstance(n, ast.Call) and context.tf_name(n.func) == _ESTIMATOR]
    if not made:
        return module, lambda _: None
    draft = Draft(context)
    for node in made:
        estimator = uses.find(draft, node)
        estimator.features = inputs.rewrite(draft, estimator)
        model.rewrite(draft, estimator)
    edits = draft.settled()
    text = draft.applied(edits)
    places = OffsetMap(edits)
    written = Module(module.path, text, module.package, tree=ast.parse(text.decode()))

    def place(refusal: Refusal) -> None:
        if isinstance(refusal.node, (ast.expr, ast.stmt)):
            refusal.node = draft.nearest(places.back(written.span(refusal.node)[0]))

    return written, place
