"""The collection of losses: ``tf.losses.get_total_loss`` and its like, as the sum of losses by name and of what layers keep.

A layer of Keras keeps one loss for each of its variables with a regularizer, as the collection of TensorFlow 1 did.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import objects
from ..environment import key_of
from ..refusal import Refusal
from ..structural import argument, handles
from ..values import Plain, Sequence, State, Tensor, Value

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

_SPACES = ("losses", "contrib.losses", "contrib.slim.losses")
_NAME = "bind it to a name, and add up the losses by their names"


def _in_spaces(name: str) -> tuple[str, ...]:
    return tuple(f"{space}.{name}" for space in _SPACES)


@dataclass(frozen=True, slots=True)
class Collected:
    """One loss of the collection: the name that it was bound to, None where it has none, and in which functions."""

    node: ast.Call
    value: Value
    key: str | None
    stack: tuple[ast.AST, ...]


def collect(self: Evaluator, node: ast.Call, value: Value) -> None:
    """Note a loss, by the name that its statement gives it; a statement without one gets one."""
    parent = self.context.parents.get(node)
    key = None
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1:
        key = key_of(parent.targets[0])
    elif isinstance(parent, ast.Expr):
        key = self.region.fresh("loss")
        self.replacements[parent] = lambda r, key=key: f"{key} = {r.text(node)}"
        self.environment.bind(key, value, self.statement)
        if self.statement is not None and not self.depth:
            self.statement.defines.add(key)
    self.region.losses.append(Collected(node, value, None if self.in_loop else key, tuple(self.stack)))


def _named_losses(self: Evaluator, node: ast.Call) -> list[str]:
    """The names of the losses so far, noted as uses."""
    objects.collect(self, node, lambda region: region.losses, "losses")
    found = []
    for loss in self.region.losses:
        binding = self.environment.find(loss.key) if loss.key is not None else None
        if loss.key is None or binding is None or loss.stack != tuple(self.stack):
            line = loss.node.lineno
            raise Refusal(node, f"the loss of line {line} is collected, and no name reaches it here", _NAME)
        if binding.value is not loss.value:
            raise Refusal(
                node, f"`{loss.key}` is a collected loss, and is bound anew before the losses are added", _NAME
            )
        self.lookup(loss.key, node)
        found.append(loss.key)
    return found


def _penalised(self: Evaluator, node: ast.Call) -> list[State]:
    """The layers so far that have regularizers."""
    objects.collect(self, node, lambda region: any(s.regularizers for s in region.states), "losses of regularizers")
    found = [s for s in self.region.states if s.regularizers]
    for layer in found:
        if not layer.trainable:
            raise Refusal(node, "a layer that is not trained has a regularizer; Keras leaves it out of the losses")
    if self.statement is not None:
        self.statement.touched.update({s.scoped: s for s in found})
        self.statement.collects = self.statement.collects or bool(found)
    return found


def _kept(r: Renderer, layers: list[State]) -> str:
    return " + ".join(f"{r.name(s.reached)}.losses" for s in layers)


def _bound_to_name(self: Evaluator, node: ast.Call) -> None:
    """What a loss depends on is found by the names in it, so an optimizer must not be given the sum itself."""
    here = self.context.parents.get(node)
    while isinstance(here, (ast.BinOp, ast.UnaryOp, ast.keyword)):
        here = self.context.parents.get(here)
    if isinstance(here, ast.Call) and self.context.tf_name(here.func) is None:
        raise Refusal(node, "the sum of all losses is passed on without a name", "bind it to a name first")


def _only(node: ast.Call, names: tuple[str, ...]) -> None:
    for keyword in node.keywords:
        if keyword.arg not in names:
            raise Refusal(keyword.value, "a part of the collected losses is asked for by its scope")
    if len(node.args) > len(names):
        raise Refusal(node, "a part of the collected losses is asked for by its scope")


@handles(*_in_spaces("get_total_loss"))
def _total(self: Evaluator, node: ast.Call) -> Value:
    _only(node, ("add_regularization_losses", "name"))
    wanted = self.value(argument(node, 0, "add_regularization_losses") or ast.Constant(True))
    if not isinstance(wanted, Plain) or wanted.constant not in (True, False):
        raise Refusal(node, "whether regularization losses are added is not known before the program runs")
    _bound_to_name(self, node)
    names = _named_losses(self, node)
    layers = _penalised(self, node) if wanted.constant else []
    if not names and not layers:
        raise Refusal(node, "no loss was collected before")

    def text(r: Renderer) -> str:
        sums = [r.name(name) for name in names]
        if not layers:
            return " + ".join(sums) if len(sums) == 1 or _is_value(self, node) else f"({' + '.join(sums)})"
        listed = f"[{', '.join(sums)}] + " if sums else ""
        return f"{r.tf('tf.add_n')}({listed}{_kept(r, layers)})"

    self.replacements[node] = text
    return Tensor(())


def _is_value(self: Evaluator, node: ast.Call) -> bool:
    return isinstance(self.context.parents.get(node), (ast.Assign, ast.Return))


@handles(*_in_spaces("get_regularization_loss"))
def _regularization(self: Evaluator, node: ast.Call) -> Value:
    _only(node, ())
    _bound_to_name(self, node)
    layers = _penalised(self, node)
    if layers:
        self.replacements[node] = lambda r: f"{r.tf('tf.add_n')}({_kept(r, layers)})"
    else:
        self.replacements[node] = lambda r: f"{r.tf('tf.constant')}(0.0)"
    return Tensor(())


@handles(*_in_spaces("get_regularization_losses"))
def _regularizations(self: Evaluator, node: ast.Call) -> Value:
    _only(node, ())
    return penalties(self, node)


def penalties(self: Evaluator, node: ast.Call) -> Value:
    """``layer.losses`` of all layers, as one list."""
    _bound_to_name(self, node)
    layers = _penalised(self, node)
    self.replacements[node] = lambda r: _kept(r, layers) if len(layers) == 1 else f"({_kept(r, layers) or '[]'})"
    return Sequence(tuple(Tensor(()) for s in layers for _ in range(s.regularizers)))


@handles(*_in_spaces("get_losses"))
def _losses(self: Evaluator, node: ast.Call) -> Value:
    _only(node, ())
    _bound_to_name(self, node)
    names = _named_losses(self, node)
    self.replacements[node] = lambda r: f"[{', '.join(r.name(name) for name in names)}]"
    return Sequence(tuple(Tensor(()) for _ in names))
