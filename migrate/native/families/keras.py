"""``tf.keras`` in a graph: models and layers stay what they are; where the program reads a model's tensors, functions call the model.

A layer belongs to a model (called on what ``Input`` gives) or to the graph (called on tensors), where it is a layer like any other.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .. import calls
from ..refusal import Refusal
from ..rows import Row
from ..state import identifier, settle, snake, target_name
from ..structural import HANDLERS, handles
from ..values import (
    Dropped,
    Eager,
    Initializer,
    Plain,
    Random,
    Session,
    State,
    Symbolic,
    TensorFunction,
    Value,
    is_graph,
    leaves,
)
from ..vocabulary import keras as vocabulary

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..hoist import Frame

_LISTS = {
    "tf.trainable_variables", "tf.global_variables", "tf.all_variables", "tf.get_collection", "tf.train.Saver",
}  # fmt: skip
_GETTERS = ("tf.keras.backend.set_session", "tf.keras.backend.get_session")


@dataclass(slots=True, eq=False)
class Layer(State):
    """A layer of Keras.

    Attributes:
      inside: whether it is a part of a model. outside: whether it was called on tensors. frames: where it was made.
    """

    inside: bool = False
    outside: bool = False
    frames: list[Frame] = field(default_factory=list)


class Optimizer(Plain):
    """An optimizer of Keras, which only ``compile`` takes."""

    __slots__ = ()


def bound_to(self: Evaluator, node: ast.Call, row: Row) -> dict[str, ast.expr]:
    """The arguments; parameters get their new names, and the callee keeps the name that the program gave it."""
    if self.context.eager:
        raise Refusal(node, f"`{row.new}` in an eager program is not lifted")
    bound = calls.bind(node, row)
    for keyword in node.keywords:
        new = row.renamed.get(str(keyword.arg))
        if new is not None:
            self.replacements[keyword] = lambda r, k=keyword, new=new: f"{new}={r.text(k.value)}"
    raw = next((u.full for u in self.context.module.uses if u.node is node.func), "")
    if not raw.startswith("tensorflow.keras."):
        self.replacements[node.func] = lambda r: r.tf(row.new)
    return bound


def without_lists(self: Evaluator, node: ast.Call) -> None:
    """Refuse programs that ask for all variables of the graph: which of Keras are among them is not followed."""
    found = sorted(_LISTS & set(self.context.full.values()))
    if found:
        raise Refusal(node, f"layers of Keras are in the graph, and `{found[0]}` asks for all variables")


# -- making ----------------------------------------------------------------------------------------------------------
@handles("keras.Input", "keras.layers.Input")
def _input(self: Evaluator, node: ast.Call) -> Value:
    if any(is_graph(self.value(v)) for v in bound_to(self, node, vocabulary.INPUT).values()):
        raise Refusal(node, "an input of Keras is made of tensors")
    return Symbolic(node, target_name(self.context, node))


def _layer(self: Evaluator, node: ast.Call) -> Value:
    row = vocabulary.LAYERS[str(self.context.tf_name(node.func))]
    bound = bound_to(self, node, row)
    for name, argument in bound.items():
        value = self.value(argument)
        if is_graph(value):
            raise Refusal(argument, "a layer of Keras is made of tensors")
        if name == "name" and "/" in str(getattr(value, "constant", "")):
            raise Refusal(node, "the name of a layer has a slash, which Keras 3 does not take")
        if (name == "activation" or name.endswith("initializer")) and not _means_the_same(self, argument, value):
            raise Refusal(argument, f"`{name}` of a layer is not known to mean the same in Keras 3")
    return Layer("", "", "layer", "kernel_initializer" in row.old, node, frames=list(self.frames))


def _means_the_same(self: Evaluator, node: ast.expr, value: Value) -> bool:
    """Whether an activation or an initializer is one in Keras 3 too: by a known name, or one that went through the vocabulary."""
    if isinstance(node, ast.Call) and self.context.tf_name(node.func) is not None:
        return True
    known = isinstance(value, Plain) and (value.constant is None or value.constant in vocabulary.WORDS)
    return known or isinstance(value, (TensorFunction, Initializer))


HANDLERS.update(dict.fromkeys(vocabulary.LAYERS, _layer))


def call(self: Evaluator, node: ast.Call, layer: Layer) -> Value:
    """``layer(x)``: a step of a model that is built, or a part of the graph."""
    found = [leaf for v in self.arguments(node) for leaf in leaves(v)]
    if len(node.args) != 1 or any(k.arg != "training" or not isinstance(k.value, ast.Constant) for k in node.keywords):
        raise Refusal(node, "a layer of Keras is called with arguments that are not lifted")
    inputs = [v for v in found if not isinstance(v, Plain)]
    if inputs and all(isinstance(v, Symbolic) for v in inputs):
        if layer.outside:
            raise Refusal(node, "one layer is a part of a model, and called on tensors")
        layer.inside = True
        return Symbolic(node, target_name(self.context, node))
    if not inputs or not all(is_graph(v) or isinstance(v, (State, Eager, Random)) for v in inputs):
        raise Refusal(node, "what a layer of Keras is called on is not known")
    if not _place(self, node, layer):
        return self.combine(inputs, node)
    assert self.statement is not None
    self.statement.touched[layer.scoped] = layer
    self.statement.called.add(layer.scoped)
    return self.combine([*inputs, layer], node)


def _place(self: Evaluator, node: ast.Call, layer: Layer) -> bool:
    """A layer that is called on tensors for the first time comes into being there.

    One without variables, that has no name either, is nothing but a function where it stands; then the result is False.
    """
    from .keras_models import Model

    assert isinstance(layer.node, ast.Call)
    kind = str(self.context.tf_name(layer.node.func)).rsplit(".", 1)[-1]
    if layer.outside or isinstance(layer, Model):
        return True
    if layer.inside or self.in_loop or self.statement is None:
        raise Refusal(node, "one layer is a part of a model, and called on tensors, or that happens in a loop")
    if not (layer.trainable or layer.path or kind == "Dropout"):
        return False
    if any(k.arg and k.arg.endswith("_regularizer") for k in layer.node.keywords):
        raise Refusal(layer.node, "a layer of Keras has a regularizer, and is called on tensors")
    without_lists(self, node)
    base = _name(layer.node) or snake(kind)
    layer.outside, layer.order, layer.scoped = True, len(self.region.states), self.unique(f"keras/{base}")
    self.region.states.append(layer)
    self.statement.states.append(layer)
    if not layer.path:
        if layer.frames != self.frames:
            raise Refusal(node, "a layer of Keras is made in one function and called in another")
        made, target = layer.node, target_name(self.context, node)
        wanted = base if target == "variable" or _name(made) else f"{target}_{base}"
        settle(self, made, layer, identifier(wanted), lambda r: r.spliced(made))
    return True


def _name(node: ast.Call) -> str:
    """The name that a layer is given as a literal."""
    given = next((k.value for k in node.keywords if k.arg == "name"), None)
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else ""


# -- the session -----------------------------------------------------------------------------------------------------
@handles("keras.backend.set_session")
def _set_session(self: Evaluator, node: ast.Call) -> Value:
    if not all(isinstance(v, Session) for v in self.arguments(node)):
        raise Refusal(node, "the session that Keras is given is not known")
    return Dropped("config")


@handles("keras.backend.get_session")
def _get_session(_: Evaluator, __: ast.Call) -> Value:
    return Session()


def shares_session(self: Evaluator) -> bool:
    """Whether the program's runs and Keras have one session, and so one set of variables."""
    calls_of = [self.context.tf_name(n.func) for n in ast.walk(self.context.module.tree) if isinstance(n, ast.Call)]
    made = [c for c in calls_of if c in ("tf.Session", "tf.InteractiveSession")]
    return not made or (len(made) == 1 and any(c in _GETTERS for c in calls_of))


# -- what else programs take from it ---------------------------------------------------------------------------------
@handles("keras.utils.to_categorical")
def _to_categorical(self: Evaluator, node: ast.Call) -> Value:
    if any(is_graph(v) for v in self.arguments(node)) or len(node.args) > 2 or any(k.arg == "dtype" for k in node.keywords):  # fmt: skip
        raise Refusal(node, "`to_categorical` is given tensors or a type")
    # Keras 3 gives float64
    self.replacements[node] = lambda r: f"{r.spliced(node)}.astype({r.context.quoted('float32')})"
    return Plain()


def _optimizer(self: Evaluator, node: ast.Call) -> Value:
    bound = bound_to(self, node, vocabulary.OPTIMIZERS[str(self.context.tf_name(node.func))])
    for argument in bound.values():
        value = self.value(argument)
        if type(value) is not Plain or value.constant is None or type(value.constant) is int:
            raise Refusal(argument, "an optimizer of Keras is made of something else than a number with a point")
    return Optimizer()


HANDLERS.update(dict.fromkeys(vocabulary.OPTIMIZERS, _optimizer))
