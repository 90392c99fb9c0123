"""Methods of optimizers: what trains, by which loss and which variables."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .refusal import Refusal
from .values import Optimizer, Train, Value, is_graph

if TYPE_CHECKING:
    from .evaluate import Evaluator

_MINIMIZE = ("loss", "global_step", "var_list")
_APPLY = ("grads_and_vars", "global_step", "name")


def _bind(node: ast.Call, names: tuple[str, ...]) -> dict[str, ast.expr]:
    found = dict(zip(names, node.args, strict=False))
    found.update({str(k.arg): k.value for k in node.keywords})
    for name in (
        set(found) - set(names) - {"name", "colocate_gradients_with_ops", "aggregation_method", "gate_gradients"}
    ):
        raise Refusal(node, f"`{name}` of an optimizer's method is not lifted")
    return found


def call(self: Evaluator, node: ast.Call, optimizer: Optimizer, name: str) -> Value:
    """``minimize``, ``compute_gradients`` or ``apply_gradients``."""
    from . import gradients

    if self.context.eager:
        from .families import eager

        return eager.apply(self, node, optimizer, name)
    named = named_optimizer(self, optimizer)
    if name == "minimize":
        found = _bind(node, _MINIMIZE)
        _check(self, node, named, found)
        _same_step(named, found.get("global_step"), node)
        train = Train(named, node, found["loss"], found.get("var_list"), None, found.get("global_step"))
        if self.statement is not None:
            self.statement.trains.append(train)
        return train
    if name == "compute_gradients":
        found = _bind(node, ("loss", "var_list"))
        _check(self, node, named, found)
        return gradients.of_optimizer(self, node, named, found["loss"], found.get("var_list"))
    if name == "apply_gradients":
        found = _bind(node, _APPLY)
        self.value(found["grads_and_vars"])
        if "global_step" in found:
            self.value(found["global_step"])
        _same_step(named, found.get("global_step"), node)
        if named.rate is not None:
            self.value(named.rate)
        train = Train(named, node, pairs=found["grads_and_vars"], step=found.get("global_step"))
        if self.statement is not None:
            self.statement.trains.append(train)
        return train
    raise Refusal(node, f"`{name}` of an optimizer has no counterpart")


def _check(self: Evaluator, node: ast.Call, optimizer: Optimizer, found: dict[str, ast.expr]) -> None:
    if "loss" not in found or not is_graph(self.value(found["loss"])):
        raise Refusal(node, "what is minimised is not known to be a tensor")
    for name in ("var_list", "global_step"):
        if name in found:
            self.value(found[name])
    if self.statement is not None and optimizer.rate is not None:
        self.value(optimizer.rate)


def _same_step(optimizer: Optimizer, step: ast.expr | None, node: ast.Call) -> None:
    """A schedule of Keras counts the optimizer's own steps: the counter must be the one that its steps count up."""
    if optimizer.step is not None and (step is None or ast.unparse(step) != ast.unparse(optimizer.step)):
        raise Refusal(node, "the rate follows another counter than the one that these steps count up")


def named_optimizer(self: Evaluator, optimizer: Optimizer) -> Optimizer:
    """The optimizer under a name: one that is made where it is used gets a line of its own."""
    if optimizer.path:
        return optimizer
    from .state import created

    return created(self, optimizer)
