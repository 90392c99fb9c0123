"""Places where the graph runs: what they ask for and what they feed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from . import fed, fetched_names
from .environment import key_of
from .refusal import Refusal
from .statements import Fetch, Site, apart
from .values import (
    Dropped,
    Eager,
    Effect,
    Feed,
    Function,
    Gradients,
    Handle,
    Lstm,
    MetricValue,
    Placeholder,
    Placeholders,
    Plain,
    Ran,
    Random,
    Restart,
    Schedule,
    Sequence,
    Series,
    State,
    Summary,
    Table,
    Tensor,
    Train,
    Value,
    is_graph,
    leaves,
)

if TYPE_CHECKING:
    from .context import Region
    from .evaluate import Evaluator


_VALUES = (Tensor, Placeholder, Random, State, Eager, Schedule, MetricValue)


def add(self: Evaluator, node: ast.Call, structure: ast.expr, feed: ast.expr | None) -> Value:
    """Note a run and give what it returns."""
    from .families import elements, initializers, sparse

    statement = self.statement
    if statement is None:
        raise Refusal(node, "the graph runs where no statement is")
    before = (statement.uses, statement.reads, statement.touched, statement.inputs)
    fetches: list[Fetch] = []
    _collect(self, structure, fetches)
    sparse.fetched(fetches)
    statement.uses, statement.reads, statement.touched, statement.inputs = {}, set(), {}, {}
    feeds, opaque = _feeds(self, feed)
    statement.uses, statement.reads, statement.touched, statement.inputs = before
    site = _selected(self, Site(node, statement, structure, fetches, feeds, opaque))
    if all(f.kind == "init" for f in fetches):
        _starts_once(self, node, fetches)
        return initializers.run(self, site)
    if any(isinstance(f.value, Dropped) and (f.value.metrics or f.value.starts) for f in site.fetches):
        raise Refusal(node, "metrics or iterators start anew in a run that computes something too")
    if all(isinstance(f.value, Handle) for f in fetches):
        found = [f.value for f in fetches]
        return Sequence(tuple(found)) if isinstance(structure, (ast.List, ast.Tuple)) else found[0]
    elements.handles(self, site)
    _leave_out(self, site)
    region, receiver = _home(self, site)
    site.receiver = receiver
    site.region = region
    region.sites.append(site)
    if region is not self.region:
        self.foreign.append(site)
    return _result(site)


def fetched(self: Evaluator, node: ast.expr) -> Fetch:
    """One value of the graph with what it depends on, which the statement itself does not read."""
    found: list[Fetch] = []
    with apart(self.statement):
        _collect(self, node, found)
    return found[0]


def _leave_out(self: Evaluator, site: Site) -> None:
    """A variable that is fetched beside what changes it, under a name that nobody reads: before or after, it is not asked for."""
    parent = self.context.parents.get(site.node)
    target = parent.targets[0] if isinstance(parent, ast.Assign) else None
    if not isinstance(target, ast.Tuple) or not isinstance(site.structure, (ast.List, ast.Tuple)):
        return
    if not any(f.kind == "train" for f in site.fetches) or len(target.elts) != len(site.structure.elts):
        return
    for name, node in zip(target.elts, site.structure.elts, strict=True):
        for fetch in site.fetches:
            unread = isinstance(name, ast.Name) and is_unread(name, self.context.module.tree)
            if fetch.node is node and fetch.kind == "state" and unread:
                fetch.kind = "unread"


def is_unread(name: ast.Name, tree: ast.AST) -> bool:
    """Whether nothing reads a name."""
    read = (n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Store))
    return name.id.startswith("_") or name.id not in read


def _result(site: Site) -> Value:
    """What a run returns: Python values, and summaries that may only be written."""
    found = {id(f.node): Ran(site) if f.kind == "summary" else _number(f.value) for f in site.fetches}
    if all(type(v) is Plain for v in found.values()):
        return Plain()
    if isinstance(site.structure, (ast.List, ast.Tuple)):
        return Sequence(tuple(found.get(id(e), Plain()) for e in site.structure.elts))
    return found.get(id(site.structure), Ran(site))


def _number(value: Value) -> Value:
    """What a run returns for a value: numbers, but states of LSTMs keep their form."""
    if isinstance(value, Lstm):
        return Lstm((Plain(), Plain()))
    if isinstance(value, Series) and isinstance(value.item, Lstm):
        return Series(_number(value.item))
    if isinstance(value, Sequence):
        parts = tuple(_number(item) for item in value.items)
        return Sequence(parts) if any(type(p) is not Plain for p in parts) else Plain()
    return Plain()


def _selected(self: Evaluator, site: Site) -> Site:
    """``run([…])[:3]``: only what is taken out of the list is a result; operations among the rest still run."""
    parent = self.context.parents.get(site.node)
    if not (
        isinstance(parent, ast.Subscript)
        and parent.value is site.node
        and isinstance(site.structure, (ast.List, ast.Tuple))
    ):
        return site
    try:
        taken = site.structure.elts[_index(parent.slice)]
    except (ValueError, TypeError, IndexError):
        return site
    kept = taken if isinstance(taken, list) else [taken]
    for fetch in site.fetches:
        if fetch.node not in kept and fetch.kind in ("tensor", "value", "state", "nest"):
            fetch.kind = "init"
    site.node = parent
    site.structure = ast.List(kept, ast.Load()) if isinstance(taken, list) else taken
    return site


def _index(node: ast.expr) -> int | slice:
    """A literal index or slice; ValueError for any other."""
    if isinstance(node, ast.Slice):
        return slice(*(None if n is None else ast.literal_eval(n) for n in (node.lower, node.upper, node.step)))
    found = ast.literal_eval(node)
    if not isinstance(found, int):
        raise TypeError("not an index")
    return found


def _starts_once(self: Evaluator, node: ast.Call, fetches: list[Fetch]) -> None:
    """Variables start where they are made: a program that starts them again later must stay as it is."""
    from .families import keras_models

    leaves_of = [leaf for f in fetches for leaf in leaves(f.value)]
    if all(not isinstance(v, Dropped) or v.metrics or v.starts for v in leaves_of):
        return  # metrics and iterators do start anew
    trained = keras_models.is_trained(self) or any(f.kind == "train" for s in self.region.sites for f in s.fetches)
    calls = (n for n in ast.walk(self.context.module.tree) if isinstance(n, ast.Call))
    restores = any(isinstance(n.func, ast.Attribute) and n.func.attr == "restore" for n in calls)
    if self.in_loop or (trained and not restores):
        raise Refusal(node, "variables are given their first values again", "make them anew, or assign to them")


def _home(self: Evaluator, site: Site) -> tuple[Region, str]:
    """The region whose graph a run asks for, and the expression of the object that holds it ("" for this region)."""
    instances = {}
    for node in [f.node for f in site.fetches] + [n for n in ast.walk(site.node) if isinstance(n, ast.expr)]:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute) and inner in self.instances:
                instance, value = self.instances[inner]
                if is_graph(value) or isinstance(value, State):
                    instances[instance.path] = instance
    if not instances:
        return self.region, ""
    own = any(m.region is self.region for f in site.fetches for ms in f.uses.values() for m in ms)
    if len(instances) > 1:
        raise Refusal(site.node, "a run asks for tensors of several objects")
    if own:
        return self.region, ""
    ((path, instance),) = instances.items()
    return instance.region, path


def _collect(self: Evaluator, node: ast.expr, found: list[Fetch]) -> None:
    """The leaves of the fetched structure, with what each depends on."""
    if isinstance(node, (ast.List, ast.Tuple)):
        for element in node.elts:
            _collect(self, element, found)
        return
    if isinstance(node, ast.Dict) and not _is_table(self, node):
        for element in node.values:
            _collect(self, element, found)
        return
    assert self.statement is not None
    statement = self.statement
    statement.uses, statement.reads, statement.touched, statement.inputs = {}, set(), {}, {}
    value = self.value(node)
    if isinstance(value, Plain) and isinstance(value.constant, str):
        value = fetched_names.variable(self, node, value.constant)
    kind = _kind(node, value)
    found.append(Fetch(node, kind, statement.uses, statement.reads, statement.touched, statement.inputs, value))


def _is_table(self: Evaluator, node: ast.Dict) -> bool:
    """Whether a dictionary has nothing but values under literal keys: functions return such a one as it is."""
    with apart(self.statement):
        value = self.value(node)
    flat = leaves(value)
    return isinstance(value, Table) and bool(flat) and all(isinstance(v, _VALUES) for v in flat)


def _kind(node: ast.expr, value: Value) -> str:
    flat = leaves(value)
    if isinstance(value, Train):
        return "train"
    if flat and all(isinstance(v, Dropped) and v.kind == "init" for v in flat):
        return "init"
    if isinstance(value, Summary):
        return "summary"
    if isinstance(value, Effect):
        return "value" if value.value else "effect"
    if isinstance(value, Restart):
        return "init"
    if isinstance(value, Handle):
        return "handle"
    if isinstance(value, (State, Eager)):
        return "state"
    element = value.element if isinstance(value, Placeholder) else None
    if element is not None and not element.several and element.iterator.parts != 1:
        return "nest"
    if isinstance(value, (Gradients, Placeholders)):
        return "nest"
    if isinstance(value, (Tensor, Placeholder, Random, Schedule, MetricValue)):
        return "tensor"
    if flat and all(isinstance(v, _VALUES) for v in flat):
        return "nest"
    if flat and all(isinstance(v, (Train, Effect)) for v in flat) and isinstance(value, (Sequence, Series)):
        return "effects"
    raise Refusal(node, "what is fetched here is not known to be a tensor or an operation")


def _feeds(self: Evaluator, feed: ast.expr | None) -> tuple[list[tuple[str, ast.expr]], ast.expr | None]:
    if feed is None or (isinstance(feed, ast.Constant) and feed.value is None):
        return [], None
    if isinstance(feed, ast.Dict):
        from .families import sparse

        pairs = []
        for key, item in zip(feed.keys, feed.values, strict=True):
            if key is None:
                raise Refusal(feed, "a feed is made from another dictionary")
            fed_to = self.value(key)
            pairs.append((self.feed_key(key, fed_to), item))
            self.value(item)
            sparse.fed(self, fed_to, item)
        return pairs, None
    value = self.value(feed)
    if isinstance(value, Feed):
        fed.complete(self, value)
        return list(value.items), feed if value.nodes or isinstance(feed, ast.Name) else None
    if isinstance(value, Table) and not value.items:
        return [], None
    raise Refusal(feed, "what is fed here is not known")


__all__ = ["Function", "Series", "add", "key_of"]
