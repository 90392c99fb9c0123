"""Recurrent networks: cells are objects that are made once, functions of `recurrent` run them as TensorFlow 1 did.

A cell is made where it was made, and counts as state of the graph from its first call on: there TensorFlow 1 made its variables.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import calls, recurrent
from .. import vocabulary as words
from ..hoist import Pending
from ..refusal import Refusal
from ..rows import Row
from ..state import settle, snake
from ..structural import HANDLERS, argument, handles
from ..values import Cell, Eager, Initializer, Lstm, Plain, Sequence, Series, Shape, Tensor, Value, is_graph
from ..vocabulary import cells as vocabulary

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

_ONE = ("1", "1.0")
_GRU = ("gates/kernel", "gates/bias", "candidate/kernel", "candidate/bias")


# -- cells -----------------------------------------------------------------------------------------------------------
def _cell(self: Evaluator, node: ast.Call) -> Value:
    """``BasicLSTMCell(…)`` and its like, ``MultiRNNCell`` and ``DropoutWrapper``."""
    name = str(self.context.tf_name(node.func))
    row = vocabulary.CELLS[name]
    bound = calls.bind(node, row)
    values = dict(zip(bound, self.aside(bound.values()), strict=True))
    if any(is_graph(v) for v in values.values()):
        raise Refusal(node, "what a cell is made with comes from the graph", "make it a Python number")
    if row.new == "DropoutWrapper" and all(_is_one(bound.get(f"{n}_keep_prob")) for n in ("input", "output")):
        self.replacements[node] = lambda r: r.text(bound["cell"])
        return _one_cell(values.get("cell"), node)
    cell = _made(node, row, name.rsplit(".", 1)[-1], bound, values)
    cell.scoped = f"cell {node.lineno}:{node.col_offset}:{self.region.fresh('cell')}"
    for name in ("kernel_initializer", "initializer"):
        _draw_anew(self, cell, values.get(name))
    cell.reuses = "reuse" in bound and _reuses(values["reuse"], bound["reuse"], self)
    _inline_parts(self, node, cell)
    if self.statement is not None:
        self.statement.states.append(cell)
    wanted = _snake(row.new) if _snake(row.new) not in self.region.taken else f"rnn_{_snake(row.new)}"
    settle(self, node, cell, wanted, lambda r: _text(node, row, cell, r))
    _free(self, row.new)
    return cell


def _made(node: ast.Call, row: Row, name: str, bound: Mapping[str, ast.expr], values: Mapping[str, Value]) -> Cell:
    cell = Cell("", "", "layer", True, node, row=row, base=_snake(name))
    if row.new == "MultiRNNCell":
        cell.parts = tuple(_one_cell(v, node) for v in _several(values.get("cells"), node))
        states = tuple(p.carried for p in cell.parts)
        cell.carried = Series(states[0]) if isinstance(values["cells"], Series) else Sequence(states)
    elif row.new == "DropoutWrapper":
        inner = _one_cell(values.get("cell"), node)
        cell.parts, cell.base, cell.carried = (inner,), inner.base, inner.carried
    else:
        cell.carried = Lstm((Tensor(), Tensor())) if row.new == "LSTMCell" else Tensor()
        cell.weights = _GRU if row.new == "GRUCell" else cell.weights
        cell.inherits = not {"initializer", "kernel_initializer"} & set(bound)
    given = bound.get("name")
    if given is not None and not isinstance(given, ast.Constant):
        raise Refusal(given, "the name of a cell is not a literal")
    cell.base = str(given.value) if isinstance(given, ast.Constant) and given.value else cell.base
    for part in cell.parts:
        if part.called or part.inside:
            raise Refusal(node, "a cell is used by itself and inside of another one, or twice")
        part.inside = True
    return cell


def _snake(name: str) -> str:
    """``BasicRNNCell`` as TensorFlow 1 calls it in scopes."""
    return snake(name.replace("RNN", "Rnn").replace("LSTM", "Lstm"))


def _is_one(node: ast.expr | None) -> bool:
    return node is None or ast.unparse(node) in _ONE


def _several(value: Value | None, node: ast.Call) -> tuple[Value, ...]:
    if isinstance(value, Sequence) and value.items:
        return value.items
    if isinstance(value, Series):
        return (value.item,)
    raise Refusal(node, "which cells lie on top of each other is not known")


def _one_cell(value: Value | None, node: ast.AST) -> Cell:
    if not isinstance(value, Cell):
        raise Refusal(node, "what is used as a cell is not known to be one")
    return value


def _reuses(value: Value, node: ast.expr, self: Evaluator) -> bool:
    if self.context.tf_name(node) == "tf.AUTO_REUSE":
        return True
    if isinstance(value, Plain) and value.constant in (True, False, None):
        return bool(value.constant)
    raise Refusal(node, "whether a cell reuses its variables is not known before the program runs")


def _inline_parts(self: Evaluator, node: ast.Call, cell: Cell) -> None:
    """Cells that are made in the arguments of another one are made with it."""
    inside = set(ast.walk(node))
    self.pending[:] = [p for p in self.pending if p.state not in cell.parts or p.node not in inside]
    if self.statement is not None:
        inline = self.statement.inline
        inline[:] = [i for i in inline if i.value not in cell.parts or i.node not in inside]


def _text(node: ast.Call, row: Row, cell: Cell, r: Renderer) -> str:
    if cell.known is not None:
        return r.name(cell.known.reached)
    if cell.initializer is not None:
        row = replace(row, added={"initializer": r.text(cell.initializer)})
    return calls.rewrite(node, row, r.text, r.tf)


def _free(self: Evaluator, name: str) -> None:
    """The text of ``name`` goes into the program, which must not have another thing of that name."""
    todo = [name]
    for each in todo:
        todo += [n for n in recurrent.SOURCES if n not in todo and f" {n}(" in recurrent.SOURCES[each]]
    tree = self.context.module.tree
    for other in ast.walk(tree):
        bound = getattr(other, "name", None) if isinstance(other, (ast.FunctionDef, ast.ClassDef)) else None
        stored = other.id if isinstance(other, ast.Name) and isinstance(other.ctx, ast.Store) else None
        if bound in todo or stored in todo:
            raise Refusal(other, f"`{bound or stored}` is the name of something that the new program needs")


# -- calls -----------------------------------------------------------------------------------------------------------
def call(self: Evaluator, node: ast.Call, cell: Cell) -> Value:
    """``cell(inputs, state)``."""
    inputs, state = argument(node, 0, "inputs"), argument(node, 1, "state")
    if inputs is None or state is None or len(node.args) + len(node.keywords) > 2:
        raise Refusal(node, "a cell is called with something else than inputs and state")
    self.arguments(node)
    number = self.region.layer_names.get(f"{self.region.prefix}{cell.base}", 0)
    if not cell.called:
        self.region.layer_names[f"{self.region.prefix}{cell.base}"] = number + 1
    _called(self, node, cell, "", f"_{number}" if number else "")
    return Sequence((Tensor(), cell.carried))


def method(self: Evaluator, node: ast.Call, cell: Cell, name: str) -> Value:
    """``cell.zero_state(batch_size, dtype)``."""
    size, dtype = argument(node, 0, "batch_size"), argument(node, 1, "dtype")
    if name != "zero_state" or size is None:
        raise Refusal(node, f"`.{name}()` of a cell has no counterpart")
    _check_dtype(self, dtype)
    assert isinstance(node.func, ast.Attribute)
    receiver = node.func.value
    self.replacements[node] = lambda r: f"{r.text(receiver)}.get_initial_state({r.text(size)})"
    return _mapped(cell.carried, Tensor() if is_graph(self.value(size)) else Eager())


def _mapped(value: Value, leaf: Value) -> Value:
    if isinstance(value, Sequence):
        return type(value)(tuple(_mapped(i, leaf) for i in value.items))
    return Series(_mapped(value.item, leaf)) if isinstance(value, Series) else leaf


def attribute(self: Evaluator, node: ast.Attribute, base: Lstm | Cell) -> Value:
    """``state.h`` of an LSTM, the sizes of a cell."""
    if isinstance(base, Lstm) and node.attr in ("c", "h"):
        index = ("c", "h").index(node.attr)
        self.replacements[node] = lambda r: f"{r.text(node.value)}[{index}]"
        return base.items[index]
    if isinstance(base, Cell) and node.attr in ("state_size", "output_size"):
        return Plain()
    if isinstance(base, Cell) and node.attr == "shape":  # of one of its variables, in a list of these
        return Shape(of=node.value)
    raise Refusal(node, f"`.{node.attr}` of a cell or of its state is used")


def _called(self: Evaluator, node: ast.Call, cell: Cell, scope: str, number: str = "") -> None:
    """Note a call: the first one makes the variables, in the scope that is open."""
    if self.statement is None:
        raise Refusal(node, "a cell is called where no statement is")
    self.statement.touched.pop(cell.scoped, None)
    if not cell.called:
        _first_call(self, node, cell, f"{self.region.prefix}{scope}{cell.base}{number}")
    state = cell.known or cell
    self.statement.touched[state.scoped] = state
    self.statement.called.add(state.scoped)


def _first_call(self: Evaluator, node: ast.Call, cell: Cell, scoped: str) -> None:
    if cell.inside:
        raise Refusal(node, "a cell is used by itself and inside of another one")
    known = self.region.by_scope.get(scoped)
    cell.called = True
    if known is not None:
        if not (cell.reuses or any(s.reuse for s in self.region.scopes)) or not isinstance(known, Cell):
            raise Refusal(node, f"the variables of the cell `{scoped}` are made twice")
        _share(self, node, cell, known)
        return
    cell.scoped, cell.order = scoped, len(self.region.states)
    self.region.states.append(cell)
    self.region.by_scope[scoped] = cell
    default = next((s.initializer for s in reversed(self.region.scopes) if s.initializer is not None), None)
    if default is not None:
        _inherit(self, cell, default)


def _inherit(self: Evaluator, cell: Cell, default: ast.expr) -> None:
    """What the scope of the first call says counts for cells that were made earlier."""
    (value,) = self.aside([default])
    made: int = getattr(cell.node, "lineno", 0)
    for name in {n.id for n in ast.walk(default) if isinstance(n, ast.Name) and self.context.tf_name(n) is None}:
        binding = self.environment.find(name)
        if binding is not None and (binding.local or any(m.node.lineno > made for m in binding.makers)):
            raise Refusal(cell.node, f"a cell is made before `{name}`, with which its scope initializes it")
    if not cell.parts and cell.inherits:
        cell.initializer = default
        _draw_anew(self, cell, value)
    for part in cell.parts:
        _inherit(self, part, default)


def _draw_anew(self: Evaluator, cell: Cell, value: Value | None) -> None:
    """An initializer without a seed gives each kernel of a cell that has several numbers of its own."""
    made = value.node if isinstance(value, Initializer) else None
    if made is None or cell.weights != _GRU:
        return
    row = words.lookup(str(self.context.tf_name(made.func)))
    assert row is not None
    row = row.chosen(calls.bind(made, row)) if row.chosen is not None else row
    seeded = replace(row, added={**row.added, "seed": "tf.keras.random.SeedGenerator()"}, chosen=None)
    self.replacements[made] = lambda r: calls.rewrite(made, seeded, r.text, r.tf)


def _share(self: Evaluator, node: ast.Call, cell: Cell, known: Cell) -> None:
    """A cell that uses the variables of another one is that one."""
    cell.known, cell.scoped = known, known.scoped
    found = [p for p in [*self.pending, *self.region.pending] if isinstance(p, Pending) and p.state is cell]
    for pending in found:
        pending.state, pending.text = known, None
    if not found and cell.node not in self.replacements:
        raise Refusal(node, "a cell that uses variables again is made in a function of its own")


# -- sequences -------------------------------------------------------------------------------------------------------
def _run(self: Evaluator, node: ast.Call) -> Value:
    """``dynamic_rnn(cell, inputs, …)`` and its like."""
    name = str(self.context.tf_name(node.func)).rsplit(".", 1)[-1]
    row = vocabulary.RUNS[f"tf.nn.{name}"]
    bound = calls.bind(node, row)
    values = dict(zip(bound, self.values(bound.values()), strict=True))
    if "inputs" not in bound:
        raise Refusal(node, "a recurrent network has no inputs")
    _check_dtype(self, bound.get("dtype"))
    if _flag(values.get("time_major"), node):
        row = vocabulary.TIME_MAJOR
    scope = bound.get("scope")
    if scope is not None and not (isinstance(scope, ast.Constant) and isinstance(scope.value, (str, type(None)))):
        raise Refusal(scope, "the scope of a recurrent network is not a literal")
    given = str(scope.value) if isinstance(scope, ast.Constant) and scope.value is not None else None
    both = "cell_fw" in row.old
    cells = [_one_cell(values.get(n), node) for n in (("cell_fw", "cell_bw") if both else ("cell",))]
    for cell, direction in zip(cells, ("fw/", "bw/"), strict=False):
        _called(self, node, cell, f"{given or 'bidirectional_rnn'}/{direction}" if both else f"{given or 'rnn'}/")
    self.replacements[node] = lambda r: calls.rewrite(node, row, r.text, r.tf)
    _free(self, row.new)
    return _RESULTS[name](*(c.carried for c in cells))


_RESULTS: dict[str, Callable[..., Value]] = {
    "dynamic_rnn": lambda state: Sequence((Tensor(), state)),
    "static_rnn": lambda state: Sequence((Series(Tensor()), state)),
    "bidirectional_dynamic_rnn": lambda fw, bw: Sequence((Sequence((Tensor(), Tensor())), Sequence((fw, bw)))),
    "static_bidirectional_rnn": lambda fw, bw: Sequence((Series(Tensor()), fw, bw)),
}


def _flag(value: Value | None, node: ast.Call) -> bool:
    if value is None:
        return False
    if isinstance(value, Plain) and value.constant in (True, False):
        return bool(value.constant)
    raise Refusal(node, "whether time comes first is not known before the program runs")


def _check_dtype(self: Evaluator, node: ast.expr | None) -> None:
    if node is not None and self.context.tf_name(node) != "tf.float32" and ast.unparse(node) != "None":
        raise Refusal(node, "a recurrent network computes with another type than float32")


@handles("nn.rnn_cell.LSTMStateTuple", "contrib.rnn.LSTMStateTuple")
def _state(self: Evaluator, node: ast.Call) -> Value:
    c, h = argument(node, 0, "c"), argument(node, 1, "h")
    if c is None or h is None:
        raise Refusal(node, "the state of an LSTM lacks a part")
    self.replacements[node] = lambda r: f"[{r.text(c)}, {r.text(h)}]"
    return Lstm((self.value(c), self.value(h)))


HANDLERS.update(dict.fromkeys(vocabulary.CELLS, _cell))
HANDLERS.update(dict.fromkeys(vocabulary.RUNS, _run))
