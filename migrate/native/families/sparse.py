"""Sparse placeholders: parameters that are sparse tensors, made of what is fed. And what a run returned for sparse tensors."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..refusal import Refusal
from ..statements import Fetch
from ..structural import argument, handles, type_text
from ..values import Eager, Placeholder, Plain, Sparse, SparseEager, Tensor, Value, is_graph, leaves

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer


_MAKING = frozenset({"tf.SparseTensor", "tf.sparse.SparseTensor", "tf.string_split"})


@handles("sparse_placeholder", "sparse.placeholder")
def _placeholder(self: Evaluator, node: ast.Call) -> Value:
    dtype, shape = argument(node, 0, "dtype"), argument(node, 1, "shape")
    if dtype is None:
        raise Refusal(node, "a placeholder has no dtype")
    if shape is not None and is_graph(self.value(shape)):
        raise Refusal(shape, "the shape of a sparse placeholder is a tensor")
    text = None if shape is None or ast.unparse(shape) == "None" else self.context.source(shape)
    return Placeholder("", node, type_text(self, dtype), text, sparse=True)


@handles("SparseTensorValue")
def _value(self: Evaluator, node: ast.Call) -> Value:
    """A tuple of arrays, which TensorFlow 2 has no name for."""
    if any(is_graph(v) for v in self.arguments(node)):
        raise Refusal(node, "a SparseTensorValue is made of tensors", "use tf.SparseTensor")
    self.replacements[node.func] = lambda _: "SparseTensorValue"
    return Plain()


def fed(self: Evaluator, placeholder: Value, given: ast.expr) -> None:
    """What is fed to a sparse placeholder, a SparseTensorValue or a tuple, becomes a tensor where it is fed."""
    if not isinstance(placeholder, Placeholder) or not placeholder.sparse or given in self.context.sparse:
        return
    self.context.sparse.add(given)
    before = self.replacements.get(given)

    def text(r: Renderer) -> str:
        parts = before(r) if before is not None else r.unreplaced(given)
        parts = parts[1:-1].strip().removesuffix(",") if isinstance(given, ast.Tuple) else f"*{parts}"
        return f"{r.tf('tf.cast')}({r.tf('tf.SparseTensor')}({parts}), {placeholder.dtype})"

    self.replacements[given] = text


# -- sparse tensors as results ---------------------------------------------------------------------------------------
def is_sparse(value: Value) -> bool:
    """Whether a value is known to be a sparse tensor."""
    return isinstance(value, (Sparse, SparseEager)) or (isinstance(value, Placeholder) and value.sparse)


def made(name: str, result: Value) -> Value:
    """What a call of a TensorFlow name gives: a sparse tensor where that is what it makes."""
    return _sparse(result) if name in _MAKING else result


def like(arguments: list[Value], result: Value) -> Value:
    """What a function gives that returns a sparse tensor for a sparse one."""
    return _sparse(result) if any(is_sparse(v) for v in arguments) else result


def _sparse(value: Value) -> Value:
    if isinstance(value, Eager):
        return SparseEager()
    return Sparse() if isinstance(value, Tensor) else value


def fetched(fetches: list[Fetch]) -> None:
    """A run returns a SparseTensorValue for a sparse tensor, which is written for one that is fetched alone.

    Raises:
      Refusal: other things are fetched with it.
    """
    for fetch in fetches:
        found = [leaf for leaf in leaves(fetch.value) if is_sparse(leaf)]
        if found and (len(fetches) > 1 or found != [fetch.value]):
            raise Refusal(fetch.node, "a sparse tensor is fetched together with others", "fetch it in a run of its own")
