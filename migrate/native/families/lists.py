"""Placeholders that a comprehension makes, one for each variable: a parameter that takes a list.

``feed_dict=dict(zip(holders, values))`` gives that list; its items take the type of the placeholders, as feeding did.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..refusal import Refusal
from ..values import Feed, Placeholder, Placeholders, Value

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..plan import Function
    from ..render import Renderer


def made(node: ast.expr, item: Value) -> Value | None:
    """The list that a comprehension makes of placeholders; None for any other."""
    if not isinstance(item, Placeholder) or item.name or item.element is not None:
        return None
    assert isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp)
    bound = {n.id for g in node.generators for n in ast.walk(g.target) if isinstance(n, ast.Name)}
    if not isinstance(node, ast.ListComp) or item.default is not None or not item.dtype or item.dtype in bound:
        raise Refusal(node, "placeholders are made in a comprehension that is not understood")
    return Placeholders("", node, item.dtype)


def fed(self: Evaluator, node: ast.expr) -> Feed | None:
    """``dict(zip(holders, values))`` or ``{h: v for h, v in zip(holders, values)}``; None for any other dictionary."""
    pairs = _zipped(node)
    if pairs is None or not isinstance(pairs.args[0], (ast.Name, ast.Attribute)):
        return None
    keys = self.of_key(pairs.args[0])
    if not isinstance(keys, Placeholders):
        return None
    values = pairs.args[1]
    self.value(values)
    name = keys.name.removeprefix("self.")
    self.replacements[node] = lambda r: f"{{{r.context.quoted(name)}: {r.text(values)}}}"
    return Feed(((keys.name, values),), {})


def _zipped(node: ast.expr) -> ast.Call | None:
    """The call of ``zip`` whose pairs a dictionary is made of."""
    given: ast.expr | None = None
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "dict" and len(node.args) == 1 and not node.keywords:
        given = node.args[0]
    elif isinstance(node, ast.DictComp) and len(node.generators) == 1 and not node.generators[0].ifs:
        target = node.generators[0].target
        if ast.unparse(target).strip("()") == f"{ast.unparse(node.key)}, {ast.unparse(node.value)}":
            given = node.generators[0].iter
    is_zip = isinstance(given, ast.Call) and ast.unparse(given.func) == "zip"
    return given if is_zip and isinstance(given, ast.Call) and len(given.args) == 2 and not given.keywords else None


def casts(function: Function, renderer: Renderer, indent: int) -> list[str]:
    """The lines that give the items of such parameters their type."""
    found = []
    for key in function.parameters:
        holders = function.inputs.get(key)
        if isinstance(holders, Placeholders):
            name = renderer.name(key)
            found.append(f"{' ' * indent}{name} = [{renderer.tf('tf.cast')}(t, {holders.dtype}) for t in {name}]")
    return found
