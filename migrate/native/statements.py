"""The statements of a region: one block of code that builds a graph and runs it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Iterator as Yields
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .values import Gradients, Iterator, Optimizer, Placeholder, Plain, State, Train, Value

if TYPE_CHECKING:
    from .context import Region
    from .families.writers import Write
    from .objects import Borrowed
    from .plan import Function
    from .render import Renderer


@dataclass(slots=True)
class Created:
    """State that one statement makes beside its graph part: a layer or an optimizer that gets a line of its own."""

    name: str
    value: State | Optimizer | Iterator
    text: Callable[[Renderer], str]


@dataclass(slots=True)
class Inline:
    """State that an expression makes: it stays there, unless its statement turns out to move into functions."""

    node: ast.Call
    value: Value
    wanted: str
    text: Callable[[Renderer], str]


@dataclass(eq=False, slots=True)
class Statement:
    """One statement and what it has to do with the graph.

    Attributes:
      node: the statement. index: its number in reading order.
      kind: "plain" (stays), "state" (stays; makes variables, layers, optimizers), "graph" (moves into functions), "floating" (what
        stays when statements that stay read it, and moves otherwise: a draw that may be an initial value, a list of variables),
        "dropped", "site" (runs the graph), "open" (a block that is dissolved: ``with tf.Session()``, scopes),
        "block" (a block that stays, with statements inside).
      uses: statements of the region that made what it reads of the graph, by name.
      reads: Python names that it reads. defines: names that it binds.
      after: statements that must run before it (control dependencies).
      touched: variables and layers that it reads, by TensorFlow 1 name. inputs: placeholders that it reads, by name.
      collects: whether it reads lists of layers' variables, which exist once the layers were called.
      summarises: whether it writes summaries; summarises_inside: whether functions that it calls do;
        summarises_numbers: whether there are scalars among them.
      merges: keys of the statements whose summaries it merges. scope: its name scope, None
        where that is not known.
      called: layers that it calls, by TensorFlow 1 name.
      aliases: whether it only gives another name to what it made, and so has no text of its own.
      shaped: what it reads for nothing but dimensions that are known.
      created: state that it makes. inline: state that its expressions make.
      train, gradients: what it becomes in a function besides its own text.
      children: statements inside.
    """

    node: ast.stmt
    index: int
    kind: str = "plain"
    uses: dict[str, frozenset[Statement]] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)
    defines: set[str] = field(default_factory=set)
    after: list[Statement] = field(default_factory=list)
    created: list[Created] = field(default_factory=list)
    inline: list[Inline] = field(default_factory=list)
    trains: list[Train] = field(default_factory=list)
    gradients: list[Gradients] = field(default_factory=list)
    children: list[Statement] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    touched: dict[str, State] = field(default_factory=dict)
    inputs: dict[str, Placeholder] = field(default_factory=dict)
    summarises: bool = False
    summarises_inside: bool = False
    summarises_numbers: bool = False
    merges: set[str] = field(default_factory=set)
    scope: str | None = ""
    collects: bool = False
    called: set[str] = field(default_factory=set)
    aliases: bool = False
    shaped: list[Notes] = field(default_factory=list)
    parent: Statement | None = None
    region: Region | None = None

    @property
    def moves(self) -> bool:
        """Whether its text goes into functions."""
        return self.kind in ("graph", "floating")


@dataclass(slots=True)
class Notes:
    """What expressions read: as `Statement`."""

    uses: dict[str, frozenset[Statement]] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)
    touched: dict[str, State] = field(default_factory=dict)
    inputs: dict[str, Placeholder] = field(default_factory=dict)

    def add_to(self, statement: Statement) -> None:
        """Say that a statement reads it."""
        for key, makers in self.uses.items():
            statement.uses[key] = statement.uses.get(key, frozenset()) | makers
        statement.reads |= self.reads
        statement.touched.update(self.touched)
        statement.inputs.update(self.inputs)


@contextmanager
def apart(statement: Statement | None) -> Yields[Notes]:
    """What is evaluated inside is noted in what this gives, and not in the statement."""
    if statement is None:
        yield Notes()
        return
    before = (statement.uses, statement.reads, statement.touched, statement.inputs)
    notes = Notes()
    statement.uses, statement.reads, statement.touched, statement.inputs = (
        notes.uses,
        notes.reads,
        notes.touched,
        notes.inputs,
    )
    try:
        yield notes
    finally:
        statement.uses, statement.reads, statement.touched, statement.inputs = before


@dataclass(eq=False, slots=True)
class Fetch:
    """One leaf of what a run asks for."""

    node: ast.expr
    kind: str  # "tensor", "train", "effect", "init", "state", "summary"
    uses: dict[str, frozenset[Statement]] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)
    touched: dict[str, State] = field(default_factory=dict)
    inputs: dict[str, Placeholder] = field(default_factory=dict)
    value: Value = field(default_factory=Plain)


@dataclass(eq=False, slots=True)
class Site:
    """One place where the graph runs.

    Attributes:
      node: the call, with the index or slice that takes a part of its result. statement: where it stands.
      fetches: the leaves of what it asks for. structure: the expression of it.
      feeds: pairs of placeholder (or fed tensor) key and the expression of its value, in order.
      receiver: text in front of the function's name ("self", "agent", ""). region: whose graph runs.
      write: where the summaries that it fetches are written; None when they are not.
      starts: the iterator of the data set that it makes, where that is all it does.
      handles: the iterators that feedable ones stand for in this run, by placeholder.
      borrowed: what it takes from an object. function: the function that was made for it, where another region needs that.
      traced: what the function is asked that is only traced; nothing runs then.
    """

    node: ast.expr
    statement: Statement
    structure: ast.expr
    fetches: list[Fetch]
    feeds: list[tuple[str, ast.expr]]
    opaque: ast.expr | None = None
    receiver: str = ""
    region: Region | None = None
    write: Write | None = None
    starts: Iterator | None = None
    handles: dict[str, Iterator] = field(default_factory=dict)
    borrowed: Borrowed | None = None
    function: Function | None = None
    traced: str = ""
