"""What a run does in a TensorFlow 1 graph: which variables it initialises, whether it changes any, whether it draws random numbers."""

from __future__ import annotations

import weakref
from typing import Any, NamedTuple

_CHANGES = ("Assign", "ResourceApply", "SparseApply", "ResourceSparseApply", "Apply", "Scatter", "ResourceScatter")
_RANDOM = ("Random", "Truncated", "ParameterizedTruncated", "Multinomial", "Stateless", "Stateful")
_known: Any = weakref.WeakKeyDictionary()


class Work(NamedTuple):
    """What the operations behind some fetches do."""

    initialises: tuple[Any, ...]
    trains: bool
    draws: bool


NOTHING = Work((), False, False)


def work_of(graph: Any, fetches: list[Any]) -> Work:
    """Look at everything that ``fetches`` depend on; remembered by graph and fetches."""
    operations = [op for op in (_operation(graph, fetch) for fetch in fetches) if op is not None]
    key = tuple(op.name for op in operations)
    found: dict[tuple[str, ...], Work] = _known.setdefault(graph, {})
    if key not in found:
        found[key] = _look(graph, operations)
    return found[key]


def _operation(graph: Any, fetch: Any) -> Any:
    try:
        element = graph.as_graph_element(fetch)
    except Exception:  # session fetches of other kinds: sparse tensors, queues
        element = getattr(fetch, "values", None)
    return getattr(element, "op", element)


def _look(graph: Any, operations: list[Any]) -> Work:
    reached = _ancestors(operations)
    types = {op.type for op in reached}
    names = {op.name for op in reached if op.type.startswith("Assign")}
    initialised = [v for v in variables(graph) if _initialiser(v) in names]
    starts = {_initialiser(v) for v in initialised}
    trains = any(op.type.startswith(_CHANGES) and op.name not in starts for op in reached)
    return Work(tuple(initialised), trains, any(t.startswith(_RANDOM) for t in types))


def _ancestors(operations: list[Any]) -> set[Any]:
    seen: set[Any] = set()
    todo = list(operations)
    while todo:
        op = todo.pop()
        if op not in seen:
            seen.add(op)
            todo.extend(op.control_inputs)
            todo.extend(tensor.op for tensor in op.inputs)
    return seen


def variables(graph: Any) -> list[Any]:
    """Global and local variables in order of creation, each once."""
    found: dict[int, Any] = {}
    for name in ("variables", "local_variables"):
        for variable in graph.get_collection_ref(name):
            found.setdefault(id(variable), variable)
    return list(found.values())


def _initialiser(variable: Any) -> str:
    op = getattr(variable, "initializer", None)
    return getattr(op, "name", "")
