"""What a run fetches by its name in the graph: ``sess.run('global_bias:0')``. Names of variables are certain, others are not followed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .refusal import Refusal
from .values import State

if TYPE_CHECKING:
    from .evaluate import Evaluator


def variable(self: Evaluator, node: ast.expr, name: str) -> State:
    """The variable of this name, as if the program had named it.

    Raises:
      Refusal: nothing that is known has this name for certain.
    """
    wanted = name.removesuffix(":0")
    found = [s for s in self.region.states if s.kind == "variable" and s.exact_name and s.scoped == wanted]
    taken = self.region.names.taken.get(wanted.lower(), 0) > 1  # TensorFlow 1 numbers what is called the same
    if len(found) != 1 or taken or not name.endswith(":0"):
        raise Refusal(node, "a tensor is fetched by its name in the graph", "fetch the tensor itself")
    (state,) = found
    assert self.statement is not None
    self.statement.touched[state.scoped] = state
    self.replacements[node] = lambda r: r.name(state.reached)
    return state
