"""Attributes, items and methods of what a graph program handles: tensors, variables, shapes, optimizers, sessions."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from . import objects, optimizers, shapes, sites
from .context import VariableScope
from .refusal import Refusal
from .values import (
    Cell,
    Dataset,
    Dropped,
    Eager,
    Effect,
    Feed,
    Function,
    Gradients,
    HandMade,
    Instance,
    Iterator,
    Lstm,
    Optimizer,
    Placeholder,
    Plain,
    Ran,
    Random,
    Restart,
    Saver,
    Sequence,
    Series,
    Session,
    Shape,
    State,
    Symbolic,
    Table,
    Tensor,
    Train,
    Value,
    Writer,
    is_graph,
    leaves,
)

if TYPE_CHECKING:
    from .evaluate import Evaluator

_TENSORS = (Tensor, Placeholder, Eager, Random)
_ASSIGNING = frozenset({"assign", "assign_add", "assign_sub", "scatter_add", "scatter_sub", "scatter_update"})
# of tf.TensorArray, the same in both versions
_ARRAY = frozenset({"unstack", "stack", "read", "write", "concat", "gather", "scatter", "split", "size", "identity"})
# what methods of a graph tell about it
_LOOKS = frozenset(
    {"get_operations", "get_operation_by_name", "get_tensor_by_name", "as_graph_element", "as_graph_def"}
)
# methods of graphs and scopes of which nothing need be left
_VANISHING = frozenset({"as_default", "finalize", "device", "close", "reuse_variables"})
_SHAPES = frozenset({"as_list", "num_elements", "with_rank", "is_fully_defined", "merge_with", "concatenate"})


def attribute(self: Evaluator, node: ast.Attribute, base: Value) -> Value:  # noqa: PLR0912 - one line for each kind
    """What ``base.attr`` stands for."""
    from .families import keras_models

    name = node.attr
    if isinstance(base, (Lstm, Cell)):
        from .families import rnn

        return rnn.attribute(self, node, base)
    if isinstance(base, Instance):
        return _of_instance(self, node, base)
    if isinstance(base, Symbolic):
        raise Refusal(node, f"`.{name}` of a tensor inside of a model of Keras is used")
    if isinstance(base, keras_models.Model):
        return keras_models.attribute(self, node, base)
    if isinstance(base, _TENSORS):
        return _of_tensor(node, base)
    if isinstance(base, State):
        return _of_table(node) if base.kind == "table" else _of_variable(self, node)
    if isinstance(base, Shape):
        if name == "value":
            self.replacements[node] = lambda r: r.text(node.value)
        if name in ("ndims", "rank") and base.of is not None:
            self.replacements[node] = lambda r: f"len({r.text(node.value)})"
        return Plain() if name in ("value", "ndims", "rank") else base
    if name == "value" and node.value in self.dimensions:
        self.replacements[node] = lambda r: r.text(node.value)
        return base
    if isinstance(base, Session):
        return Dropped("graph")
    if isinstance(base, Iterator):
        from .families import iterators

        return iterators.attribute(node, base)
    if isinstance(base, Dataset):
        if name in ("output_types", "output_shapes", "output_classes"):
            return Plain()
        raise Refusal(node, f"`.{name}` of a data set is used")
    if isinstance(base, Dropped):
        return base
    if isinstance(base, (Saver, Writer, Ran, HandMade)):
        from .families import handles

        return handles.attribute(self, node, base)
    if isinstance(base, (Train, Effect, Gradients, Optimizer)):
        raise Refusal(node, f"`.{name}` of an operation is used")
    if is_graph(base):
        raise Refusal(node, f"`.{name}` of something that holds tensors is used")
    return Plain()


def _of_instance(self: Evaluator, node: ast.Attribute, base: Instance) -> Value:
    """``model.loss``: what ``self.loss`` stands for in its class."""
    key = f"self.{node.attr}"
    binding = base.region.environment.find(key)
    if binding is None:
        return Plain()
    self.instances[node] = (base, binding.value)
    if is_graph(binding.value) or isinstance(binding.value, State):
        self.replacements[node] = lambda r: r.attribute(node, key)
    objects.note(self, node, key, binding, base)
    value: Value = self.note_attribute(key, binding, base)
    return value


def _of_tensor(node: ast.Attribute, base: Value) -> Value:
    if node.attr == "shape":
        return Shape(shapes.of(base))
    if node.attr == "dtype":
        return Plain()
    if node.attr in ("indices", "values", "dense_shape", "T"):
        return Tensor()
    raise Refusal(node, f"`.{node.attr}` of a tensor is used; TensorFlow 2's tensors have no graph to be named in")


def _of_table(node: ast.Attribute) -> Value:
    from .families import lookups

    return lookups.attribute(node)


def _of_variable(self: Evaluator, node: ast.Attribute) -> Value:
    if node.attr == "shape":
        return Shape(of=node.value)
    if node.attr == "dtype":
        return Plain()
    if node.attr == "name":
        self.region.names_read.append(node)
        return Plain()
    if node.attr == "initializer":
        raise Refusal(node, "one variable is initialised again on its own")
    raise Refusal(node, f"`.{node.attr}` of a variable is used")


def item(self: Evaluator, node: ast.Subscript, base: Value, index: Value) -> Value:
    """What ``base[index]`` stands for."""
    constant = index.constant if isinstance(index, Plain) else None
    if isinstance(base, Sequence):
        return _of_sequence(node, base, constant)
    if isinstance(base, Table):
        if constant in base.items:
            return base.items[constant]
        return item_of(base)
    if isinstance(base, Gradients):
        return base if isinstance(node.slice, ast.Slice) else item_of(base)
    if isinstance(base, Series):
        return base if isinstance(node.slice, ast.Slice) else base.item
    if isinstance(base, Shape):
        return Shape() if isinstance(node.slice, ast.Slice) else shapes.dimension(self, node, base, constant)
    if isinstance(base, (Tensor, Placeholder, State)) or is_graph(index):
        return Tensor()
    if isinstance(base, (Eager, Random)):
        return base
    if is_graph(base):
        raise Refusal(node, "something that holds tensors is indexed")
    return Plain()


def _of_sequence(node: ast.Subscript, base: Sequence, constant: object) -> Value:
    if isinstance(constant, int) and -len(base.items) <= constant < len(base.items):
        return base.items[constant]
    if isinstance(node.slice, ast.Slice):
        bounds = (node.slice.lower, node.slice.upper, node.slice.step)
        if all(b is None or _number(b) is not None for b in bounds):
            return Sequence(base.items[slice(*(None if b is None else _number(b) for b in bounds))])
        return Series(item_of(base))
    return item_of(base)


def _number(node: ast.expr) -> int | None:
    try:
        found = ast.literal_eval(node)
    except ValueError:
        return None
    return found if isinstance(found, int) else None


def item_of(value: Value) -> Value:
    """What a loop over ``value`` binds.

    Raises:
      Refusal: its items are of different kinds.
    """
    if isinstance(value, Series):
        return value.item
    if isinstance(value, Gradients):
        if value.optimizer is None:
            return Tensor()
        return Sequence((Tensor(), State("", "", "variable", True, value.node)))
    if isinstance(value, (Sequence, Table)):
        items = list(value.items.values() if isinstance(value, Table) else value.items)
        if len({id(i.iterator) for i in items if isinstance(i, Restart)}) > 1:
            raise Refusal(None, "a loop starts several iterators")
        kinds = {State if isinstance(i, State) else type(i) for i in items}
        if len(kinds) == 1:
            first = items[0]
            if isinstance(first, Sequence):
                rows = [i.items for i in items if isinstance(i, Sequence)]
                return Sequence(tuple(item_of(Sequence(column)) for column in zip(*rows, strict=False)))
            return first if isinstance(first, (State, Plain)) else items[-1]
        if any(is_graph(i) for i in items):
            return Tensor()
        return Plain()
    if isinstance(value, (Tensor, Placeholder)):
        return Tensor()
    if isinstance(value, Shape):
        return Shape()
    return value if isinstance(value, (Eager, Random)) else Plain()


def container(self: Evaluator, node: ast.Call, name: str, found: list[Value]) -> Value:
    """``list(…)``, ``zip(…)`` and their like."""
    if name == "zip":
        known = [f for f in found if isinstance(f, Sequence)]
        if found and len(known) == len(found):
            return Sequence(tuple(Sequence(column) for column in zip(*(f.items for f in known), strict=False)))
        return Series(Sequence(tuple(item_of(f) for f in found)))
    if name == "enumerate":
        return Series(Sequence((Plain(), item_of(found[0]))))
    if name == "dict":
        if any(is_graph(f) or isinstance(leaf, State) for f in found for leaf in leaves(f)):
            if found and isinstance(found[0], Feed):
                return found[0]
            return Table({k.arg: self.value(k.value) for k in node.keywords if k.arg})
        return Plain()
    if not found:
        return Sequence(())
    if isinstance(found[0], (Sequence, Series)):
        return Sequence(found[0].items[::-1]) if name == "reversed" and isinstance(found[0], Sequence) else found[0]
    inner = item_of(found[0])
    return Plain() if isinstance(inner, Plain) else Series(inner)


def call(self: Evaluator, node: ast.Call, base: Value) -> Value:  # noqa: PLR0912 - one line for each kind of value
    """What a call of a method of ``base`` gives."""
    from .families import keras_models

    assert isinstance(node.func, ast.Attribute)
    name = node.func.attr
    if self.context.eager:
        from .families import eager

        found_here = eager.method(self, node, base, name)
        if found_here is not None:
            return found_here
    if isinstance(base, Session):
        return _of_session(self, node, name)
    if isinstance(base, Instance):
        return self.call_method(node, base, name)
    if name in ("eval", "run") and isinstance(base, (*_TENSORS, State, Train, Effect, Dropped)):
        return sites.add(self, node, node.func.value, _argument(node, 0, "feed_dict"))
    if isinstance(base, Dataset):
        from .families import data

        return data.method(self, node, base, name)
    if isinstance(base, Iterator):
        from .families import iterators

        return iterators.call(self, node, base, name)
    if isinstance(base, Optimizer):
        return optimizers.call(self, node, base, name)
    if isinstance(base, _TENSORS):
        return _tensor_method(self, node, base, name)
    if isinstance(base, Cell):
        from .families import rnn

        return rnn.method(self, node, base, name)
    if isinstance(base, keras_models.Model):
        return keras_models.method(self, node, base, name)
    if isinstance(base, State):
        return _variable_method(self, node, base, name)
    if isinstance(base, Shape):
        self.arguments(node)
        if name in _SHAPES and base.of is not None:
            return shapes.of_variable(self, node, base, name)
        if name in _SHAPES:
            return Plain() if name != "as_list" else base
    if isinstance(base, (Table, Sequence, Series, Feed)):
        return _container_method(self, node, base, name)
    if isinstance(base, Dropped):
        return _dropped_method(self, node, base, name)
    if isinstance(base, (Saver, Writer, HandMade)):
        from .families import handles

        return handles.call(self, node, base, name)
    if name == "run" and re.search(r"\bsess(ion)?\b", ast.unparse(node.func.value)):
        raise Refusal(node, "a session is handed over in a way that is not followed")
    found = self.arguments(node)
    if any(is_graph(v) for v in found) or is_graph(base):
        raise Refusal(node, f"`{ast.unparse(node.func)}` is given a tensor, and what it does with it is not known")
    return Plain()


def _dropped_method(self: Evaluator, node: ast.Call, base: Dropped, name: str) -> Value:
    if name in _LOOKS:
        raise Refusal(node, f"`{name}` looks into the graph", "use the tensors themselves, or the graph of a function")
    if name == "gradient_override_map":
        raise Refusal(
            node,
            "operations get other gradients here than their own",
            "write the operation and its gradient as a function with @tf.custom_gradient",
        )
    if name not in _VANISHING:
        raise Refusal(node, f"`{name}` of a graph or a scope has no counterpart")
    self.arguments(node)
    if name == "reuse_variables" and self.region.scopes:
        self.region.scopes[-1].reuse = True
    elif name == "reuse_variables":
        self.region.scopes.append(VariableScope("", True))
    return base


def cell_call(self: Evaluator, node: ast.Call, cell: Cell) -> Value:
    """``cell(inputs, state)``."""
    from .families import rnn

    return rnn.call(self, node, cell)


def _argument(node: ast.Call, position: int, name: str) -> ast.expr | None:
    if len(node.args) > position:
        return node.args[position]
    return next((k.value for k in node.keywords if k.arg == name), None)


def _of_session(self: Evaluator, node: ast.Call, name: str) -> Value:
    if name == "run":
        fetches = _argument(node, 0, "fetches")
        if fetches is None:
            raise Refusal(node, "a run without fetches")
        if any(k.arg not in ("fetches", "feed_dict") for k in node.keywords) or len(node.args) > 2:
            raise Refusal(node, "a run has options or metadata", "profile with tf.profiler instead")
        return sites.add(self, node, fetches, _argument(node, 1, "feed_dict"))
    if name in ("close", "as_default", "__enter__"):
        return Dropped("session")
    raise Refusal(node, f"`Session.{name}` has no counterpart")


def _tensor_method(self: Evaluator, node: ast.Call, base: Value, name: str) -> Value:
    self.arguments(node)
    if name == "get_shape":
        return Shape(shapes.of(base))
    if name == "set_shape":
        return Effect()
    if name in _ARRAY:
        return Tensor()
    raise Refusal(node, f"`.{name}()` of a tensor has no counterpart")


def _variable_method(self: Evaluator, node: ast.Call, base: State, name: str) -> Value:
    if base.kind == "table":
        from .families import lookups

        return lookups.method(self, node, base, name)
    found = self.arguments(node)
    if name == "get_shape":  # of a layer among variables too: each variable of it
        receiver = node.func.value  # type: ignore[attr-defined]
        self.replacements[node] = lambda r: f"{r.text(receiver)}.shape"
        return Shape(of=receiver)
    if base.kind == "layer":
        return self.combine([base, *found], node)
    if name in _ASSIGNING:
        return Effect(value=True)
    if name in ("read_value", "value"):
        return Tensor()
    if name == "initialized_value":
        self.replacements[node] = lambda r: r.text(node.func.value)  # type: ignore[attr-defined]
        return Eager()
    raise Refusal(node, f"`.{name}()` of a variable has no counterpart")


def _container_method(self: Evaluator, node: ast.Call, base: Value, name: str) -> Value:
    found = self.arguments(node)
    if isinstance(base, Feed):
        raise Refusal(node, "a dictionary of feeds is changed")
    if name == "values":
        return Sequence(tuple(base.items.values())) if isinstance(base, Table) else Series(item_of(base))
    if name == "items" and isinstance(base, Table):
        return Sequence(tuple(Sequence((Plain(k), v)) for k, v in base.items.items()))
    if name == "keys":
        return Plain()
    if name in ("append", "extend", "insert") and isinstance(node.func, ast.Attribute):
        return _grow(self, node, base, name, found[-1])
    if name == "get" and isinstance(base, Table) and isinstance(found[0], Plain) and found[0].constant in base.items:
        return base.items[found[0].constant]
    if any(is_graph(v) for v in (base, *found)):
        raise Refusal(node, f"`.{name}()` of something that holds tensors")
    return Plain()


def _grow(self: Evaluator, node: ast.Call, base: Value, name: str, added: Value) -> Value:
    from .environment import key_of

    assert isinstance(node.func, ast.Attribute)
    key = key_of(node.func.value)
    if key is None:
        if is_graph(added):
            raise Refusal(node, "a tensor is appended to a list without a name")
        return Plain()
    items = leaves(added) if name == "extend" else [added]
    if isinstance(base, Sequence) and name == "append" and not self.in_loop:
        grown: Value = Sequence((*base.items, added))
    else:
        kept = [*leaves(base), *items]
        alike = all(type(k) is type(kept[0]) for k in kept)
        grown = Series(kept[-1]) if alike else (Series(Tensor()) if any(is_graph(k) for k in kept) else Plain())
    self.environment.bind(key, grown, self.statement)
    if self.statement is not None:
        self.statement.defines.add(key)
    return Effect() if is_graph(added) else Plain()


__all__ = ["Function", "attribute", "call", "container", "item", "item_of"]
