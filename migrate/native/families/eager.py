"""Programs that call ``tf.enable_eager_execution()``: nothing moves, and names get their TensorFlow 2 form where they stand.

Tensors and variables of such a program are plain values (`Eager`), so that every statement stays.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import calls
from ..environment import Environment
from ..refusal import Refusal
from ..rows import Row
from ..state import variable_text
from ..structural import argument, handles
from ..values import Dropped, Eager, Function, Optimizer, Plain, Value

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer
    from ..statements import Statement
    from ..walk import Walker

_LOOKUPS = frozenset({"tf.gather", "tf.gather_nd", "tf.nn.embedding_lookup", "tf.nn.embedding_lookup_sparse"})
_METHODS = frozenset({"numpy", "assign", "assign_add", "assign_sub", "read_value", "value"})
_BASES = {"tf.contrib.eager.Network": "tf.keras.Model"}


@dataclass(frozen=True, slots=True, eq=False)
class Elements(Plain):
    """The iterator of a data set."""


@handles("enable_eager_execution")
def _enable(self: Evaluator, node: ast.Call) -> Value:
    """Eager execution is what TensorFlow 2 starts with."""
    statement = self.context.parents[node]
    if self.arguments(node) or not isinstance(self.context.parents.get(statement), ast.Module):
        raise Refusal(node, "eager execution is enabled under a condition, in a function, or with options")
    for inner in ast.walk(self.context.module.tree):
        if isinstance(inner, ast.Attribute) and inner.attr == "value" and isinstance(inner.value, ast.Subscript):
            raise Refusal(
                inner, "`.value` of a dimension is read; TensorFlow 2 has numbers there", "leave out `.value`"
            )
    return Dropped("config")


# -- variables, layers, tapes ----------------------------------------------------------------------------------------
@handles("contrib.eager.Variable")
def variable(self: Evaluator, node: ast.Call) -> Value:
    """A variable, where it stands."""
    _only_eager(self, node)
    text = variable_text(self, node)
    self.replacements[node] = text
    return Eager()


@handles("GradientTape", "contrib.eager.GradientTape")
def _tape(self: Evaluator, node: ast.Call) -> Value:
    _only_eager(self, node)
    self.arguments(node)
    self.replacements[node.func] = lambda r: r.tf("tf.GradientTape")
    return Plain()


def _only_eager(self: Evaluator, node: ast.Call) -> None:
    if not self.context.eager:
        raise Refusal(node, f"`{self.context.tf_name(node.func)}` is used in a program that builds a graph")


def by_row(self: Evaluator, node: ast.Call, row: Row) -> Value | None:
    """An object with state, which eager programs make once and keep; None for rows that are the same in every program."""
    if row.kind == "effect":
        self.arguments(node)
        self.replacements[node] = lambda r: calls.rewrite(node, row, r.text, r.tf)
        return Plain()
    if row.kind in ("metric", "schedule"):
        raise Refusal(node, f"a {row.kind} of TensorFlow 1 is used in an eager program")
    if row.kind != "layer":
        return None
    if row.call:
        raise Refusal(node, "a layer is called as a function; it makes new variables every time")
    self.arguments(node)
    calls.bind(node, row)
    self.replacements[node] = lambda r: calls.rewrite_layer(node, row, r.text, r.tf)[0]
    return Plain()


# -- gradients -------------------------------------------------------------------------------------------------------
@handles("contrib.eager.implicit_gradients", "contrib.eager.implicit_value_and_gradients")
def _implicit(self: Evaluator, node: ast.Call) -> Value:
    """A function that gives the gradients of another one by the variables that it read: written out, with a tape."""
    _only_eager(self, node)
    statement = self.context.parents.get(node)
    target = statement.targets[0] if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None
    if statement is None or not isinstance(target, ast.Name) or len(node.args) != 1 or node.keywords:
        raise Refusal(node, "a function of gradients is passed on without a name", "bind it to a name first")
    function, name = node.args[0], target.id
    value = self.value(function)
    parameters = _parameters(value.node) if isinstance(value, Function) else "*args, **kwargs"
    with_value = str(self.context.tf_name(node.func)).endswith("value_and_gradients")
    self.replacements[statement] = lambda r: _spaced(r, statement, _written(r, name, function, parameters, with_value))
    return Plain()


def _parameters(node: ast.FunctionDef | ast.Lambda) -> str:
    arguments = node.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults:
        return "*args, **kwargs"
    return ", ".join(a.arg for a in (*arguments.posonlyargs, *arguments.args))


def _written(r: Renderer, name: str, function: ast.expr, parameters: str, with_value: bool) -> str:
    step = " " * r.layout.unit
    called = r.text(function) if not isinstance(function, ast.Lambda) else f"({r.text(function)})"
    pairs = "list(zip(tape.gradient(value, variables), variables))"
    return "\n".join(
        [
            f"def {name}({parameters}):",
            f"{step}with {r.tf('tf.GradientTape')}() as tape:",
            f"{step}{step}value = {called}({parameters})",
            f"{step}variables = tape.watched_variables()",
            f"{step}return {'value, ' if with_value else ''}{pairs}",
        ]
    )


def _spaced(r: Renderer, statement: ast.AST, text: str) -> str:
    """A definition with empty lines around it where there are none."""
    first, last = statement.lineno, statement.end_lineno  # type: ignore[attr-defined]
    above = r.layout.lines[first - 2].strip() if first > 1 else ""
    below = r.layout.lines[last].strip() if last < len(r.layout.lines) else ""
    gap = "\n\n" if statement.col_offset == 0 else "\n"  # type: ignore[attr-defined]
    before = gap if above and not above.startswith("#") else ""
    return f"{before}{text}{gap if below else ''}"


def apply(self: Evaluator, node: ast.Call, optimizer: Optimizer, name: str) -> Value:
    """``optimizer.apply_gradients(pairs, global_step)``."""
    if name != "apply_gradients":
        raise Refusal(node, f"`{name}` of an optimizer has no counterpart in an eager program", "use tf.GradientTape")
    plain = (
        optimizer.row is not None
        and optimizer.row.new.endswith(".SGD")
        and "momentum" not in ast.unparse(optimizer.node)
    )
    if not plain and _LOOKUPS & set(self.context.full.values()):
        raise Refusal(node, "rows are looked up, and this optimizer treats their gradients otherwise than Keras does")
    pairs, step = argument(node, 0, "grads_and_vars"), argument(node, 1, "global_step")
    self.arguments(node)
    parent = self.context.parents.get(node)
    if pairs is None or (step is not None and not isinstance(parent, ast.Expr)):
        raise Refusal(node, "what applying gradients returns is used")

    def text(r: Renderer) -> str:
        applied = f"{r.text(node.func)}({r.text(pairs)})"
        return applied if step is None else f"{applied}\n{' ' * node.col_offset}{r.text(step)}.assign_add(1)"

    self.replacements[node if step is None else parent] = text  # type: ignore[index]
    return Plain()


# -- iterators and methods -------------------------------------------------------------------------------------------
@handles("contrib.eager.Iterator")
def _iterator(self: Evaluator, node: ast.Call) -> Value:
    _only_eager(self, node)
    self.arguments(node)
    self.replacements[node.func] = lambda _: "iter"
    return Elements()


def method(self: Evaluator, node: ast.Call, base: Value, name: str) -> Value | None:
    """Methods of what eager programs have; None for everything that other programs have too."""
    assert isinstance(node.func, ast.Attribute)
    receiver = node.func.value
    if isinstance(base, Elements) and name in ("next", "get_next"):
        self.replacements[node] = lambda r: f"next({r.text(receiver)})"
        return Plain()
    if name == "make_one_shot_iterator" and not node.args and not node.keywords:
        self.replacements[node] = lambda r: f"iter({r.text(receiver)})"
        return Elements()
    if name == "track_layer" and isinstance(receiver, ast.Name) and receiver.id == "self" and len(node.args) == 1:
        self.arguments(node)
        self.replacements[node] = lambda r: r.text(node.args[0])
        return Plain()
    if isinstance(base, Eager) and name in _METHODS:
        self.arguments(node)
        return Plain() if name == "numpy" else Eager()
    return None


# -- classes ---------------------------------------------------------------------------------------------------------
def class_statement(self: Walker, made: Statement, node: ast.ClassDef) -> None:
    """A class stays as it is, with the names in it rewritten."""
    for base in node.bases:
        found = self.context.tf_name(base)
        if found is None:
            self.evaluator.value(base)
        elif found in _BASES:
            self.context.replacements[base] = lambda r, new=_BASES[found]: r.tf(new)
        else:
            raise Refusal(
                base, f"a class is made from `{found}`, which has no counterpart that is known to do the same"
            )
    self.evaluator.environment.bind(node.name, Plain(), made)
    outer = self.evaluator.environment
    for inner in node.body:
        if isinstance(inner, ast.FunctionDef):
            self.evaluator.environment = Environment(outer=outer, local=True)
            self.call(
                Function(inner), {a.arg: Plain() for a in inner.args.args}, ast.Call(ast.Name(inner.name), [], [])
            )
        else:
            self.execute(inner)
    self.evaluator.environment = outer


def optimizer_rate(node: ast.expr, value: Value) -> None:
    """A rate that is a tensor or a function is not the number that the program has at each step."""
    if not isinstance(value, Plain) or isinstance(node, ast.Lambda):
        raise Refusal(node, "the learning rate of an eager program is a tensor or a function")
