"""``tf.cond`` on a placeholder that says whether the program trains: Python knows that when a function is traced."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .. import calls, passed, vocabulary
from ..refusal import Refusal
from ..structural import argument, by_row, handles
from ..values import Placeholder, Value

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer


@handles("cond")
def _cond(self: Evaluator, node: ast.Call) -> Value:
    """A conditional expression where the condition is fed literally (`plan` refuses other feeds)."""
    row = vocabulary.lookup("tf.cond")
    assert row is not None
    condition, yes, no = argument(node, 0, "pred"), argument(node, 1, "true_fn"), argument(node, 2, "false_fn")
    told = self.value(condition)
    if not isinstance(told, Placeholder) or told.element is not None:
        return by_row(self, node, "tf.cond", row)
    if not told.dtype.endswith("bool") and told.default not in ("True", "False"):
        return by_row(self, node, "tf.cond", row)
    if yes is None or no is None:
        return by_row(self, node, "tf.cond", row)
    calls.bind(node, row)
    given = passed.read(self, node, "tf.cond", self.values([yes, no]))
    if len(given) < len((yes, no)):
        raise Refusal(node, "a branch is not known to be a function of the program")

    def branch(r: Renderer, function: ast.expr) -> str:
        return r.text(function.body) if isinstance(function, ast.Lambda) else f"{r.text(function)}()"

    def text(r: Renderer) -> str:
        test = r.text(condition)
        if test in ("True", "False"):
            return branch(r, yes if test == "True" else no)
        return f"({branch(r, yes)} if {test} else {branch(r, no)})"

    self.replacements[node] = text
    return self.combine([told, *given], node)
