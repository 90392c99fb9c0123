"""What a program asks about its graph while it builds it: how many gradients are sets of rows, and whether there are loops.

In TensorFlow 2, functions have graphs when they are traced: one that computes the gradients, or the loop, is asked without running it.
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
_GIVES, _MAKES, _ALONE = "what_tracing_gives", "what_tracing_makes", "gradients_alone"
_ASKED = {f"tf.{_GIVES}": "structured_outputs", f"tf.{_MAKES}": "graph.get_operations()"}
# the operations of a loop, of which TensorFlow 1 has the first ones in its graph, and TensorFlow 2 one of the others
_OLD_LOOPS, _NEW_LOOPS = {"LoopCond", "Enter", "Exit", "NextIteration"}, {"While", "StatelessWhile"}


# -- in the text -----------------------------------------------------------------------------------------------------
def write_out(draft: Draft) -> None:
    """Write what is asked in names that only `lift` reads."""
    tree, tf = draft.module.tree, draft.context.prefix
    taken = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    for statement in [n for n in ast.walk(tree) if isinstance(n, ast.Assign)]:
        pairs = _looked_at(draft, statement)
        if pairs is None:
            continue
        name = "all_gradients"
        while name in taken:
            name += "_"
        taken.add(name)
        made = f"{name} = {tf}.{_ALONE}({draft.text(pairs)})"
        kept = f"[g for g in {tf}.{_GIVES}({name}) if isinstance(g, {tf}.IndexedSlices)]"
        target = draft.text(statement.targets[0])
        draft.replace(statement, f"{made}\n{' ' * statement.col_offset}{target} = {kept}")
    for call in [n for n in ast.walk(tree) if isinstance(n, ast.Call)]:
        loop = _loop(draft.context, call) if _asks_for_loops(draft.context, call) else None
        if loop is not None:
            draft.replace(call.args[0].generators[0].iter, f"{tf}.{_MAKES}({loop})")  # type: ignore[attr-defined]


def _asks_for_loops(context: Context, call: ast.Call) -> bool:
    """``any(op.type in (…) for op in tf.get_default_graph().get_operations())`` with the operations of loops of both versions."""
    made = call.args[0] if ast.unparse(call.func) == "any" and len(call.args) == 1 else None
    if not isinstance(made, ast.GeneratorExp) or len(made.generators) > 1 or made.generators[0].ifs:
        return False
    test, loop = made.elt, made.generators[0]
    if not isinstance(test, ast.Compare) or ast.unparse(test.left) != f"{ast.unparse(loop.target)}.type":
        return False
    kinds = test.comparators[0]
    if (
        len(test.ops) > 1
        or not isinstance(test.ops[0], ast.In)
        or not isinstance(kinds, (ast.Tuple, ast.List, ast.Set))
    ):
        return False
    named = {e.value if isinstance(e, ast.Constant) else None for e in kinds.elts}
    graph = (
        loop.iter.func.value if isinstance(loop.iter, ast.Call) and isinstance(loop.iter.func, ast.Attribute) else None
    )
    is_default = isinstance(graph, ast.Call) and context.tf_name(graph.func) == "tf.get_default_graph"
    return (
        is_default
        and loop.iter.func.attr == "get_operations"  # type: ignore[attr-defined]
        and named <= _OLD_LOOPS | _NEW_LOOPS
        and named >= _NEW_LOOPS
        and bool(named & _OLD_LOOPS)
    )


def _loop(context: Context, call: ast.Call) -> str | None:
    """What a loop gives that the module certainly has made before a call, in the only graph that there is; None without one."""
    tree = context.module.tree
    if any(
        context.tf_name(n) in ("tf.Graph", "tf.reset_default_graph") for n in ast.walk(tree) if isinstance(n, ast.expr)
    ):
        return None
    stored = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    for statement in [s for s in tree.body if s.lineno < call.lineno and isinstance(s, ast.Assign)]:
        made = statement.value
        if isinstance(made, ast.Call) and context.tf_name(made.func) == "tf.while_loop":
            target = statement.targets[0]
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            found = [n.id for n in names if isinstance(n, ast.Name) and stored.count(n.id) == 1 and n.id != "_"]
            if found:
                return found[0]
    return None


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


@handles(_GIVES, _MAKES)
def _asked(self: Evaluator, node: ast.Call) -> Value:
    """A run that is only traced: its function takes every placeholder that is needed."""
    wanted, statement, region = node.args[0], self.statement, self.region
    if statement is None or self.context.eager or self.depth or self.in_loop or region.is_class or region.objects:
        raise Refusal(node, "the graph is looked at while it is built, inside of a function, a loop or a class")
    fetch = sites.fetched(self, wanted)
    if fetch.kind not in ("tensor", "nest"):
        raise Refusal(
            node, "the graph is looked at while it is built, and what is computed there depends on nothing of it"
        )
    inputs = dict(fetch.inputs)
    for maker in closure(fetch.uses, ()):
        inputs.update(maker.inputs)
    traced = _ASKED[str(self.context.tf_name(node.func))]
    feeds = [(key, _given(node, p)) for key, p in inputs.items() if p.default is None]
    region.sites.append(Site(node, statement, wanted, [fetch], feeds, region=region, traced=traced))
    return Plain()


def _given(node: ast.Call, placeholder: Placeholder) -> ast.expr:
    """What stands for the value of a placeholder that only has a type."""
    known = placeholder.dtype and not placeholder.dtype.endswith("bool") and not isinstance(placeholder, Placeholders)
    if not known or placeholder.element is not None:
        raise Refusal(
            node, f"the graph is looked at while it is built, and the type of `{placeholder.name}` is not known"
        )
    return ast.Constant(None)
