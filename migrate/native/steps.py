"""The step counter of TensorFlow 1: a variable that everybody finds in the graph, and that one statement makes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from . import objects
from .environment import key_of
from .refusal import Refusal
from .statements import Created
from .structural import argument, handles
from .values import Eager, Plain, State, Value

if TYPE_CHECKING:
    from .evaluate import Evaluator

_NAME = "global_step"


@handles(
    *("train.get_or_create_global_step", "train.create_global_step", "train.get_global_step"),
    *("contrib.framework.get_or_create_global_step", "contrib.framework.create_global_step"),
    "contrib.framework.get_global_step",
)
def _global_step(self: Evaluator, node: ast.Call) -> Value:
    found = self.region.by_scope.get(_NAME) or next((s for s in self.region.states if s.scoped == _NAME), None)
    if found is None:
        objects.outside(self, node, lambda region: any(s.scoped == _NAME for s in region.states), "step counters")
        if str(self.context.tf_name(node.func)).endswith("get_global_step"):
            return Plain(None)
        found = _make(self, node)
    step = found
    self.replacements[node] = lambda r: r.name(step.reached)
    if self.statement is not None:
        self.statement.touched[step.scoped] = step
        alone = self.context.parents.get(node) is self.statement.node
        if alone and isinstance(self.statement.node, (ast.Assign, ast.Expr)):
            self.statement.aliases = True
    if self.context.eager:
        return Eager()
    return step


def _make(self: Evaluator, node: ast.Call) -> State:
    """The counter on a line of its own."""
    if self.statement is None or self.in_loop or self.depth:
        raise Refusal(node, "the step counter is made inside a function or a loop")
    target = self.context.parents.get(node)
    named = key_of(target.targets[0]) if isinstance(target, ast.Assign) else None
    if named is not None and named.startswith("self.") is self.region.is_class:
        path = named
    else:
        path = ("self." if self.region.is_class else "") + self.region.fresh(_NAME)
    state = State(path, _NAME, "variable", False, node, len(self.region.states))
    self.region.states.append(state)
    self.region.by_scope[_NAME] = state
    text = 'tf.Variable(0, trainable=False, dtype=tf.int64, name="global_step")'
    self.statement.created.append(Created(path, state, lambda r: r.tf(text).replace("dtype=tf.", f"dtype={r.prefix}.")))
    return state


@handles("train.global_step")
def _value(self: Evaluator, node: ast.Call) -> Value:
    step = argument(node, 1, "global_step_tensor")
    self.arguments(node)
    if step is None or not isinstance(self.value(step), State):
        raise Refusal(node, "the step counter that is read is not known")
    self.replacements[node] = lambda r: f"int({r.text(step)}.numpy())"
    return Plain()
