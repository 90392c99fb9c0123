"""What an expression stands for while a TensorFlow 1 program builds its graph."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .rows import Row


class _Unknown:
    """The constant of a Python value that is not known."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()


class Value:
    """Anything that a name may stand for."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class Plain(Value):
    """A Python value that has nothing to do with the graph. ``constant`` is the value where it is known."""

    constant: Any = UNKNOWN


@dataclass(frozen=True, slots=True, eq=False)
class Initializer(Plain):
    """An initializer without a seed: in Keras, one object gives every variable of one shape the same numbers."""

    node: ast.Call | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TensorFunction(Plain):
    """A function of TensorFlow under a name of the program: ``activation=tf.nn.relu``."""


@dataclass(frozen=True, slots=True, eq=False)
class Partial(Value):
    """A partial function of one of TensorFlow's; ``node`` is the call of ``functools.partial``."""

    node: ast.Call


@dataclass(frozen=True, slots=True, eq=False)
class Eager(Value):
    """A tensor that depends on nothing but Python values: it can be computed where it stands."""


@dataclass(frozen=True, slots=True, eq=False)
class Random(Value):
    """A tensor drawn from a generator: an initial value where a variable is made of it, else drawn anew at every run."""


@dataclass(frozen=True, slots=True, eq=False)
class Tensor(Value):
    """A tensor of the graph: what it is depends on placeholders, variables or randomness.

    ``shape`` is the static shape where it is known, None where a dimension is not. ``precision``: source text of its type, where
    that may be double precision.
    """

    shape: tuple[int | None, ...] | None = None
    precision: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SparseEager(Eager):
    """A sparse tensor that can be computed where it stands."""


@dataclass(frozen=True, slots=True, eq=False)
class Sparse(Tensor):
    """A sparse tensor of the graph."""


@dataclass(frozen=True, slots=True, eq=False)
class MetricValue(Value):
    """The value of a metric so far."""

    metric: State


@dataclass(frozen=True, slots=True, eq=False)
class MetricUpdate(Tensor):
    """What counts one batch in a metric, and gives its value then."""

    metric: State | None = None


@dataclass(frozen=True, slots=True, eq=False)
class MetricPair(Value):
    """Both of them under one name."""

    metric: State


