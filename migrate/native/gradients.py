"""Gradients: ``tf.gradients`` and ``compute_gradients`` become a tape around what the loss depends on."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .environment import key_of
from .refusal import Refusal
from .structural import argument, handles
from .values import Gradients, Optimizer, Placeholder, Sequence, State, Tensor, Value, is_graph

if TYPE_CHECKING:
    from .evaluate import Evaluator

_PASSIVE = frozenset({"name", "colocate_gradients_with_ops", "aggregation_method", "gate_gradients"})


@handles("gradients")
def _gradients(self: Evaluator, node: ast.Call) -> Value:
    target, by = argument(node, 0, "ys"), argument(node, 1, "xs")
    if (
        target is None
        or by is None
        or len(node.args) > 2
        or any(k.arg not in {"ys", "xs"} | _PASSIVE for k in node.keywords)
    ):
        raise Refusal(node, "`tf.gradients` has arguments that are not lifted")
    if isinstance(self.value(target), Sequence):
        raise Refusal(node, "gradients of several tensors at once")
    watched = _watched(self, by, self.value(by))
    several = isinstance(self.value(by), (Sequence,)) or not isinstance(by, (ast.Name, ast.Attribute))
    self.replacements[node] = lambda r: (
        f"tape.gradient({r.text(target)}, {r.text(by) if several else '[' + r.text(by) + ']'})"
    )
    return note(self, Gradients(target, by, node, None, watched))


def _watched(self: Evaluator, node: ast.expr, value: Value) -> tuple[str, ...]:
    """Keys of tensors by which is differentiated; variables are watched anyway."""
    if isinstance(value, State):
        return ()
    if isinstance(value, Placeholder):
        return (value.name,)
    if isinstance(value, Sequence) and isinstance(node, (ast.List, ast.Tuple)):
        return tuple(k for e, v in zip(node.elts, value.items, strict=True) for k in _watched(self, e, v))
    if isinstance(value, Tensor):
        key = key_of(node)
        if key is None:
            raise Refusal(node, "a gradient by a tensor that has no name")
        return (key,)
    if is_graph(value):
        raise Refusal(node, "gradients by these tensors")
    return ()


def of_optimizer(self: Evaluator, node: ast.Call, optimizer: Optimizer, loss: ast.expr, by: ast.expr | None) -> Value:
    """``optimizer.compute_gradients(loss, variables)``: pairs of gradient and variable."""

    def text(r) -> str:  # type: ignore[no-untyped-def]
        variables = "variables" if by is None else r.text(by)
        return f"list(zip(tape.gradient({r.text(loss)}, {variables}), {variables}))"

    self.replacements[node] = text
    return note(self, Gradients(loss, by, node, optimizer))


def note(self: Evaluator, gradients: Gradients) -> Gradients:
    """The statement that is being read needs a tape."""
    if self.depth:
        raise Refusal(gradients.node, "gradients are taken inside a function")
    if self.statement is not None:
        self.statement.gradients.append(gradients)
    return gradients
