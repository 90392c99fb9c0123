"""Static shapes, as far as variables need them: the width of a tensor decides the shape of the matrix that it is multiplied with."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING

from .refusal import Refusal
from .values import Placeholder, Plain, Sequence, Shape, State, Tensor, Value

if TYPE_CHECKING:
    from .evaluate import Evaluator
    from .statements import Notes, Statement

Dims = tuple[int | None, ...] | None
# functions that give a tensor of the shape of their first argument
KEEPING = frozenset(
    f"tf.{n}"
    for n in (
        *(
            "nn.relu",
            "nn.tanh",
            "tanh",
            "nn.sigmoid",
            "sigmoid",
            "nn.softplus",
            "nn.softmax",
            "nn.elu",
            "nn.selu",
            "nn.leaky_relu",
        ),
        *(
            "nn.relu6",
            "nn.softsign",
            "nn.log_softmax",
            "identity",
            "nn.dropout",
            "square",
            "sqrt",
            "exp",
            "log",
            "abs",
            "negative",
        ),
        *(
            "nn.bias_add",
            "nn.batch_normalization",
            "nn.l2_normalize",
            "stop_gradient",
            "cast",
            "to_float",
            "layers.dropout",
        ),
    )
)
_BROADCAST = frozenset(f"tf.{n}" for n in ("add", "subtract", "multiply", "divide", "maximum", "minimum"))


def of(value: Value) -> Dims:
    """The static shape of a value; None where it is not known."""
    if isinstance(value, Placeholder):
        return value.static
    if isinstance(value, (Tensor, State)):
        return value.shape
    return None


def with_shape(value: Value, shape: Dims) -> Value:
    """A tensor together with its shape."""
    return Tensor(shape) if type(value) is Tensor and shape is not None else value


def of_call(node: ast.Call, name: str, found: list[Value]) -> Dims:
    """The shape of what a call gives."""
    if not found:
        return None
    if name in KEEPING:
        return of(found[0])
    if name in _BROADCAST and len(found) > 1:
        return of_operation(found[:2])
    if name == "tf.matmul" and not node.keywords and len(found) == 2:
        left, right = of(found[0]), of(found[1])
        return (*left[:-1], right[-1]) if left and right else None
    if name == "tf.reshape" and len(found) > 1:
        return literal(found[1])
    return None


def of_operation(found: list[Value]) -> Dims:
    """The shape of ``a + b``."""
    if len(found) == 1:
        return of(found[0])
    left, right = of(found[0]), of(found[1])
    if left is not None and right is not None:
        return left if len(left) >= len(right) else right
    known, other = (left, found[1]) if left is not None else (right, found[0])
    return known if isinstance(other, (Plain, State)) else None


def of_layer(kind: str, inputs: Dims, arguments: dict[str, Value]) -> Dims:
    """The shape of what a layer gives, as far as it is certain."""
    if inputs is None or kind in ("BatchNormalization", "FusedBatchNormalization", "LayerNormalization", "Dropout"):
        return inputs
    units = _number(arguments.get("units") or arguments.get("num_outputs"))
    if kind == "Dense":
        return (*inputs[:-1], units) if units is not None else None
    if kind == "Flatten":
        return (inputs[0], None if None in inputs[1:] else prod(d for d in inputs[1:] if d is not None))
    if kind in ("Conv2D", "MaxPooling2D", "AveragePooling2D") and len(inputs) == 4:
        return _of_window(kind, inputs, arguments)
    return None


def _of_window(kind: str, inputs: tuple[int | None, ...], arguments: dict[str, Value]) -> Dims:
    """The shape of a convolution or a pooling of images whose channels come last."""
    layout = arguments.get("data_format")
    if layout is not None and not (isinstance(layout, Plain) and layout.constant in ("channels_last", "NHWC")):
        return None
    plain = kind == "Conv2D"
    window = _pair(arguments.get("kernel_size") or arguments.get("pool_size"), None)
    strides = _pair(arguments.get("strides") or arguments.get("stride"), 1 if plain else None)
    dilation = _pair(arguments.get("dilation_rate") or arguments.get("rate"), 1)
    given = arguments.get("padding")
    usual = "same" if "num_outputs" in arguments else "valid"  # of contrib and of tf.layers
    padding = str(given.constant).lower() if isinstance(given, Plain) else usual
    filters = _number(arguments.get("filters") or arguments.get("num_outputs")) if plain else inputs[3]
    if window is None or strides is None or dilation != (1, 1) or padding not in ("same", "valid"):
        return None
    sides = []
    for size, width, stride in zip(inputs[1:3], window, strides, strict=True):
        rest = None if size is None else size if padding == "same" else size - width + 1
        sides.append(None if rest is None else -(-rest // stride))
    return (inputs[0], *sides, filters)


def _number(value: Value | None) -> int | None:
    return value.constant if isinstance(value, Plain) and type(value.constant) is int else None


def _pair(value: Value | None, default: int | None) -> tuple[int, int] | None:
    """A size of one or two numbers."""
    if value is None:
        return None if default is None else (default, default)
    if isinstance(value, Sequence) and len(value.items) == 2:
        first, second = (_number(item) for item in value.items)
        return None if first is None or second is None else (first, second)
    one = _number(value)
    return None if one is None else (one, one)


def literal(value: Value) -> Dims:
    """A shape that a program writes down: -1 and None are open."""
    if not isinstance(value, Sequence) or not all(isinstance(i, Plain) for i in value.items):
        return None
    found = [i.constant if isinstance(i, Plain) and type(i.constant) is int else None for i in value.items]
    return tuple(None if f is None or f < 0 else f for f in found)


def note(self: Evaluator, notes: Notes, shape: Value, index: Value) -> None:
    """Note what a subscript reads. For a dimension that is known a tensor is only read by a statement that moves: others get the number."""
    statement = self.statement
    if statement is None:
        return
    if self.depth or not isinstance(shape, Shape) or _known(shape, index) is None:
        notes.add_to(statement)
    else:
        statement.shaped.append(notes)


def settle(statement: Statement) -> None:
    """A statement that moves keeps its text, and so reads the tensors whose dimensions it asks for."""
    if statement.moves:
        for notes in statement.shaped:
            notes.add_to(statement)


def _known(shape: Shape, index: object) -> int | None:
    position = index.constant if isinstance(index, Plain) else index
    if shape.dims is None or type(position) is not int or not -len(shape.dims) <= position < len(shape.dims):
        return None
    return shape.dims[position]


def dimension(self: Evaluator, node: ast.Subscript, shape: Shape, index: object) -> Value:
    """``x.get_shape()[1]``: noted, so that what is made of it can be written with the number."""
    known, statement = _known(shape, index), self.statement
    self.dimensions[node] = known
    at = statement if known is not None and not self.depth else None
    self.replacements[node] = lambda r: r.dimension(node) if at is None or at.moves else str(known)
    return Plain(known) if known is not None else Plain()


def needed(self: Evaluator, nodes: list[ast.expr]) -> dict[ast.AST, int]:
    """The dimensions of tensors in expressions that decide what a variable looks like.

    Raises:
      Refusal: one of them is not known.
    """
    found = {}
    for node in _behind(self, nodes):
        if node in self.dimensions:
            known = self.dimensions[node]
            if known is None:
                raise Refusal(
                    node, "the shape of a variable is that of a tensor, and not known before the program runs"
                )
            found[node] = known
    return found


def of_variable(self: Evaluator, node: ast.Call, shape: Shape, name: str) -> Value:
    """``v.get_shape().as_list()`` and its like, which a variable of Keras has not."""
    assert isinstance(node.func, ast.Attribute)
    dims, variable = node.func.value, shape.of
    if name == "as_list":
        self.replacements[node] = lambda r: f"list({r.text(dims)})"
        return shape
    if name != "num_elements":
        raise Refusal(node, f"`.{name}()` of the shape of a variable is used")
    self.replacements[node] = lambda r: f"int({r.tf('tf.size')}({r.text(variable)}))"
    return Plain()


def _behind(self: Evaluator, nodes: list[ast.expr]) -> Iterator[ast.AST]:
    """All nodes in expressions, and in those that locals of the function that is read stand for."""
    known = self.frames[-1].locals if self.frames else {}
    todo, seen = list(nodes), set()
    while todo:
        for node in ast.walk(todo.pop()):
            yield node
            behind = known.get(node.id) if isinstance(node, ast.Name) else None
            if behind is not None and behind not in seen:
                seen.add(behind)
                todo.append(behind)


__all__ = ["dimension", "needed", "of", "of_call", "of_layer", "of_operation", "with_shape"]