@dataclass(frozen=True, slots=True, eq=False)
class LocalVariables(Value):
    """The variables of metrics, as a collection of the graph."""

    metrics: tuple[State, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Dataset(Value):
    """A data set.

    ``parts`` tells how many tensors an element has, None where that is not known; ``double`` whether some may be of float64;
    ``types`` the source texts of their types, () where those are not known.
    """

    parts: int | None = None
    double: bool = False
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FedDataset(Dataset):
    """One that depends on placeholders."""


@dataclass(slots=True, eq=False)
class Iterator(Value):
    """An iterator of a data set.

    Attributes:
      path: the expression that reaches it; "" until it has a place. parts: as of the data set.
      once: whether it starts where it is made, by ``node``. start: how a run starts it.
      double, types: as of the data set. handle: the placeholder that tells which iterator it stands for.
    """

    path: str
    parts: int | None
    once: bool
    node: ast.Call | None = None
    start: Start | None = None
    double: bool = False
    handle: str = ""
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Restart(Value):
    """An operation that starts an iterator on a data set; in TensorFlow 2 its name stands for the data set."""

    iterator: Iterator


@dataclass(frozen=True, slots=True, eq=False)
class Handle(Value):
    """The string that tells a feedable iterator which one to read."""

    iterator: Iterator


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Starts an iterator: ``fetch`` is its data set with what that depends on, ``bound`` what the names in it stood for."""

    iterator: Iterator
    fetch: Any
    bound: dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """What one ``get_next()`` gives: ``names`` of its tensors; ``several``: whether they were unpacked."""

    iterator: Iterator
    names: list[str]
    several: bool


@dataclass(frozen=True, slots=True, eq=False)
class Placeholder(Value):
    """A placeholder: becomes a parameter.

    Attributes:
      name: the name that it is bound to ("x", "self.x").
      dtype, shape: source text; shape None when it was not given. default: source of its default, or None.
      static: the shape where it is literal. element: of which data set it is a part.
    """

    name: str
    node: ast.AST
    dtype: str
    shape: str | None = None
    default: str | None = None
    static: tuple[int | None, ...] | None = None
    literal: bool = False
    sparse: bool = False
    element: Element | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Placeholders(Placeholder):
    """A list of placeholders of one type."""


@dataclass(slots=True, eq=False)
class State(Value):
    """A variable, or a layer with variables.

    Attributes:
      path: expression that reaches it ("W", "weights['h1']", "self.dense"); "" until it has a place.
      scoped: its TensorFlow 1 name with scopes, which nothing else of the graph has.
      kind: "variable", "layer", "metric" or "table". trainable: whether optimizers see it. node: what made it.
      order: number in the order of creation. row: what a layer became.
      holder, attribute: the object of a class that it lies in, and its name there.
      shape: of a variable, where it is known. exact_name: whether ``.name`` is what it was in TensorFlow 1.
      precision: of a layer, as of the tensors that it is given. regularizers: of a layer, how many of its variables have one.
      gathered: rows of it are looked up, so that its gradient is a set of rows.
      flags: names of the placeholders that tell a layer at its calls whether the model trains.
    """

    path: str
    scoped: str
    kind: str
    trainable: bool
    node: ast.AST
    order: int = 0
    row: Row | None = None
    holder: State | None = None
    attribute: str = ""
    gathered: bool = False
    flags: set[str] = field(default_factory=set)
    regularizers: int = 0
    exact_name: bool = False
    precision: str = ""
    shape: tuple[int | None, ...] | None = None

    @property
    def reached(self) -> str:
        """The expression that reaches it."""
        return f"{self.holder.reached}.{self.attribute}" if self.holder is not None else self.path


@dataclass(slots=True, eq=False)
class Symbolic(Value):
    """What flows through a model of Keras while it is built. ``name`` is what the program calls it, ``node`` what made it."""

    node: ast.Call
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Sequence(Value):
    """A list or tuple whose items are known."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lstm(Sequence):
    """The state of an LSTM: (c, h), which have these names too."""


@dataclass(slots=True, eq=False)
class Cell(State):
    """A recurrent cell. Its variables come with its first call, whose scope gives them their names.

    Attributes:
      base: what TensorFlow 1 calls it in scopes; ``weights`` are the names of its variables below that.
      carried: what its state is. parts: the cells that it is made of.
      inherits: whether its kernels start as the scope of its first call says; ``initializer`` is what that says.
      reuses: whether it was told to use variables again. called: whether it was called. inside: whether it is a part of another.
      known: the cell whose variables it uses again.
    """

    base: str = ""
    weights: tuple[str, ...] = ("kernel", "bias")
    carried: Value = field(default_factory=Tensor)
    parts: tuple[Cell, ...] = ()
    inherits: bool = True
    initializer: ast.expr | None = None
    reuses: bool = False
    called: bool = False
    inside: bool = False
    known: Cell | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Series(Value):
    """A list whose length is not known and whose items are all alike."""

    item: Value


@dataclass(frozen=True, slots=True, eq=False)
class Feed(Value):
    """A dictionary whose keys are placeholders (or tensors that are fed): their keys, and the expressions of their values.

    ``nodes``: the dictionaries that it may be, each with the keys that it has.
    """

    items: tuple[tuple[str, ast.expr], ...]
    nodes: Mapping[ast.Dict, frozenset[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Table(Value):
    """A dictionary whose keys are known."""

    items: Mapping[Any, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Optimizer(Value):
    """An optimizer.

    Attributes:
      path: the expression that reaches it. node: what makes it. row: what it becomes.
      step: the counter that its schedule is a function of. rate: a tensor or variable that is its rate at every step.
    """

    path: str
    node: ast.Call
    row: Row | None = None
    step: ast.expr | None = None
    rate: ast.expr | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Schedule(Value):
    """A learning-rate schedule; ``step`` is the counter that it is a function of, ``text`` writes the object."""

    step: ast.expr
    text: Callable[[Any], str]


@dataclass(frozen=True, slots=True, eq=False)
class Gradients(Value):
    """What ``compute_gradients`` or ``tf.gradients`` gives: of ``loss`` by ``variables`` (None: all that it depends on)."""

    loss: ast.expr
    variables: ast.expr | None
    node: ast.Call
    optimizer: Optimizer | None = None
    watched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Train(Value):
    """An operation that applies gradients once."""

    optimizer: Optimizer
    node: ast.Call
    loss: ast.expr | None = None
    variables: ast.expr | None = None
    pairs: ast.expr | None = None
    step: ast.expr | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Effect(Value):
    """An operation that changes state when it runs, or a group of them; ``value`` tells whether it has a number too."""

    value: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Summary(Effect):
    """An operation that gives a serialized summary, or several of them merged."""


@dataclass(frozen=True, slots=True, eq=False)
class Ran(Value):
    """The serialized summary that one run returned; ``site`` is the run."""

    site: Any


@dataclass(frozen=True, slots=True, eq=False)
class HandMade(Value):
    """A ``tf.Summary`` made in Python: tag, value, and the number of the statement that has them, of each item."""

    items: list[tuple[ast.expr, ast.expr, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Writer(Value):
    """A FileWriter; ``path`` is the expression that reaches what replaces it."""

    path: str
    node: ast.Call


@dataclass(frozen=True, slots=True, eq=False)
class Dropped(Value):
    """What TensorFlow 2 needs no longer: initializers, sessions' configurations, tables' initializers, graphs.

    ``kind`` is "init", "config", "graph", "coordinator" or "scope". ``metrics``, ``starts``: what an initializer sets back.
    """

    kind: str
    metrics: tuple[State, ...] = ()
    starts: tuple[Start, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ArgScope(Value):
    """An ``arg_scope``: the arguments that it gives to calls, by the full names of their functions."""

    defaults: Mapping[str, Mapping[str, ast.expr]]


@dataclass(frozen=True, slots=True, eq=False)
class Session(Value):
    """A session."""


@dataclass(frozen=True, slots=True, eq=False)
class Saver(Value):
    """A Saver; ``path`` is the expression that reaches what replaces it."""

    path: str
    node: ast.Call


@dataclass(frozen=True, slots=True, eq=False)
class Function(Value):
    """A function or lambda of the program."""

    node: ast.FunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True, eq=False)
class Class(Value):
    """A class of the program whose objects build a graph."""

    node: ast.ClassDef


@dataclass(slots=True, eq=False)
class Instance(Value):
    """An object of such a class; ``path`` is the expression that reaches it."""

    region: Any
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Shape(Value):
    """The static shape of a tensor, or one dimension of it; ``of`` is the variable that it is the shape of.

    Variables of Keras have a tuple for it.
    """

    dims: tuple[int | None, ...] | None = None
    of: ast.expr | None = None


def one_of(values: list[Value]) -> Dataset | None:
    """One of several data sets, which of them is not known; None where others are among them."""
    found = [v for v in values if isinstance(v, Dataset)]
    if not found or len(found) < len(values):
        return None
    parts = found[0].parts if len({d.parts for d in found}) == 1 else None
    kind = FedDataset if any(isinstance(d, FedDataset) for d in found) else Dataset
    return kind(parts, any(d.double for d in found))


def leaves(value: Value) -> list[Value]:
    """The values inside lists, tuples and dictionaries."""
    if isinstance(value, Sequence):
        return [leaf for item in value.items for leaf in leaves(item)]
    if isinstance(value, Series):
        return leaves(value.item)
    if isinstance(value, Table):
        return [leaf for item in value.items.values() for leaf in leaves(item)]
    return [value]


def with_parts(value: Value) -> list[Value]:
    """A value, and the cells that it is made of."""
    return [value, *(p for part in value.parts for p in with_parts(part))] if isinstance(value, Cell) else [value]


def is_graph(value: Value) -> bool:
    """Whether a value exists only while a graph runs, or holds such a value."""
    return any(
        isinstance(
            leaf,
            (
                Tensor,
                Placeholder,
                Gradients,
                Train,
                Effect,
                MetricValue,
                MetricPair,
                LocalVariables,
                FedDataset,
                Handle,
            ),
        )
        for leaf in leaves(value)
    )


def is_state(value: Value) -> bool:
    """Whether a value is state, or holds state and nothing of the graph."""
    found = leaves(value)
    return any(isinstance(leaf, (State, Optimizer, Saver, Writer)) for leaf in found) and not is_graph(value)
