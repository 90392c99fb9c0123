"""``tf.data``: data sets are the same in TensorFlow 2 but for their iterators (`iterators`), and for what ``tf.contrib.data`` had.

A data set that depends on placeholders is made by a function; any other one stays where it is.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .. import precision
from ..refusal import Refusal
from ..structural import SPACES, argument
from ..values import (
    Dataset,
    FedDataset,
    Function,
    Placeholder,
    Plain,
    Random,
    Sequence,
    State,
    Tensor,
    TensorFunction,
    Value,
    is_graph,
    leaves,
)

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

# parameters that mean the same in both versions
_MAKERS = {
    "Dataset.from_tensor_slices": ("tensors",),
    "Dataset.from_tensors": ("tensors",),
    "Dataset.range": ("start", "stop", "step"),
    "Dataset.zip": ("datasets",),
    "Dataset.from_generator": ("generator", "output_types", "output_shapes", "args"),
    "Dataset.list_files": ("file_pattern", "shuffle", "seed"),
    "TFRecordDataset": ("filenames", "compression_type", "buffer_size", "num_parallel_reads"),
    "TextLineDataset": ("filenames", "compression_type", "buffer_size"),
    "FixedLengthRecordDataset": ("filenames", "record_bytes", "header_bytes", "footer_bytes", "buffer_size"),
}
_METHODS = {
    "batch": ("batch_size", "drop_remainder"),
    "cache": ("filename",),
    "concatenate": ("dataset",),
    "filter": ("predicate",),
    "flat_map": ("map_func",),
    "interleave": ("map_func", "cycle_length", "block_length", "num_parallel_calls"),
    "map": ("map_func", "num_parallel_calls"),
    "padded_batch": ("batch_size", "padded_shapes", "padding_values", "drop_remainder"),
    "prefetch": ("buffer_size",),
    "repeat": ("count",),
    "shard": ("num_shards", "index"),
    "shuffle": ("buffer_size", "seed", "reshuffle_each_iteration"),
    "skip": ("count",),
    "take": ("count",),
}
_CALLED = ("map_func", "predicate")
_SAME = frozenset(
    {"batch", "cache", "filter", "padded_batch", "prefetch", "repeat", "shard", "shuffle", "skip", "take"}
)


def _named(self: Evaluator, node: ast.expr, name: str) -> Value:
    """A name of ``tf.data`` that is not called here."""
    if name.endswith(".AUTOTUNE"):
        self.replacements[node] = lambda r: r.tf("tf.data.AUTOTUNE")
        return Plain()
    raise Refusal(node, f"`{name}` is used without being called, and what with is not known")


def _made(self: Evaluator, node: ast.Call, name: str) -> Value:
    """A call of a function of ``tf.data``."""
    from . import iterators

    short = name.removeprefix("tf.contrib.data.").removeprefix("tf.data.")
    if short.startswith("Iterator.") or short in ("make_one_shot_iterator", "make_initializable_iterator"):
        return iterators.made(self, node, short)
    given = _given(node, _MAKERS.get(short), name)
    found = {key: self.value(argument) for key, argument in given.items()}
    self.replacements[node.func] = lambda r: r.tf(f"tf.data.{short}")
    double = short == "Dataset.from_generator" or ("tensors" in given and _is_double(self, given["tensors"]))
    types = precision.types(found["tensors"]) if short == "Dataset.from_tensor_slices" and "tensors" in found else ()
    return _dataset(node, list(found.values()), _parts(short, given, found), double, types)


SPACES["tf.data"] = (_named, _made)
SPACES["tf.contrib.data"] = (_named, _made)


def _given(node: ast.Call, parameters: tuple[str, ...] | None, name: str) -> dict[str, ast.expr]:
    if parameters is None:
        raise Refusal(node, f"`{name}` has no counterpart that is known to compute the same")
    if any(isinstance(a, ast.Starred) for a in node.args) or len(node.args) > len(parameters):
        raise Refusal(node, "arguments of a data set are passed through *")
    found = dict(zip(parameters, node.args, strict=False))
    for keyword in node.keywords:
        if keyword.arg not in parameters:
            raise Refusal(node, f"`{keyword.arg}` of `{name}` is not lifted")
        found[keyword.arg] = keyword.value
    return found


def _is_double(self: Evaluator, node: ast.expr) -> bool:
    if isinstance(node, (ast.Tuple, ast.List)):
        return any(_is_double(self, e) for e in node.elts)
    value = self.value(node)
    if isinstance(value, Placeholder):
        return value.dtype.endswith((".dtype", "float64", "double"))
    return not isinstance(value, Tensor) and precision.is_double(self, node)


def _dataset(
    node: ast.Call, found: list[Value], parts: int | None, double: bool = False, types: tuple[str, ...] = ()
) -> Dataset:
    """The data set that is made of these values."""
    flat = [leaf for value in found for leaf in leaves(value)]
    if any(isinstance(leaf, (Random, State)) for leaf in flat):
        raise Refusal(node, "a data set is made of variables or of random numbers of the graph")
    double = double or any(isinstance(leaf, Dataset) and leaf.double for leaf in flat)
    kind = FedDataset if any(is_graph(leaf) for leaf in flat) else Dataset
    return kind(parts, double, types)


def _parts(name: str, given: dict[str, ast.expr], found: dict[str, Value]) -> int | None:
    """How many tensors an element has; None where that is not known."""
    if name in ("Dataset.from_tensor_slices", "Dataset.from_tensors"):
        return _count(found.get("tensors"))
    if name == "Dataset.zip":
        return _count(found.get("datasets"))
    if name == "Dataset.from_generator":
        types = given.get("output_types")
        return len(types.elts) if isinstance(types, (ast.Tuple, ast.List)) else 1
    return 1


def _count(value: Value | None) -> int | None:
    if isinstance(value, Sequence):
        return len(value.items) if not any(isinstance(i, Sequence) for i in value.items) else None
    return 1 if isinstance(value, (Tensor, Placeholder)) else None


def method(self: Evaluator, node: ast.Call, base: Dataset, name: str) -> Value:
    """A method of a data set.

    Raises:
      Refusal: it is not known to do the same in TensorFlow 2.
    """
    from . import iterators

    if name in ("make_one_shot_iterator", "make_initializable_iterator"):
        assert isinstance(node.func, ast.Attribute)
        return iterators.make(self, node, node.func.value, base, once=name == "make_one_shot_iterator")
    if name == "apply":
        return _applied(self, node, base)
    given = _given(node, _METHODS.get(name), f"Dataset.{name}")
    return _step(self, node, base, name, given)


def _step(self: Evaluator, node: ast.Call, base: Dataset, name: str, given: dict[str, ast.expr]) -> Value:
    found = [base, *(self.value(a) for key, a in given.items() if key not in _CALLED)]
    parts = base.parts if name in _SAME else None
    for called in (given[key] for key in _CALLED if key in given):
        result = _called(self, node, called)
        if name == "map":
            parts = _count(result)
        elif isinstance(result, Dataset):
            parts = result.parts
    if name == "concatenate":
        parts = base.parts
    return _dataset(node, found, parts, types=base.types if name in _SAME else ())


def _called(self: Evaluator, node: ast.Call, called: ast.expr) -> Value:
    """What a function gives that is called with the tensors of an element; its body is written anew where it stands."""
    function = self.value(called)
    if isinstance(function, TensorFunction):
        return Tensor()
    if not isinstance(function, Function) or self.walk_function is None or self.statement is None:
        raise Refusal(called, "a data set is mapped by a function that is not known")
    arguments = function.node.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    needed = len(names) - len(arguments.defaults) if len(arguments.defaults) else len(names)
    statement = self.statement
    before = (dict(statement.uses), dict(statement.touched), dict(statement.inputs))
    result = self.walk_function(function, {n: Tensor() if i < needed else Plain() for i, n in enumerate(names)}, node)
    if (statement.uses, statement.touched, statement.inputs) != before:
        raise Refusal(called, "a data set is mapped by a function that reads tensors or variables of the graph")
    return result


# -- what tf.contrib.data and tf.data.experimental had for `apply` ----------------------------------------------------
def _applied(self: Evaluator, node: ast.Call, base: Dataset) -> Value:
    """``dataset.apply(tf.contrib.data.map_and_batch(f, 100))`` as two steps."""
    inner = argument(node, 0, "transformation_func")
    name = self.context.tf_name(inner.func) if isinstance(inner, ast.Call) else None
    short = (name or "").rsplit(".", 1)[-1]
    if not isinstance(inner, ast.Call) or short not in _APPLIED or "data" not in (name or ""):
        raise Refusal(node, "what is applied to a data set is not known to do the same in TensorFlow 2")
    steps = _APPLIED[short]
    given = _given(inner, tuple(p for _, parameters in steps for p in parameters), short)
    value: Value = base
    for step, parameters in steps:
        assert isinstance(value, Dataset)
        value = _step(self, node, value, step, {p: given[p] for p in parameters if p in given})
    self.replacements[node] = lambda r: _chain(r, node, steps, given)
    return value


_APPLIED = {
    "map_and_batch": (("map", ("map_func",)), ("batch", ("batch_size",))),
    "shuffle_and_repeat": (("shuffle", ("buffer_size",)), ("repeat", ("count",))),
}


def _chain(
    r: Renderer, node: ast.Call, steps: tuple[tuple[str, tuple[str, ...]], ...], given: dict[str, ast.expr]
) -> str:
    assert isinstance(node.func, ast.Attribute)
    text = r.text(node.func.value)
    for step, parameters in steps:
        text += f".{step}({', '.join(r.text(given[p]) for p in parameters if p in given)})"
    return text
