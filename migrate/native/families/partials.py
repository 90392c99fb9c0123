"""``functools.partial`` of a function of TensorFlow: what it gives is written at each call, and the partial function is gone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .. import calls, structural, vocabulary
from ..refusal import Refusal
from ..values import Partial, Value

if TYPE_CHECKING:
    from ..evaluate import Evaluator


def made(self: Evaluator, node: ast.Call) -> Partial | None:
    """``functools.partial(tf.layers.dense, activation=tf.nn.relu)``; None for any other call.

    Raises:
      Refusal: what it gives may be something else where it is called.
    """
    if ast.unparse(node.func) not in ("functools.partial", "partial") or not node.args:
        return None
    name = self.context.tf_name(node.args[0])
    if name is None:
        return None
    if name in structural.HANDLERS or vocabulary.lookup(name) is None:
        raise Refusal(node, f"a partial function is made of `{name}`")
    given = [*node.args[1:], *(k.value for k in node.keywords)]
    names = {n for g in given for n in ast.walk(g) if isinstance(n, ast.Name) and self.context.tf_name(n) is None}
    stored = [
        n.id for n in ast.walk(self.context.module.tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    ]
    taken = {a.arg for a in ast.walk(self.context.module.tree) if isinstance(a, ast.arg)}
    for each in names:
        if self.depth or stored.count(each.id) > 1 or each.id in taken:
            raise Refusal(
                each, f"a partial function is given `{each.id}`, which may be something else where it is called"
            )
    return Partial(node)


def call(self: Evaluator, node: ast.Call, function: Partial) -> Value:
    """A call of one: the call of the function behind it, with all arguments."""
    partial = function.node
    whole = self.context.scoped.get(node)
    if whole is None:
        own = {k.arg for k in node.keywords}
        keywords = [*node.keywords, *(k for k in partial.keywords if k.arg not in own)]
        whole = ast.Call(partial.args[0], [*partial.args[1:], *node.args], keywords)
        ast.copy_location(whole, node)
        self.context.scoped[node] = whole
        self.context.parents[whole] = self.context.parents[node]
    name = self.context.tf_name(partial.args[0])
    assert name is not None
    row = vocabulary.lookup(name)
    assert row is not None
    found = structural.by_row(self, whole, name, row)
    chosen = row.chosen(calls.bind(whole, row)) if row.chosen is not None else row
    if whole not in self.replacements:  # only names change, which is written where they stand
        self.replacements[whole] = lambda r: calls.rewrite(whole, chosen, r.text, r.tf)
    self.replacements[node] = lambda r: r.text(whole)
    return found
