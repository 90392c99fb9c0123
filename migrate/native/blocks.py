"""``with`` blocks of TensorFlow 1 that TensorFlow 2 does not need: sessions, graphs, scopes, devices, control dependencies."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .context import VariableScope
from .families import arg_scopes
from .refusal import Refusal
from .values import Dropped, Plain, Session, Value, is_graph

if TYPE_CHECKING:
    from .walk import Walker

_NAMELESS = ("tf.name_scope", "tf.device", "tf.op_scope", "tf.init_scope")


@dataclass(slots=True)
class Opened:
    """What must be undone at the end of a block."""

    undo: list[Callable[[], object]] = field(default_factory=list)

    def close(self) -> None:
        """Leave the block."""
        for action in reversed(self.undo):
            action()


def open_items(self: Walker, node: ast.With) -> Opened | None:
    """Enter a ``with`` that is dissolved; None when it must stay."""
    opened = Opened()
    kinds = [_open(self, item, opened) for item in node.items]
    if not any(kinds):
        opened.close()
        return None
    if not all(kinds):
        raise Refusal(node, "one `with` opens a file and a graph's scope; give each a line of its own")
    return opened


def _open(self: Walker, item: ast.withitem, opened: Opened) -> bool:
    if arg_scopes.enter(self, item, opened):
        return True
    call = item.context_expr
    name = self.context.tf_name(call.func) if isinstance(call, ast.Call) else None
    if name in ("tf.variable_scope",):
        assert isinstance(call, ast.Call)
        _scope(self, call, item, opened)
        return True
    if name in ("tf.name_scope", "tf.op_scope"):
        self.region.names.enter(_text(self, call, 0) or _text(self, call, 1))
        opened.undo.append(self.region.names.leave)
    if name in _NAMELESS:
        if item.optional_vars is not None:
            self.evaluator.bind(item.optional_vars, Plain())
        return True
    if name == "tf.control_dependencies":
        assert isinstance(call, ast.Call)
        _dependencies(self, call)
        return True
    if (
        name is None
        and isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "as_default"
    ):
        value: Value = self.evaluator.value(call.func.value)
    elif name in ("tf.Session", "tf.InteractiveSession") or name is None:
        value = self.evaluator.value(call)
    else:
        return False
    if not isinstance(value, (Session, Dropped)):
        return False
    if item.optional_vars is not None:
        self.evaluator.bind(item.optional_vars, value)
    return True


def _dependencies(self: Walker, call: ast.Call) -> None:
    """Operations that must run before those of a block; one that is made on the spot becomes a statement of its own.

    Raises:
      Refusal: it cannot, and would be lost with the head of the block.
    """
    block, given = self.evaluator.statement, call.args[0] if len(call.args) == 1 else None
    elements = (
        given.elts if isinstance(given, (ast.List, ast.Tuple)) else [*call.args, *(k.value for k in call.keywords)]
    )
    for element in elements:
        if not any(_makes(self, n) for n in ast.walk(element)):
            self.evaluator.value(element)
            continue
        if block is None or self.evaluator.depth or not isinstance(element, ast.Call):
            raise Refusal(element, "an operation is made among control dependencies", "bind it to a name before")
        made = self.statement(ast.copy_location(ast.Expr(element), element), block)
        if made.kind != "graph" or made.created:
            raise Refusal(element, "an operation is made among control dependencies", "bind it to a name before")
        block.uses[f"line {made.index}"] = frozenset([made])


def _makes(self: Walker, node: ast.AST) -> bool:
    """Whether an expression is a call that may make an operation."""
    if not isinstance(node, ast.Call) or self.context.tf_name(node.func) in ("tf.get_collection", "tf.group"):
        return False
    return ast.unparse(node.func) not in ("list", "tuple")


def _text(self: Walker, call: ast.expr, position: int) -> str | None:
    """A positional argument, or the name that a keyword gives, where it is known."""
    assert isinstance(call, ast.Call)
    given = (
        call.args[position]
        if len(call.args) > position
        else next((k.value for k in call.keywords if k.arg == "name"), None)
    )
    value = self.evaluator.value(given)
    return value.constant if isinstance(value, Plain) and isinstance(value.constant, str) else None


def _scope(self: Walker, call: ast.Call, item: ast.withitem, opened: Opened) -> None:
    given = dict(
        zip(("name_or_scope", "default_name", "values", "initializer", "regularizer"), call.args, strict=False)
    )
    given.update({str(k.arg): k.value for k in call.keywords})
    for name in set(given) - {"name_or_scope", "default_name", "values", "initializer", "reuse"}:
        raise Refusal(call, f"`{name}` of a variable scope is not lifted")
    named = given.get("name_or_scope")
    value = self.evaluator.value(named)
    if isinstance(value, Dropped) and value.kind == "scope":
        wanted: object = "" if isinstance(named, ast.Call) else None
    else:
        wanted = _name(self, named) or _name(self, given.get("default_name"))
    if not isinstance(wanted, str):
        raise Refusal(call, "the name of a variable scope is only known when the program runs")
    reuse = self.reuse_of(given.get("reuse"))
    scope = VariableScope(wanted, reuse, given.get("initializer"))
    region = self.region
    region.scopes.append(scope)
    for key in [k for k in region.layer_names if k.startswith(region.prefix)]:
        del region.layer_names[key]
    opened.undo.append(region.scopes.pop)
    region.names.enter(wanted.rsplit("/", 1)[-1])
    opened.undo.append(region.names.leave)
    if item.optional_vars is not None:
        self.evaluator.bind(item.optional_vars, Dropped("scope"))


def _name(self: Walker, node: ast.expr | None) -> object:
    value = self.evaluator.value(node)
    return value.constant if isinstance(value, Plain) and isinstance(value.constant, str) else None


def dissolve_inner(self: Walker, node: ast.With) -> list[Value]:
    """A ``with`` inside a function that builds a part of the graph."""
    opened = Opened()
    kinds = [_open(self, item, opened) for item in node.items]
    if not any(kinds):
        return _python_block(self, node)
    if not all(kinds) or any(
        isinstance(i.context_expr, ast.Call) and self.context.tf_name(i.context_expr.func) == "tf.control_dependencies"
        for i in node.items
    ):
        raise Refusal(node, "a `with` in a function that builds a part of the graph is not understood")
    stays = _names_summaries(self, node)
    if not stays:
        self.context.replacements[node] = lambda r: r.dissolved(node)
    found = self._returns(node.body)
    opened.close()
    return found


def _names_summaries(self: Walker, node: ast.With) -> bool:
    """Whether a block is a name scope with summaries in it, whose tags begin with its name."""
    inside = [n for b in node.body for n in ast.walk(b) if isinstance(n, ast.Call)]
    if not any(str(self.context.tf_name(n.func)).startswith("tf.summary.") for n in inside):
        return False
    call = node.items[0].context_expr
    simple = isinstance(call, ast.Call) and len(call.args) == 1 and not call.keywords and len(node.items) == 1
    if not simple or self.context.tf_name(call.func) != "tf.name_scope":  # type: ignore[attr-defined]
        raise Refusal(node, "summaries are made in a scope inside a function, and it is not a simple name scope")
    return True


def _python_block(self: Walker, node: ast.With) -> list[Value]:
    """A ``with`` that has nothing to do with the graph: an open file."""
    for item in node.items:
        if is_graph(self.evaluator.value(item.context_expr)):
            raise Refusal(node, "a `with` in a function that builds a part of the graph is not understood")
        if item.optional_vars is not None:
            self.evaluator.bind(item.optional_vars, Plain())
    return self._returns(node.body)
