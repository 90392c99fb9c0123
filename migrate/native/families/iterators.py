"""Iterators of data sets: ``iter(dataset)``. Runs that depend on what ``get_next()`` gave take the next element."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..environment import key_of
from ..refusal import Refusal
from ..statements import Created, Fetch, Site, Statement
from ..structural import argument
from ..values import (
    Dataset,
    Dropped,
    Element,
    FedDataset,
    Handle,
    Iterator,
    Placeholder,
    Restart,
    Sequence,
    Start,
    Value,
)

if TYPE_CHECKING:
    from ..evaluate import Evaluator


def made(self: Evaluator, node: ast.Call, name: str) -> Value:
    """A function of ``tf.data`` that makes an iterator."""
    if name in ("make_one_shot_iterator", "make_initializable_iterator"):
        dataset = argument(node, 0, "dataset")
        value = self.value(dataset)
        if dataset is not None and isinstance(value, Dataset):
            return make(self, node, dataset, value, once=name == "make_one_shot_iterator")
    if name == "Iterator.from_structure":
        self.arguments(node)
        _only_here(self, node)
        return Iterator("", None, False)
    if name == "Iterator.from_string_handle":
        handle = argument(node, 0, "string_handle")
        value = self.value(handle)
        if isinstance(value, Placeholder) and self.values(node.args[1:]) is not None:
            _only_here(self, node)
            return Iterator("", None, False, handle=value.name)
    raise Refusal(node, f"`tf.data.{name}` has no counterpart that is known to compute the same")


def make(self: Evaluator, node: ast.Call, dataset: ast.expr, value: Dataset, once: bool) -> Value:
    """``dataset.make_…_iterator()``."""
    _only_here(self, node)
    if not once:
        iterator = Iterator("", value.parts, False, double=value.double, types=value.types)
        iterator.start = _start(self, iterator, dataset)
        return iterator
    if isinstance(value, FedDataset):
        raise Refusal(node, "a one-shot iterator reads placeholders")
    self.replacements[node] = lambda r: f"iter({r.text(dataset)})"
    return Iterator("", value.parts, True, node, double=value.double, types=value.types)


def _only_here(self: Evaluator, node: ast.Call) -> None:
    if self.depth or self.in_loop or self.statement is None:
        raise Refusal(node, "an iterator is made inside a function that builds the graph, or in a loop")


def _start(self: Evaluator, iterator: Iterator, dataset: ast.expr) -> Start:
    """What must be known to start an iterator later."""
    statement = self.statement
    assert statement is not None
    before = (statement.uses, statement.reads, statement.touched, statement.inputs)
    statement.uses, statement.reads, statement.touched, statement.inputs = {}, set(), {}, {}
    value = self.value(dataset)
    if not isinstance(value, Dataset):
        raise Refusal(dataset, "what an iterator reads is not known to be a data set")
    fetch = Fetch(dataset, "dataset", statement.uses, statement.reads, statement.touched, statement.inputs, value)
    statement.uses, statement.reads, statement.touched, statement.inputs = before
    bound = {k: self.environment.find(k) for k in _names(dataset)}
    return Start(iterator, fetch, bound)


def _names(node: ast.expr) -> set[str]:
    return {k for n in ast.walk(node) if isinstance(n, (ast.Name, ast.Attribute)) and (k := key_of(n)) is not None}


def call(self: Evaluator, node: ast.Call, iterator: Iterator, name: str) -> Value:
    """A method of an iterator."""
    if name == "get_next":
        return _next(self, node, iterator)
    if name == "make_initializer":
        dataset = argument(node, 0, "dataset")
        if dataset is not None:
            start = _start(self, iterator, dataset)
            found = start.fetch.value
            if not isinstance(found, Dataset) or isinstance(found, FedDataset) or iterator.start is not None:
                raise Refusal(node, "an iterator changes to a data set that is made of placeholders")
            iterator.parts, iterator.double = found.parts, iterator.double or found.double
            self.replacements[node] = lambda r: r.text(dataset)
            return Restart(iterator)
    if name == "string_handle" and not node.args and not node.keywords and not iterator.handle:
        return Handle(iterator)
    raise Refusal(node, f"`.{name}()` of an iterator has no counterpart")


def attribute(node: ast.Attribute, iterator: Iterator) -> Value:
    """``iterator.initializer``."""
    if node.attr == "initializer" and iterator.start is not None:
        return Dropped("init", starts=(iterator.start,))
    raise Refusal(node, f"`.{node.attr}` of an iterator is used")


def _next(self: Evaluator, node: ast.Call, iterator: Iterator) -> Value:
    """The tensors of an element, under the names that they are bound to."""
    statement, parent = self.statement, self.context.parents[node]
    if statement is None or self.depth or self.in_loop or parent is not statement.node:
        raise Refusal(node, "the next element is used without a name", "bind it to names first")
    if not isinstance(parent, ast.Assign) or len(parent.targets) != 1:
        raise Refusal(node, "the next element is not bound to names")
    target = parent.targets[0]
    several = isinstance(target, (ast.Tuple, ast.List))
    keys = [key_of(e) for e in target.elts] if isinstance(target, (ast.Tuple, ast.List)) else [key_of(target)]
    names = [_parameter(self, k, i) for i, k in enumerate(keys) if k is not None]
    if len(names) < len(keys):
        raise Refusal(target, "the next element is not bound to names")
    if not iterator.path:
        _name(self, node, iterator)
    element = Element(iterator, names, several)
    found = tuple(Placeholder(n, node, "", element=element) for n in names)
    return Sequence(found) if several else found[0]


def _parameter(self: Evaluator, key: str, position: int) -> str:
    """What a tensor of an element is called in functions: as in the program, unless the program calls something else so later."""
    if key == "_":
        return f"_{position}" if position else key
    if _bindings(self.region.owner, key) < 2:
        return key
    if key.startswith("self."):
        raise Refusal(None, f"`{key}` is bound to the next element and to something else")
    return self.region.fresh(f"next_{key}")


def _bindings(node: ast.AST, key: str) -> int:
    """How often a name is bound, outside of functions inside."""
    found = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.Lambda, ast.ClassDef)):
            continue
        found += (
            isinstance(child, (ast.Name, ast.Attribute)) and isinstance(child.ctx, ast.Store) and key_of(child) == key
        )
        found += _bindings(child, key)
    return found


def read(self: Evaluator, node: ast.expr, value: Placeholder) -> None:
    """A tensor of an element that has another name in functions."""
    binding = self.environment.find(key_of(node) or "")
    if value.name != key_of(node) and not (binding is not None and binding.local):
        self.replacements[node] = lambda r: r.name(value.name)


def _name(self: Evaluator, node: ast.Call, iterator: Iterator) -> None:
    """An iterator that was made in passing gets a line of its own."""
    statement = self.statement
    assert statement is not None
    assert isinstance(node.func, ast.Attribute)
    if iterator.node is None or iterator.node is not node.func.value:
        raise Refusal(node, "an iterator has no name")
    iterator.path = ("self." if self.region.is_class else "") + self.region.fresh("iterator")
    made = iterator.node
    statement.created.append(Created(iterator.path, iterator, lambda r: r.text(made)))
    self.replacements[statement.node] = lambda _: ""


# -- runs of initializers ----------------------------------------------------------------------------------------------
def started(self: Evaluator, site: Site, starts: list[Start]) -> list[Start]:
    """Prepare the iterators that a run starts; those that are made from what it feeds become a run of their own.

    Raises:
      Refusal: the data set cannot be made where the run stands.
    """
    for start in starts:
        path = start.iterator.path
        if not path:
            raise Refusal(site.node, "an iterator is started that has no name")
        if not path.startswith("self.") and _in_definition(site.statement):
            raise Refusal(site.node, "an iterator is started inside a function", "make the iterator in that function")
        if isinstance(start.fetch.value, FedDataset):
            if len(starts) > 1:
                raise Refusal(site.node, "several iterators are started in one run")
            site.fetches, site.structure = [start.fetch], start.fetch.node
            site.starts, site.region = start.iterator, self.region
            self.region.sites.append(site)
        elif any(self.environment.find(k) != b for k, b in start.bound.items()):
            raise Refusal(site.node, "the name of the data set means something else where its iterator is started")
    return [s for s in starts if not isinstance(s.fetch.value, FedDataset)]


def _in_definition(statement: Statement) -> bool:
    here: Statement | None = statement
    while here is not None and not isinstance(here.node, ast.FunctionDef):
        here = here.parent
    return here is not None


__all__ = ["attribute", "call", "made", "make", "read", "started"]
