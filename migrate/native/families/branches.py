"""``tf.cond`` on a placeholder that says whether the program trains: Python knows that when a function is traced."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .. import vocabulary
from ..structural import argument, by_row, handles
from ..values import Placeholder, Value

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer


@handles("cond")
def _cond(self: Evaluator, node: ast.Call) -> Value:
    """A conditional expression where the branches are expressions and the condition is fed literally (`plan` refuses other feeds)."""
    row = vocabulary.lookup("tf.cond")
    assert row is not None
    condition, yes, no = argument(node, 0, "pred"), argument(node, 1, "true_fn"), argument(node, 2, "false_fn")
    told = self.value(condition)
    if not isinstance(told, Placeholder) or not told.dtype.endswith("bool") or told.element is not None:
        return by_row(self, node, "tf.cond", row)
    if not isinstance(yes, ast.Lambda) or not isinstance(no, ast.Lambda) or _calls(yes) or _calls(no):
        return by_row(self, node, "tf.cond", row)
    bodies = yes.body, no.body

    def text(r: Renderer) -> str:
        test = r.text(condition)
        if test in ("True", "False"):
            return r.text(bodies[test == "False"])
        return f"({r.text(bodies[0])} if {test} else {r.text(bodies[1])})"

    self.replacements[node] = text
    return self.combine([told, *self.values(bodies)], node)


def _calls(node: ast.Lambda) -> bool:
    """Whether a branch does more than name something: what it makes would be made for one branch only."""
    return any(isinstance(n, ast.Call) for n in ast.walk(node.body))
