"""State that a statement makes: variables, layers, optimizers. Each gets a name, and its TensorFlow 1 name decides what is shared."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from . import calls, precision, shapes
from .environment import key_of
from .hoist import Pending
from .refusal import Refusal
from .rows import Row
from .statements import Created, Inline
from .values import UNKNOWN, Eager, Optimizer, Placeholder, Plain, Random, State, Value, is_graph, leaves

if TYPE_CHECKING:
    from .context import Context
    from .evaluate import Evaluator
    from .render import Renderer

_VARIABLE = (
    "initial_value",
    "trainable",
    "collections",
    "validate_shape",
    "caching_device",
    "name",
    "variable_def",
    "dtype",
)
_GET_VARIABLE = ("name", "shape", "dtype", "initializer", "regularizer", "trainable", "collections")
_STATELESS = re.compile(r"\.(\w*Pooling\w*|Flatten)$")
_GLOROT = "tf.keras.initializers.GlorotUniform()"


def _bound(node: ast.Call, names: tuple[str, ...], known: tuple[str, ...]) -> dict[str, ast.expr]:
    if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
        raise Refusal(node, "a variable is made with * or **")
    found = dict(zip(names, node.args, strict=False))
    found.update({str(k.arg): k.value for k in node.keywords})
    for name in set(found) - set(known):
        raise Refusal(node, f"`{name}` of a variable is not lifted")
    return found


def _known(self: Evaluator, node: ast.expr | None, default: object) -> object:
    """The value of an argument that must be known before the program runs."""
    if node is None:
        return default
    value = self.value(node)
    if isinstance(value, Plain) and value.constant is not UNKNOWN:
        return value.constant
    raise Refusal(node, "this must be known before the program runs: it decides which variables there are")


def make_variable(self: Evaluator, node: ast.Call) -> Value:
    """``tf.Variable(…)`` or ``tf.get_variable(…)``."""
    if str(self.context.tf_name(node.func)).endswith("get_variable"):
        return _get_variable(self, node)
    found = _bound(node, _VARIABLE, ("initial_value", "trainable", "name", "dtype", "validate_shape"))
    initial = found.get("initial_value")
    if initial is None:
        raise Refusal(node, "a variable has no initial value")
    value = self.value(initial)
    _must_be_initial(node, value)
    trainable = bool(_known(self, found.get("trainable"), True))
    name = _known(self, found.get("name"), None) if "name" in found and not self.depth else None
    state = _new(
        self, node, str(name or "Variable"), trainable, self.unique(self.region.prefix + str(name or "Variable"))
    )
    state.exact_name = name is not None and not self.region.prefix and self.region.names.prefix == ""
    settle(self, node, state, target_name(self.context, node), lambda r: _variable_text(found, r))
    return state


def variable_text(self: Evaluator, node: ast.Call) -> Callable[[Renderer], str]:
    """What writes a variable of an eager program where it stands."""
    if str(self.context.tf_name(node.func)).endswith("get_variable"):
        raise Refusal(node, "`get_variable` makes a new variable at each call of an eager program")
    found = _bound(node, _VARIABLE, ("initial_value", "trainable", "name", "dtype"))
    if "initial_value" not in found:
        raise Refusal(node, "a variable has no initial value")
    self.arguments(node)
    return lambda r: _variable_text(found, r)


def _must_be_initial(node: ast.AST, value: Value) -> None:
    for leaf in leaves(value):
        if is_graph(leaf) or isinstance(leaf, State):
            raise Refusal(node, "a variable starts from what the graph computes, or from another variable")
        if not isinstance(leaf, (Plain, Eager, Random)):
            raise Refusal(node, "a variable starts from something that is not a number")


def _variable_text(found: dict[str, ast.expr], r: Renderer) -> str:
    parts = [r.text(found["initial_value"])]
    if "trainable" in found:
        parts.append(f"trainable={r.text(found['trainable'])}")
    for name in ("name", "dtype"):
        if name in found:
            parts.append(f"{name}={r.text(found[name])}")
    return f"{r.tf('tf.Variable')}({', '.join(parts)})"


def _get_variable(self: Evaluator, node: ast.Call) -> Value:
    found = _bound(node, _GET_VARIABLE, ("name", "shape", "dtype", "initializer", "trainable"))
    name = _known(self, found.get("name"), None)
    if not isinstance(name, str):
        raise Refusal(node, "the name of a variable is not a literal")
    scoped = self.region.prefix + name
    reused = self.region.by_scope.get(scoped)
    for argument in found.values():
        if is_graph(self.value(argument)):
            raise Refusal(node, "the shape or the initializer of a variable comes from the graph")
    if reused is not None:
        if not any(s.reuse for s in self.region.scopes):
            raise Refusal(node, f"the variable `{scoped}` is made twice")
        if self.depth:
            self.pending.append(Pending(reused, node, "", None, list(self.frames), {}))
        else:
            self.replacements[node] = lambda r: r.name(reused.path)
        return reused
    default = next((s.initializer for s in reversed(self.region.scopes) if s.initializer is not None), None)
    state = _new(self, node, name, bool(_known(self, found.get("trainable"), True)), scoped)
    state.exact_name = True
    settle(
        self, node, state, identifier(scoped.replace("/", "_")), lambda r: _initialised(node, found, default, state, r)
    )
    return state


def settle(self: Evaluator, node: ast.Call, state: State, wanted: str, text: Callable[[Renderer], str]) -> None:
    """State that is made where it stands keeps its place; made inside a function, it gets one later."""
    given = [*node.args, *(k.value for k in node.keywords)]
    dims = shapes.needed(self, given)
    shape = next((k.value for k in node.keywords if k.arg == "shape"), node.args[1] if len(node.args) > 1 else None)
    if str(self.context.tf_name(node.func)).endswith("get_variable") and shape is not None:
        state.shape = shapes.literal(self.value(shape))
    if self.depth == 0:
        self.replacements[node] = lambda r: text(r.sized(dims))
        if self.statement is not None:
            self.statement.inline.append(Inline(node, state, wanted, self.replacements[node]))
        return
    self.pending.append(Pending(state, node, wanted, text, list(self.frames), dims))
    self.replacements[node] = lambda r: r.made(node, None) or text(r)


def target_name(context: Context, node: ast.AST) -> str:
    """The name that a statement binds to what it makes."""
    parent = context.parents.get(node)
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name):
        return parent.targets[0].id
    return "variable"


def _initialised(
    node: ast.Call, found: dict[str, ast.expr], default: ast.expr | None, state: State, r: Renderer
) -> str:
    """``tf.Variable`` whose initial value its initializer makes."""
    initializer, shape = found.get("initializer") or default, found.get("shape")
    dtype = f", dtype={r.text(found['dtype'])}" if "dtype" in found and shape is not None else ""
    if initializer is None:
        made = f"{r.tf(_GLOROT)}({r.text(shape)}{dtype})" if shape is not None else ""
    elif shape is None:
        made = r.text(initializer)
    else:
        is_class = not isinstance(initializer, ast.Call) and r.context.tf_name(initializer) is not None
        made = f"{r.text(initializer)}{'()' if is_class else ''}({r.text(shape)}{dtype})"
    if not made:
        raise Refusal(node, "a variable has neither shape nor initial value")
    trainable = f", trainable={r.text(found['trainable'])}" if "trainable" in found else ""
    name = r.text(found["name"])
    if state.exact_name and "/" in state.scoped:
        name = r.context.quoted(state.scoped)
    return f"{r.tf('tf.Variable')}({made}{trainable}, name={name})"


def _new(self: Evaluator, node: ast.Call, name: str, trainable: bool, scoped: str | None = None) -> State:
    state = State("", scoped or self.region.prefix + name, "variable", trainable, node, len(self.region.states))
    _register(self, state)
    return state


def _register(self: Evaluator, state: State) -> None:
    self.region.states.append(state)
    if not _is_plain_variable(self, state.node):
        self.region.by_scope[state.scoped] = state
    if self.statement is not None:
        self.statement.states.append(state)


def _is_plain_variable(self: Evaluator, node: ast.AST) -> bool:
    """Whether ``tf.Variable`` made it: ``get_variable`` does not find such a variable."""
    return isinstance(node, ast.Call) and self.context.tf_name(node.func) == "tf.Variable"


def make_layer(self: Evaluator, node: ast.Call, row: Row) -> Value:
    """``tf.layers.dense(x, …)``: an object that is made once, and its call."""
    bound = calls.bind(node, row)
    flowing = [a for name, a in bound.items() if name in row.call]
    order = [n for n in bound if n in row.call] + [n for n in bound if n not in row.call]
    found = self.values(flowing) + self.aside(a for n, a in bound.items() if n not in row.call)
    row, told = precision.told(row, bound, found[0] if flowing else None)
    dims = shapes.needed(self, [a for n, a in bound.items() if n not in row.call])
    shape = shapes.of_layer(
        row.new.rsplit(".", 1)[-1], shapes.of(found[0]) if flowing else None, dict(zip(order, found, strict=True))
    )
    if _STATELESS.search(row.new):
        self.replacements[node] = lambda r: "".join(calls.rewrite_layer(node, row, r.text, r.tf))
        return precision.typed(shapes.with_shape(self.combine(found, node), shape), told)
    name, scoped, reuse = _layer_name(self, node, row)
    known = self.region.by_scope.get(scoped)
    if known is not None:
        if not reuse:
            raise Refusal(node, f"the layer `{scoped}` is made twice")
        layer = known
        precision.reused(node, layer, told)
        if self.depth:
            self.pending.append(Pending(known, node, "", None, list(self.frames), {}))
    else:
        layer = _new_layer(self, node, row, name, scoped, dims)
        layer.precision, layer.regularizers = told, _regularizers(self, bound)
    given = dict(zip(order, found, strict=True))
    told_training = (given.get("training"), given.get("is_training"))
    layer.flags |= {flag.name for flag in told_training if isinstance(flag, Placeholder)}
    self.replacements[node] = lambda r: f"{r.made(node, layer)}{calls.rewrite_layer(node, row, r.text, r.tf)[1]}"
    if self.statement is not None:
        self.statement.touched[scoped] = layer
        self.statement.called.add(scoped)
    return precision.typed(shapes.with_shape(self.combine([*found, layer], node), shape), told)


def _regularizers(self: Evaluator, bound: dict[str, ast.expr]) -> int:
    """How many variables of a layer have a regularizer."""
    found = self.aside(a for n, a in bound.items() if n.endswith("_regularizer"))
    return sum(not (isinstance(v, Plain) and v.constant is None) for v in found)


def _layer_name(self: Evaluator, node: ast.Call, row: Row) -> tuple[str, str, bool]:
    """The Python name that is wanted, the TensorFlow 1 name, and whether this call reuses."""
    given = {k.arg: k.value for k in node.keywords}
    name = given.get("name") or given.get("scope")
    reuse = given.get("reuse")
    shared = bool(_known(self, reuse, False)) or any(s.reuse for s in self.region.scopes)
    text = _known(self, name, None)
    if text is not None:
        if not isinstance(text, str):
            raise Refusal(node, "the name of a layer is not a literal")
        return identifier(text), self.region.prefix + text, shared
    base = snake(row.new.rsplit(".", 1)[-1])
    key = self.region.prefix + base
    number = self.region.layer_names.get(key, 0)
    self.region.layer_names[key] = number + 1
    return base, key if number == 0 else f"{key}_{number}", shared


def _new_layer(self: Evaluator, node: ast.Call, row: Row, name: str, scoped: str, dims: dict[ast.AST, int]) -> State:
    if self.statement is None:
        raise Refusal(node, "a layer is made where no statement is")
    if self.in_loop:
        raise Refusal(node, "a layer is made in a loop")

    def text(r: Renderer) -> str:
        return calls.rewrite_layer(node, row, r.text, r.tf)[0]

    path = ""
    if not self.depth:
        path = ("self." if self.region.is_class else "") + self.region.fresh(_wanted(self, node, name, row))
    trainable = not row.new.endswith("Dropout") and bool(_known(self, _keyword(node, "trainable"), True))
    layer = State(path, scoped, "layer", trainable, node, len(self.region.states), row)
    _register(self, layer)
    if self.depth:
        self.pending.append(Pending(layer, node, name, text, list(self.frames), dims))
    else:
        self.statement.created.append(Created(path, layer, lambda r: text(r.sized(dims))))
    return layer


def _wanted(self: Evaluator, node: ast.Call, name: str, row: Row) -> str:
    """The name of a layer: its own, or what its result is called and what it is."""
    base = snake(row.new.rsplit(".", 1)[-1])
    target = target_name(self.context, node).removeprefix("self.")
    return f"{target}_{base}" if name == base and target != "variable" else name


def _keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((k.value for k in node.keywords if k.arg == name), None)


def created(self: Evaluator, optimizer: Optimizer) -> Optimizer:
    """Give an optimizer that is made in passing a name and a line of its own."""
    if self.statement is None or self.depth or self.in_loop:
        raise Refusal(optimizer.node, "an optimizer is made inside a function or a loop")
    path = ("self." if self.region.is_class else "") + _optimizer_name(self)
    named = Optimizer(path, optimizer.node, optimizer.row)
    self.statement.created.append(Created(path, named, lambda r: r.text(optimizer.node)))
    return named


def _optimizer_name(self: Evaluator) -> str:
    """``optimizer``, also where the training operation is called so and nothing else: that has no text any more."""
    key = "self.optimizer" if self.region.is_class else "optimizer"
    nodes = [n for n in ast.walk(self.region.owner) if isinstance(n, (ast.Name, ast.Attribute)) and key_of(n) == key]
    stored = [n for n in nodes if isinstance(n.ctx, ast.Store)]
    node = self.statement.node if self.statement is not None else None
    only = len(stored) == 1 and isinstance(node, ast.Assign) and stored == node.targets
    names = {s.name.removeprefix("self.") for made in self.region.statements for s in made.created}
    return "optimizer" if only and "optimizer" not in names else self.region.fresh("optimizer")


def snake(name: str) -> str:
    """``Conv2D`` as a name of a variable."""
    return re.sub(r"(?<=[a-z0-9A-Z])(?=[A-Z][a-z])", "_", name).lower()


def identifier(name: str) -> str:
    """A TensorFlow name as a Python name."""
    found = re.sub(r"\W+", "_", name.rsplit("/", 1)[-1]).strip("_") or "layer"
    return f"{found}_layer" if keyword.iskeyword(found) or found[0].isdigit() else found
