"""The TensorFlow 1 names that shape a program: placeholders, variables, layers, sessions, initializers, collections."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from . import calls, objects, passed, precision, rates, shapes, soundness, vocabulary
from .refusal import Refusal
from .rows import Row
from .state import make_variable
from .values import (
    UNKNOWN,
    Dropped,
    Eager,
    Effect,
    Initializer,
    Placeholder,
    Plain,
    Sequence,
    Session,
    State,
    Tensor,
    TensorFunction,
    Value,
    leaves,
)
from .vocabulary import losses
from .vocabulary.initializers import draws_once

if TYPE_CHECKING:
    from .evaluate import Evaluator

Handler = Callable[["Evaluator", ast.Call], Value]
Name = Callable[["Evaluator", ast.expr, str], Value]
Call = Callable[["Evaluator", ast.Call, str], Value]
HANDLERS: dict[str, Handler] = {}
# whole name spaces, for names that are read and for such that are called
SPACES: dict[str, tuple[Name, Call]] = {}
# calls that leave nothing behind
VANISHING = frozenset({"tf.reset_default_graph", "tf.Graph", "tf.ConfigProto", "tf.get_default_graph"})
# what programs give a short name: whatever they reach through it is written in full
_PACKAGES = frozenset({"tf.contrib.slim", "tf.contrib.layers", "tf.contrib.eager", "tf.contrib.framework"})
_DTYPES = frozenset(
    [
        "float16",
        "float32",
        "float64",
        "double",
        "half",
        "bfloat16",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "bool",
        "string",
        "complex64",
        "complex128",
    ]
)


def handles(*names: str) -> Callable[[Handler], Handler]:
    """Register a handler for calls of these names."""

    def register(handler: Handler) -> Handler:
        for name in names:
            HANDLERS[f"tf.{name}"] = handler
        return handler

    return register


def space_of(name: str) -> tuple[Name, Call] | None:
    """The handlers of the name space that a name lies in."""
    return next((SPACES[s] for s in SPACES if name == s or name.startswith(f"{s}.")), None)


def argument(node: ast.Call, position: int, name: str) -> ast.expr | None:
    """An argument by position or keyword."""
    if len(node.args) > position:
        return node.args[position]
    return next((k.value for k in node.keywords if k.arg == name), None)


def symbol(self: Evaluator, node: ast.expr, name: str) -> Value:
    """A TensorFlow name that is not called here: ``tf.float32``, ``tf.nn.relu`` as an argument."""
    space = space_of(name)
    if space is not None:
        return space[0](self, node, name)
    last = name.rsplit(".", 1)[-1]
    if last in _DTYPES and name.count(".") in (1, 2):
        return Plain()
    row = vocabulary.lookup(name)
    if row is not None:
        if row.kind == "tensor" and not _same_shape(row):
            raise Refusal(node, f"`{name}` is passed on, and its counterpart takes other arguments")
        self.replacements[node] = lambda r: r.tf(row.new)
        return TensorFunction() if row.kind == "tensor" and not row.random else Plain()
    if name in vocabulary.SYMBOLS:
        self.replacements[node] = lambda r: r.tf(vocabulary.SYMBOLS[name])
        return Plain()
    if name in _PACKAGES and isinstance(self.context.parents.get(node), ast.Assign):
        return Dropped("import")
    if name in HANDLERS or name.split(".")[-1][:1].isupper():
        return Plain()
    raise Refusal(node, f"`{name}` is used without being called, and what with is not known")


def _same_shape(row: Row) -> bool:
    """Whether both functions take the same first arguments."""
    return not row.convert and not row.added and row.old[:1] != () and len(row.order) > 0


def by_row(self: Evaluator, node: ast.Call, name: str, row: Row) -> Value:
    """A call whose counterpart is a row of the vocabulary."""
    if self.context.eager:
        from .families import eager

        found_here = eager.by_row(self, node, row)
        if found_here is not None:
            return found_here
    if row.kind == "layer":
        from .families import arg_scopes

        return arg_scopes.layer(self, node, name, row)
    if row.kind == "optimizer":
        return rates.optimizer(self, node, name)
    if row.kind == "schedule":
        return rates.schedule(self, node, row)
    if row.kind == "metric":
        from .families import metrics

        return metrics.make(self, node, row)
    found = self.arguments(node)
    passed.read(self, node, name, found)
    calls.bind(node, row)
    if row.kind == "loss":
        return _loss(self, node, row)
    _replace(self, node, row, _constants(self, node, found))
    soundness.note_gathered(name, found)
    if row.kind == "object" and draws_once(row) and "seed" not in calls.bind(node, row):
        return Initializer(node=node)
    if row.kind in ("object", "data"):
        return Plain()
    if row.kind == "effect":
        return Effect()
    result = self.combine(found, node, random=row.random)
    shaped = shapes.with_shape(result, shapes.of_call(node, name, found))
    from .families import sparse

    typed = Eager() if isinstance(result, Plain) else precision.typed(shaped, precision.of_call(name, found))
    return sparse.made(name, typed)


def _replace(self: Evaluator, node: ast.Call, row: Row, constant: Callable[[ast.expr], bool]) -> None:
    """Rename the callee and keywords where that is all; else the call is written anew, and loses its line breaks."""
    renamed = calls.renames(node, row)
    row = row.chosen(calls.bind(node, row)) if row.chosen is not None else row
    if renamed is None:
        self.replacements[node] = lambda r: calls.rewrite(node, row, r.text, r.tf, constant)
        return
    self.replacements[node.func] = lambda r: r.tf(row.new)
    for given, new in renamed.items():
        self.replacements[given] = lambda r, given=given, new=new: f"{new}={r.text(given.value)}"


def _constants(self: Evaluator, node: ast.Call, found: list[Value]) -> Callable[[ast.expr], bool]:
    """Tells which arguments depend on no variable, so that no gradient flows into them."""
    given = [*node.args, *(k.value for k in node.keywords)]
    if self.context.eager:
        return lambda _: False
    fixed = {n for n, v in zip(given, found, strict=False) if isinstance(v, (Plain, Eager, Placeholder))}
    return lambda n: n in fixed


def _loss(self: Evaluator, node: ast.Call, row: Row) -> Value:
    """A loss; `tf.losses.get_total_loss` adds up those that are collected."""
    assert isinstance(row, losses.LossRow)
    constant = _constants(self, node, self.arguments(node))
    self.replacements[node] = lambda r: losses.rewrite(node, row, r.text, r.tf, constant)
    value = Tensor()
    if self.context.eager:
        return Eager()
    if losses.collected(node, row):
        from .families.losses import collect

        collect(self, node, value)
    return value


@handles("placeholder", "placeholder_with_default")
def _placeholder(self: Evaluator, node: ast.Call) -> Value:
    default = None
    name = self.context.tf_name(node.func)
    if name == "tf.placeholder":
        dtype, shape = argument(node, 0, "dtype"), argument(node, 1, "shape")
        if dtype is None:
            raise Refusal(node, "a placeholder has no dtype")
        dtype_text = type_text(self, dtype)
    else:
        value, shape = argument(node, 0, "input"), argument(node, 1, "shape")
        if value is None:
            raise Refusal(node, "a placeholder has no default")
        default, dtype_text = self.context.source(value), ""
        self.value(value)
    static = shapes.literal(self.value(shape)) if shape is not None else None
    shape_text = None if shape is None or _is_none(shape) else self.context.source(shape)
    return Placeholder("", node, dtype_text, shape_text, default, static)


def type_text(self: Evaluator, node: ast.expr) -> str:
    """The source of a data type."""
    if _is_none(node):  # of an estimator's features, whatever they are
        return ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return f"{self.tf_prefix}.{ {'float': 'float32', 'double': 'float64', 'int': 'int32'}.get(node.value, node.value) }"
    return self.context.source(node)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


@handles("Variable", "get_variable")
def _variable(self: Evaluator, node: ast.Call) -> Value:
    if self.context.eager:
        from .families import eager

        return eager.variable(self, node)
    return make_variable(self, node)


@handles("Session", "InteractiveSession")
def _session(self: Evaluator, node: ast.Call) -> Value:
    self.arguments(node)
    target = argument(node, 0, "target")
    if target is not None and not _is_none(target) and not (isinstance(target, ast.Constant) and target.value == ""):
        raise Refusal(node, "the session runs on a cluster")
    return Session()


@handles(
    "Graph",
    "get_default_graph",
    "ConfigProto",
    "GPUOptions",
    "reset_default_graph",
    "OptimizerOptions",
    "get_default_session",
)
def _dropped(self: Evaluator, node: ast.Call) -> Value:
    self.arguments(node)
    return Dropped("config")


@handles(
    "global_variables_initializer", "initialize_all_variables", "local_variables_initializer", "tables_initializer",
    "initialize_local_variables", "initialize_all_tables",
)  # fmt: skip
def _initializer(self: Evaluator, node: ast.Call) -> Value:
    local = "local" in str(self.context.tf_name(node.func))
    return Dropped("init", tuple(self.region.metrics) if local else ())


@handles("get_variable_scope")
def _current_scope(_: Evaluator, __: ast.Call) -> Value:
    return Dropped("scope")


@handles("group", "tuple")
def _group(self: Evaluator, node: ast.Call) -> Value:
    found = [leaf for v in self.arguments(node) for leaf in leaves(v)]
    if all(isinstance(v, Dropped) for v in found):
        parts = [v for v in found if isinstance(v, Dropped)]
        return Dropped("init", tuple(m for v in parts for m in v.metrics), tuple(s for v in parts for s in v.starts))
    if self.context.tf_name(node.func) == "tf.tuple":
        raise Refusal(node, "`tf.tuple` orders operations, which is not lifted yet")
    self.replacements[node] = lambda r: f"({', '.join(r.text(a) for a in node.args)},)"
    return Sequence(tuple(v for v in found if not isinstance(v, Dropped)))


@handles("assign", "assign_add", "assign_sub")
def _assign(self: Evaluator, node: ast.Call) -> Value:
    target, value = argument(node, 0, "ref"), argument(node, 1, "value")
    if target is None or value is None:
        raise Refusal(node, "an assignment lacks its variable or its value")
    if any(k.arg not in ("ref", "value", "name", "validate_shape", "use_locking") for k in node.keywords):
        raise Refusal(node, "an assignment has arguments that are not known")
    if not isinstance(self.value(target), State):
        raise Refusal(node, "what is assigned to is not known to be a variable")
    self.value(value)
    method = str(self.context.tf_name(node.func)).rsplit(".", 1)[-1]
    self.replacements[node] = lambda r: f"{r.text(target)}.{method}({r.text(value)})"
    return Effect(value=True)


@handles("trainable_variables", "global_variables", "all_variables")
def _all_variables(self: Evaluator, node: ast.Call) -> Value:
    trainable = self.context.tf_name(node.func) == "tf.trainable_variables"
    if node.args or node.keywords:
        return collected(self, node, trainable, argument(node, 0, "scope"))
    return collected(self, node, trainable, None)


@handles("get_collection")
def _collection(self: Evaluator, node: ast.Call) -> Value:
    key, scope = argument(node, 0, "key"), argument(node, 1, "scope")
    name = self.context.tf_name(key) if key is not None else None
    if name in ("tf.GraphKeys.TRAINABLE_VARIABLES", "tf.GraphKeys.GLOBAL_VARIABLES"):
        return collected(self, node, name.endswith("TRAINABLE_VARIABLES"), scope)
    if name in ("tf.GraphKeys.LOCAL_VARIABLES", "tf.GraphKeys.METRIC_VARIABLES"):
        from .families import metrics

        return metrics.collected(self, scope)
    if name == "tf.GraphKeys.REGULARIZATION_LOSSES" and scope is None:
        from .families.losses import penalties

        return penalties(self, node)
    if name == "tf.GraphKeys.UPDATE_OPS":
        self.region.updates = True
        return Dropped("updates")
    raise Refusal(node, "a collection of the graph is read")


def collected(self: Evaluator, node: ast.Call, trainable: bool, scope: ast.expr | None) -> Value:
    """The variables that exist so far, in the order of their creation."""
    told = self.value(scope)
    prefix = told.constant if isinstance(told, Plain) else UNKNOWN
    if prefix is not None and not isinstance(prefix, str):
        raise Refusal(node, "the scope of a collection is only known when the program runs")
    known = objects.gathered(self, node)
    found = [s for s in known if (s.trainable or not trainable) and s.scoped.startswith(prefix or "")]
    if not found:
        raise Refusal(node, "the variables that are collected here are not known")
    self.replacements[node] = lambda r: r.variables(found, trainable)
    if self.statement is not None:
        self.statement.touched.update({s.scoped: s for s in found})
        self.statement.collects = self.statement.collects or any(s.kind == "layer" for s in found)
    return Sequence(tuple(found))


@handles("set_random_seed", "random.set_random_seed")
def _seed(self: Evaluator, node: ast.Call) -> Value:
    self.arguments(node)
    self.replacements[node] = lambda r: f"{r.tf('tf.random.set_seed')}({', '.join(r.text(a) for a in node.args)})"
    return Plain()


@handles("no_op")
def _no_op(_: Evaluator, __: ast.Call) -> Value:
    return Effect()


__all__ = ["HANDLERS", "by_row", "handles", "symbol"]
