"""Iterators of data sets: ``iter(dataset)``. Runs that depend on what ``get_next()`` gave take the next element."""

from __future__ import annotations

import ast
from collections.abc import Mapping
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
    from ..render import Renderer

_APART = "give each data set a run of its own"


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
        iterator = Iterator("", value.parts, False, double=value.double)
        iterator.start = _start(self, iterator, dataset)
        return iterator
    if isinstance(value, FedDataset):
        raise Refusal(node, "a one-shot iterator reads placeholders")
    self.replacements[node] = lambda r: f"iter({r.text(dataset)})"
    return Iterator("", value.parts, True, node, double=value.double)


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


def handles(self: Evaluator, site: Site) -> None:
    """Feeds that tell which iterator to read are none of the function's: it is given the element."""
    for key, fed in list(site.feeds):
        bound = self.environment.find(key_of(fed) or "")
        value = bound.value if bound is not None else None
        if isinstance(value, Handle):
            if site.opaque is not None:
                raise Refusal(site.node, "the handle of an iterator is fed in a dictionary with a name")
            site.handles[key] = value.iterator
            site.feeds.remove((key, fed))


# -- elements in runs ----------------------------------------------------------------------------------------------------
def taken(inputs: Mapping[str, Placeholder], site: Site) -> list[Element]:
    """The elements that a run takes: those whose tensors it needs and does not feed.

    Raises:
      Refusal: it feeds one part of an element and takes the other.
    """
    given = {key for key, _ in site.feeds}
    found = list(dict.fromkeys(p.element for p in inputs.values() if p.element is not None))
    for element in found:
        needed = {n for n in element.names if n in inputs}
        if element.iterator.handle and not needed & given:
            _known(element.iterator, site)
        if needed & given and needed - given:
            raise Refusal(site.node, "one part of an element is fed, and the other comes from the data set")
    return [e for e in found if not set(e.names) & given]


def _known(iterator: Iterator, site: Site) -> None:
    if iterator.handle not in site.handles:
        raise Refusal(site.node, "which data set is read is not known before the program runs", _APART)
    read = site.handles[iterator.handle]
    iterator.double |= read.double


def in_order(parameters: list[str], inputs: Mapping[str, Placeholder]) -> list[str]:
    """Parameters with those of elements first, as elements have them."""
    elements = dict.fromkeys(p.element for p in inputs.values() if p.element is not None)
    first = [n for e in elements if e is not None for n in e.names if n in parameters]
    return [*first, *(p for p in parameters if p not in first)]


def only(site: Site) -> Element | None:
    """The element whose tensors are all that a run asks for."""
    values = [f.value for f in site.fetches]
    if site.feeds or site.opaque is not None or not values:
        return None
    elements = [v.element if isinstance(v, Placeholder) else None for v in values]
    names = [v.name for v in values if isinstance(v, Placeholder)]
    first = elements[0]
    if first is None or any(e is not first for e in elements):
        return None
    return first if names == first.names or len(names) == 1 else None


def text_of(element: Element, site: Site, r: Renderer) -> str:
    """The expression that takes an element."""
    iterator = element.iterator
    path = site.handles[iterator.handle].path if iterator.handle else iterator.path
    reached = f"{site.receiver}.{path.removeprefix('self.')}" if site.receiver else r.name(path)
    return f"{reached}.get_next()"


def fetched(element: Element, site: Site, r: Renderer) -> str:
    """The expression for a run that asks for nothing but tensors of one element."""
    text = text_of(element, site, r)
    names = [f.value.name for f in site.fetches if isinstance(f.value, Placeholder)]
    return text if names == element.names else f"{text}[{element.names.index(names[0])}]"


__all__ = ["attribute", "call", "fetched", "in_order", "made", "make", "only", "read", "started", "taken", "text_of"]
