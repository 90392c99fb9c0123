"""Conditional random fields: `tf.contrib.crf` becomes a few functions of the program (`crf.SOURCES`)."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from .. import calls, shapes
from ..environment import key_of
from ..refusal import Refusal
from ..rows import Row
from ..state import make_variable
from ..statements import Created
from ..structural import argument, handles
from ..values import Plain, Sequence, State, Tensor, Value, is_graph

if TYPE_CHECKING:
    from ..evaluate import Evaluator

_INPUTS = ("inputs", "tag_indices", "sequence_lengths", "transition_params")
_ROWS = {
    "crf_sequence_score": _INPUTS,
    "crf_log_norm": ("inputs", "sequence_lengths", "transition_params"),
    "crf_decode": ("potentials", "transition_params", "sequence_length"),
    "viterbi_decode": ("score", "transition_params"),
}


def _row(name: str, parameters: tuple[str, ...]) -> Row:
    return Row(name, parameters, parameters)


@handles(*(f"contrib.crf.{name}" for name in _ROWS))
def _function(self: Evaluator, node: ast.Call) -> Value:
    name = str(self.context.tf_name(node.func)).rsplit(".", 1)[-1]
    row = _row(name, _ROWS[name])
    calls.bind(node, row)
    found = self.arguments(node)
    self.replacements[node.func] = lambda _: name
    if name != "viterbi_decode":
        return Sequence((Tensor(), Tensor())) if name == "crf_decode" else Tensor()
    if any(is_graph(v) or isinstance(v, State) for v in found):
        raise Refusal(node, "`viterbi_decode` works on arrays, and is given tensors", "use crf_decode in the graph")
    return Plain()


@handles("contrib.crf.crf_log_likelihood")
def _log_likelihood(self: Evaluator, node: ast.Call) -> Value:
    """The likelihood and the transitions: the latter are a variable that was made elsewhere, or one that is made here."""
    bound = calls.bind(node, _row("crf_log_likelihood", _INPUTS))
    parent = self.context.parents[node]
    targets = parent.targets[0] if isinstance(parent, ast.Assign) and len(parent.targets) == 1 else None
    if not isinstance(targets, ast.Tuple) or len(targets.elts) != 2 or not set(_INPUTS[:3]) <= set(bound):
        raise Refusal(node, "what `crf_log_likelihood` gives is not bound to two names")
    likelihood, name = targets.elts
    inputs = [bound[n] for n in _INPUTS[:3]]
    self.values(inputs)
    given = bound.get("transition_params")
    if given is None or ast.unparse(given) == "None":
        given = _made(self, node, bound["inputs"], name)
    elif ast.unparse(name) not in (ast.unparse(given), "_"):
        raise Refusal(name, "the transitions of a random field get another name", "bind them to `_`")
    transitions = self.value(given)
    if not isinstance(transitions, State):
        raise Refusal(node, "the transitions of a random field are no variable")
    if self.statement is not None:
        self.statement.touched[transitions.scoped] = transitions
    self.replacements[parent] = lambda r: (
        f"{r.text(likelihood)} = crf_log_likelihood({', '.join(r.text(n) for n in [*inputs, given])})"
    )
    return Sequence((Tensor(), transitions))


def _made(self: Evaluator, node: ast.Call, inputs: ast.expr, target: ast.expr) -> ast.Call:
    """``tf.get_variable("transitions", [tags, tags])`` under the name that the program gives it."""
    tags = _tags(self, inputs)
    name, shape = ast.Constant("transitions"), ast.List([tags, tags], ast.Load())
    made = ast.Call(ast.Name("get_variable", ast.Load()), [name, shape], [])
    for new in (name, shape, made):
        ast.copy_location(new, node)
    self.context.full[made.func] = "tf.get_variable"
    self.replacements[name] = lambda r: r.context.quoted("transitions")
    self.replacements[shape] = lambda r: f"[{r.text(tags)}, {r.text(tags)}]"
    self.context.parents[made] = node
    state = make_variable(self, made)
    self.context.known[made] = state
    key, statement = key_of(target), self.statement
    if isinstance(state, State) and not state.path and not self.depth and key not in (None, "_"):
        assert statement is not None
        text = statement.inline.pop().text
        state.path = str(key)
        if self.region.is_class and not state.path.startswith("self."):
            state.path = self.region.renames[state.path] = f"self.{state.path}"
        statement.created.append(Created(state.path, state, text))
        self.replacements[made] = lambda r: r.name(state.path)
    return made


def _tags(self: Evaluator, inputs: ast.expr) -> ast.expr:
    """How many tags there are, as an expression that means the same everywhere.

    Raises:
      Refusal: that is not known before the program runs.
    """
    dims = shapes.of(self.value(inputs))
    if dims and dims[-1] is not None:
        size = ast.copy_location(ast.Constant(dims[-1]), inputs)
        self.replacements[size] = lambda _: str(dims[-1])
        return size
    binding = self.environment.find(key_of(inputs) or "")
    made = [m.node for m in binding.makers] if binding is not None else []
    value = made[0].value if len(made) == 1 and isinstance(made[0], ast.Assign) else None
    if isinstance(value, ast.Call) and self.context.tf_name(value.func) == "tf.reshape":
        shape = argument(value, 1, "shape")
        if isinstance(shape, (ast.List, ast.Tuple)) and shape.elts and _is_absolute(self, shape.elts[-1]):
            return shape.elts[-1]
    raise Refusal(
        inputs,
        "how many tags there are is not known before the program runs",
        "make the transitions with tf.get_variable and give them to crf_log_likelihood",
    )


def _is_absolute(self: Evaluator, node: ast.expr) -> bool:
    """Whether an expression means the same in the whole module: a number, or made of names that the module binds once."""
    stored = [
        n.id for n in ast.walk(self.context.module.tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    ]
    stored += [a.arg for a in ast.walk(self.context.module.tree) if isinstance(a, ast.arg)]
    names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
    return all(stored.count(n) == 1 or (n not in stored and hasattr(builtins, n)) for n in names)
