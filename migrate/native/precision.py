"""Layers of Keras compute in float32 whatever they are given; those of TensorFlow 1 computed in the precision of their input."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from .environment import key_of
from .refusal import Refusal

if TYPE_CHECKING:
    from .evaluate import Evaluator
    from .plan import Plan

_OTHER = re.compile(r"(float32|float16|half|u?int\d+|bool|string)['\"]?$")
_DOUBLE = re.compile(r"(float64|double|\.dtype)['\"]?$")
_SHAPING = frozenset({"reshape", "transpose", "copy", "ravel", "flatten", "squeeze"})
_DEPTH = 10


def check(plan: Plan) -> None:
    """No layer may be given numbers of double precision.

    Raises:
      Refusal: one is, or may be.
    """
    for function in plan.functions:
        layers = [s for s in function.touched.values() if s.kind == "layer"]
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
