"""Functions that are given to operations: branches, bodies of loops, what is mapped. Each is read where it is given."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .environment import Environment
from .hoist import Frame
from .refusal import Refusal
from .values import Eager, Function, Plain, Sequence, Tensor, Value, leaves

if TYPE_CHECKING:
    from .context import Context
    from .evaluate import Evaluator

# what these functions are given; others get tensors of the graph
_GIVEN: dict[str, type[Value]] = {"tf.py_func": Plain, "tf.numpy_function": Plain, "tf.py_function": Eager}


def read(self: Evaluator, node: ast.Call, name: str, found: Iterable[Value]) -> list[Value]:
    """Read the functions among the arguments of an operation, and tell what each gives.

    Raises:
      Refusal: one of them makes variables.
    """
    given = []
    for function in [leaf for value in found for leaf in leaves(value) if isinstance(leaf, Function)]:
        assert self.walk_function is not None
        first = len(self.pending)
        self.frames.append(Frame(function.node, node, {}))
        try:
            given.append(self.walk_function(function, _parameters(self, function.node, _GIVEN.get(name, Tensor)), node))
        finally:
            self.frames.pop()
        if len(self.pending) > first:
            raise Refusal(node, "a function that is given to an operation makes variables", "make them outside of it")
    if name == "tf.cond" and any(isinstance(v, Sequence) and len(v.items) == 1 for v in given):
        raise Refusal(
            node, "a branch returns a list of one tensor, which version 1 unpacks", "return the tensor itself"
        )
    return given


def _parameters(self: Evaluator, node: ast.FunctionDef | ast.Lambda, kind: type[Value]) -> dict[str, Value]:
    """What the parameters stand for: those with a default keep it."""
    given = node.args
    positional = [*given.posonlyargs, *given.args]
    names = [*positional, *given.kwonlyargs, *(a for a in (given.vararg, given.kwarg) if a is not None)]
    found: dict[str, Value] = {a.arg: kind() for a in names}
    pairs = [*zip(positional[len(positional) - len(given.defaults) :], given.defaults, strict=True)]
    pairs += [(a, d) for a, d in zip(given.kwonlyargs, given.kw_defaults, strict=True) if d is not None]
    return found | {parameter.arg: self.value(default) for parameter, default in pairs}


def around(self: Evaluator, definition: ast.AST) -> Environment:
    """The names that a function finds around it: those of the function that is being read, where it is written inside of that."""
    here = self.context.parents.get(definition)
    while here is not None and not isinstance(here, (ast.FunctionDef, ast.Lambda)):
        here = self.context.parents.get(here)
    return self.environment if self.stack and here is self.stack[-1] else self.region.environment


def check(context: Context) -> None:
    """Every lambda with operations in it must have been read.

    Raises:
      Refusal: one goes where this is not followed.
    """
    for node in ast.walk(context.module.tree):
        if not isinstance(node, ast.Lambda) or node in context.read_functions:
            continue
        if any(isinstance(n, ast.Call) and context.tf_name(n.func) is not None for n in ast.walk(node.body)):
            raise Refusal(node, "a lambda with operations of TensorFlow in it goes where it is not followed")
