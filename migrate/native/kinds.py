"""Counting the gradients that are sets of rows: TensorFlow 1 looked at them while it built the graph, TensorFlow 2 when it traces.

``[g for g, _ in optimizer.compute_gradients(loss) if isinstance(g, tf.IndexedSlices)]`` asks a function that computes the gradients
what it gives, without running it.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from . import sites
from .context import Context
from .draft import Draft
from .plan import closure
from .refusal import Refusal
from .statements import Site
from .structural import handles
from .values import Gradients, Placeholder, Placeholders, Plain, Series, Tensor, Value

if TYPE_CHECKING:
    from .evaluate import Evaluator

# names that only the written-out text has
_ASKED, _ALONE = "what_tracing_gives", "gradients_alone"


# -- in the text -----------------------------------------------------------------------------------------------------
def write_out(draft: Draft) -> None:
    """Give the gradients that such a list looks at a line and a name of their own."""
    taken = {n.id for n in ast.walk(draft.module.tree) if isinstance(n, ast.Name)}
    for statement in [n for n in ast.walk(draft.module.tree) if isinstance(n, ast.Assign)]:
        pairs = _looked_at(draft, statement)
        if pairs is None:
            continue
        name = "all_gradients"
        while name in taken:
            name += "_"
        taken.add(name)
        made = f"{name} = {draft.context.prefix}.{_ALONE}({draft.text(pairs)})"
        asked = f"{draft.context.prefix}.{_ASKED}({name})"
        kept = f"[g for g in {asked} if isinstance(g, {draft.context.prefix}.IndexedSlices)]"
        target = draft.text(statement.targets[0])
        draft.replace(statement, f"{made}\n{' ' * statement.col_offset}{target} = {kept}")


def _looked_at(draft: Draft, statement: ast.Assign) -> ast.expr | None:
    """The call of ``compute_gradients`` of such a statement, where nothing but the length of the list is read."""
    listed, target = statement.value, statement.targets[0]
    if not isinstance(listed, ast.ListComp) or not isinstance(target, ast.Name) or len(statement.targets) > 1:
        return None
    loop = listed.generators[0]
    call, pair = loop.iter, loop.target
    is_call = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    if not is_call or call.func.attr != "compute_gradients" or len(listed.generators) > 1:  # type: ignore[attr-defined]
        return None
    if not isinstance(pair, ast.Tuple) or len(pair.elts) != 2 or not all(isinstance(e, ast.Name) for e in pair.elts):
        return None
    gradient = ast.unparse(pair.elts[0])
    if gradient == ast.unparse(pair.elts[1]) or ast.unparse(listed.elt) != gradient or len(loop.ifs) != 1:
        return None
    is_kind = _asks_for_rows(draft.context, loop.ifs[0], gradient)
    return call if is_kind and _only_counted(draft.context, target.id) else None


def _asks_for_rows(context: Context, test: ast.expr, name: str) -> bool:
    """``isinstance(name, tf.IndexedSlices)``."""
    return (
        isinstance(test, ast.Call)
        and ast.unparse(test.func) == "isinstance"
        and len(test.args) == 2
        and ast.unparse(test.args[0]) == name
        and context.tf_name(test.args[1]) == "tf.IndexedSlices"
    )


def _only_counted(context: Context, name: str) -> bool:
    """Whether a name is bound once and read by ``len`` alone."""
    named = [n for n in ast.walk(context.module.tree) if isinstance(n, ast.Name) and n.id == name]
    read = [n for n in named if isinstance(n.ctx, ast.Load)]
    calls = [context.parents[n] for n in read]
    counted = all(isinstance(c, ast.Call) and ast.unparse(c.func) == "len" and len(c.args) == 1 for c in calls)
    return counted and len(named) == len(read) + 1


# -- in the graph ----------------------------------------------------------------------------------------------------
@handles(_ALONE)
def _alone(self: Evaluator, node: ast.Call) -> Value:
    """The gradients of what ``compute_gradients`` gives, without their variables."""
    found = self.value(node.args[0])
    if not isinstance(found, Gradients):
        raise Refusal(node, "the gradients that are looked at here are not known")
    by = found.variables
    self.replacements[node] = lambda r: (
        f"tape.gradient({r.text(found.loss)}, {r.text(by) if by is not None else 'variables'})"
    )
    return Series(Tensor())


@handles(_ASKED)
def _asked(self: Evaluator, node: ast.Call) -> Value:
    """A run that is only traced: its function takes every placeholder that the gradients depend on."""
    gradients, statement, region = node.args[0], self.statement, self.region
    if statement is None or self.context.eager or self.depth or self.in_loop or region.is_class or region.objects:
        raise Refusal(node, "the graph is looked at while it is built, inside of a function, a loop or a class")
    fetch = sites.fetched(self, gradients)
    inputs = dict(fetch.inputs)
    for maker in closure(fetch.uses, ()):
        inputs.update(maker.inputs)
    feeds = [(key, _given(node, p)) for key, p in inputs.items() if p.default is None]
    region.sites.append(Site(node, statement, gradients, [fetch], feeds, region=region, traced=True))
    return Plain()


def _given(node: ast.Call, placeholder: Placeholder) -> ast.expr:
    """What stands for the value of a placeholder that only has a type."""
    known = placeholder.dtype and not placeholder.dtype.endswith("bool") and not isinstance(placeholder, Placeholders)
    if not known or placeholder.element is not None:
        raise Refusal(
            node, f"gradients are looked at while the graph is built, and the type of `{placeholder.name}` is not known"
        )
    return ast.Constant(None)


__all__ = ["write_out"]
