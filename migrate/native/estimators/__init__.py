"""Estimators: a program that uses one is first written out as the class with a session that it stands for, and that class is lifted.

`model` writes the class of a ``model_fn``, `modes` makes one graph of the three that it builds, `methods` has the loops of ``train``,
``evaluate`` and ``predict``, `inputs` the data sets of input functions, `uses` finds what the program does with its estimator.
"""

from __future__ import annotations

import ast

from ..draft import Draft
from . import inputs, model, uses

_ESTIMATOR = "tf.estimator.Estimator"


def write_out(draft: Draft) -> None:
    """Put classes in the places of estimators.

    Raises:
      Refusal: an estimator is used in a way that is not understood.
    """
    for node in ast.walk(draft.module.tree):
        if isinstance(node, ast.Call) and draft.context.tf_name(node.func) == _ESTIMATOR:
            estimator = uses.find(draft, node)
            estimator.features = inputs.rewrite(draft, estimator)
            model.rewrite(draft, estimator)
