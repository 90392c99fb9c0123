"""Learning rates: numbers, schedules of a step counter, and rates that a program feeds or keeps in a variable."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from . import calls
from .refusal import Refusal
from .rows import Row
from .values import Optimizer, Plain, Schedule, State, Tensor, Value, is_graph
from .vocabulary import optimizers as vocabulary

if TYPE_CHECKING:
    from .evaluate import Evaluator
    from .render import Renderer


def optimizer(self: Evaluator, node: ast.Call, name: str) -> Value:
    """The constructor of an optimizer."""
    row = vocabulary.ROWS[name]
    bound = calls.bind(node, row)
    rate = bound.get("learning_rate")
    value = self.aside([rate])[0] if rate is not None else Plain()
    if self.context.eager and rate is not None:
        from .families import eager

        eager.optimizer_rate(rate, value)
    for other, argument in bound.items():
        if other != "learning_rate" and is_graph(self.aside([argument])[0]):
            raise Refusal(argument, f"`{other}` of an optimizer comes from the graph")
    step = value.step if isinstance(value, Schedule) else None
    if isinstance(value, Schedule) and rate is not None:
        self.replacements[rate] = _as_object(self, rate, value)
        row = vocabulary.varying(name) or row
    elif is_graph(value) or isinstance(value, State):
        return _changing(self, node, name, rate)
    self.replacements[node] = lambda r: calls.rewrite(node, row, r.text, r.tf)
    return Optimizer("", node, row, step)


def _as_object(self: Evaluator, rate: ast.expr, value: Schedule):  # type: ignore[no-untyped-def]
    """A schedule as an optimizer takes it: the object, not its number at one step."""
    del self
    if isinstance(rate, ast.Call):
        return value.text
    return lambda r: r.plain(rate)


def _changing(self: Evaluator, node: ast.Call, name: str, rate: ast.expr | None) -> Value:
    """A rate that is set before each step."""
    row = vocabulary.varying(name)
    if row is None or rate is None:
        raise Refusal(node, "the learning rate comes from the graph")

    def text(r: Renderer) -> str:
        return calls.rewrite(node, row, lambda n: "0.0" if n is rate else r.text(n), r.tf)

    self.replacements[node] = text
    return Optimizer("", node, row, None, rate)


def schedule(self: Evaluator, node: ast.Call, row: Row) -> Value:
    """``tf.train.exponential_decay(rate, step, …)``: an object where a name is bound to it, else the number at this step."""
    bound = calls.bind(node, row)
    step = bound.get(row.call[0])
    if step is None or not isinstance(self.value(step), State):
        raise Refusal(node, "a schedule is not one of a step counter")
    for argument in bound.values():
        if argument is not step and is_graph(self.value(argument)):
            raise Refusal(argument, "a schedule is made of tensors")

    def made(r: Renderer) -> str:
        return calls.rewrite_layer(node, row, r.text, r.tf)[0]

    parent = self.context.parents.get(node)
    if isinstance(parent, ast.Assign):
        self.replacements[node] = made
        return Schedule(step, made)
    self.replacements[node] = lambda r: f"{made(r)}({r.text(step)})"
    return Schedule(step, made) if isinstance(parent, (ast.Call, ast.keyword)) else Tensor()
