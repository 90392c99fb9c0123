"""Layers of Keras compute in float32 unless they are told otherwise; those of TensorFlow 1 computed in the precision of their input."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from . import shapes
from .environment import key_of
from .refusal import Refusal
from .rows import Row
from .values import Placeholder, Plain, Sequence, State, Tensor, Value

if TYPE_CHECKING:
    from .context import Region
    from .evaluate import Evaluator
    from .plan import Plan

_OTHER = re.compile(r"(float32|float16|half|u?int\d+|bool|string)['\"]?$")
_DOUBLE = re.compile(r"(float64|double|\.dtype)['\"]?$")
_SHAPING = frozenset({"reshape", "transpose", "copy", "ravel", "flatten", "squeeze"})
_DEPTH = 10
# layers that compute in the precision that they are told
_TOLD = re.compile(r"^tf\.keras\.layers\.(Dense|Dropout|Flatten|Conv\dD|Conv\dDTranspose|\w*Pooling\dD)$")
_RETYPING = frozenset({"tf.cast", "tf.to_float"})


def of(value: Value) -> str:
    """Source text of the type of a tensor that may have double precision; "" for others, and where it is not known."""
    if isinstance(value, Placeholder):
        element = value.element
        types = element.iterator.types if element is not None else (value.dtype,)
        names = element.names if element is not None else [value.name]
        found = dict(zip(names, types, strict=False)).get(value.name, "") if len(types) == len(names) else ""
        return found if _DOUBLE.search(found) else ""
    return value.precision if isinstance(value, Tensor) else ""


def types(value: Value) -> tuple[str, ...]:
    """Source texts of the types of placeholders; () where others are among them."""
    items = value.items if isinstance(value, Sequence) else (value,)
    found = tuple(item.dtype for item in items if isinstance(item, Placeholder) and item.element is None)
    return found if len(found) == len(items) else ()


def of_call(name: str, found: list[Value]) -> str:
    """The type of what a call of TensorFlow gives."""
    return of(found[0]) if found and name in shapes.KEEPING - _RETYPING else ""


def of_operation(found: list[Value]) -> str:
    """The type of ``a + b``."""
    texts = {of(v) for v in found if not isinstance(v, Plain)}
    return texts.pop() if len(texts) == 1 else ""


def typed(value: Value, precision: str) -> Value:
    """A tensor together with its type."""
    return replace(value, precision=precision) if type(value) is Tensor and precision else value


def told(row: Row, bound: Mapping[str, ast.expr], inputs: Value | None) -> tuple[Row, str]:
    """The row of a layer that is told the precision of its input, and that precision; the row as it is where that is float32."""
    precision = of(inputs) if inputs is not None and "dtype" not in bound and _TOLD.match(row.new) else ""
    return (replace(row, added={**row.added, "dtype": precision}) if precision else row), precision


def reused(node: ast.AST, layer: State, precision: str) -> None:
    """A layer that is used again computes in one precision.

    Raises:
      Refusal: it is given another one.
    """
    if layer.precision != precision:
        raise Refusal(node, f"the layer `{layer.scoped}` is given numbers of another precision here")


def check(plan: Plan, region: Region) -> None:
    """No layer may be given numbers of double precision unless it is told so.

    Raises:
      Refusal: one is, or may be.
    """
    bound = [key for statement in region.statements for key in statement.defines]
    for layer in region.states:
        root = layer.precision.split(".")[0]
        if bound.count(root) > 1:
            raise Refusal(layer.node, f"a layer has the type of `{root}`, which is bound to something else later")
    for function in plan.functions:
        layers = [s for s in function.touched.values() if s.kind == "layer" and not s.precision]
        for placeholder in function.inputs.values() if layers else ():
            element = placeholder.element
            if _DOUBLE.search(placeholder.dtype) or (element is not None and element.iterator.double):
                raise Refusal(
                    placeholder.node,
                    f"`{placeholder.name}` may have double precision, in which layers of Keras do not compute",
                    "convert the data with .astype(np.float32) where it is made",
                )


def is_double(self: Evaluator, node: ast.expr, depth: int = 0) -> bool:
    """Whether an array may be of float64, NumPy's default: everything but what is seen to be of another type."""
    if isinstance(node, (ast.Tuple, ast.List)) and node.elts and not isinstance(node.elts[0], ast.Constant):
        return any(is_double(self, e, depth) for e in node.elts)
    if isinstance(node, ast.Dict):
        return any(is_double(self, v, depth) for v in node.values)
    if isinstance(node, ast.Constant) or self.context.tf_name(node) is not None:
        return isinstance(node, ast.Constant) and isinstance(node.value, float)
    if isinstance(node, ast.Subscript):
        return is_double(self, node.value, depth)
    if isinstance(node, ast.Call):
        return _of_call(self, node, depth)
    key = key_of(node)
    if key is None or depth > _DEPTH:
        return not _is_tutorial_data(self, node)
    binding = self.environment.find(key)
    made = [m.node for m in binding.makers] if binding is not None else []
    values = [m.value for m in made if isinstance(m, ast.Assign) and key_of(m.targets[0]) == key]
    return len(values) != len(made) or not values or any(is_double(self, v, depth + 1) for v in values)


def _of_call(self: Evaluator, node: ast.Call, depth: int) -> bool:
    typed = [*node.args, *(k.value for k in node.keywords if k.arg == "dtype")]
    name = ast.unparse(node.func)
    is_typed = name.endswith(".astype") or name.startswith(("np.array", "numpy.array"))
    is_typed = is_typed or any(k.arg == "dtype" for k in node.keywords)
    if is_typed and any(_OTHER.search(ast.unparse(a)) for a in typed):
        return False
    if _OTHER.search(name):  # np.float32(…)
        return False
    if self.context.tf_name(node.func) is not None:
        return "64" in ast.unparse(node)
    if isinstance(node.func, ast.Attribute) and node.func.attr in _SHAPING:
        return is_double(self, node.func.value, depth)
    return True


def _is_tutorial_data(self: Evaluator, node: ast.expr) -> bool:
    """``mnist.train.images`` of the tutorial's loader, which makes float32."""
    while isinstance(node, ast.Attribute):
        node = node.value
    binding = self.environment.find(node.id) if isinstance(node, ast.Name) else None
    return binding is not None and any(
        isinstance(n, ast.Call) and str(self.context.tf_name(n.func)).endswith("read_data_sets")
        for m in binding.makers
        for n in ast.walk(m.node)
    )
