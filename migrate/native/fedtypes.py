"""The type of a tensor of the graph that a run feeds: what is fed gets it, as placeholders give theirs."""

from __future__ import annotations

import ast

from .context import Context, Region
from .environment import key_of
from .render import Renderer
from .values import Placeholder, State, Tensor

_DEPTH = 12
# functions that give a tensor of the type of any of their arguments that has one of floating point
_KEEPING = frozenset(
    f"tf.{name}"
    for name in (
        *(
            "add",
            "subtract",
            "multiply",
            "divide",
            "matmul",
            "exp",
            "sqrt",
            "square",
            "abs",
            "identity",
            "tanh",
            "sigmoid",
        ),
        *(
            "nn.relu",
            "nn.tanh",
            "nn.sigmoid",
            "nn.softplus",
            "nn.elu",
            "nn.softmax",
            "nn.bias_add",
            "nn.dropout",
            "add_n",
        ),
        *(
            "reshape",
            "transpose",
            "squeeze",
            "expand_dims",
            "layers.dense",
            "layers.conv2d",
            "layers.dropout",
            "layers.flatten",
        ),
        *(
            "stop_gradient",
            "reduce_mean",
            "reduce_sum",
            "maximum",
            "minimum",
            "nn.conv2d",
            "nn.max_pool",
            "nn.avg_pool",
        ),
    )
)
_DRAWS = ("tf.random_normal", "tf.random_uniform", "tf.truncated_normal", "tf.random.normal", "tf.random.uniform")


def spec(region: Region, key: str, renderer: Renderer) -> str | None:
    """The signature of a parameter that is a tensor of the graph outside; None where its type is not known."""
    binding = region.environment.find(key)
    if binding is None or type(binding.value) is not Tensor or not _is_float(renderer.context, region, key):
        return None
    return f"{renderer.tf('tf.TensorSpec')}(None, {renderer.tf('tf.float32')})"


def _is_float(context: Context, region: Region, key: str, depth: int = 0) -> bool:
    """Whether what a name stands for is known to be of float32."""
    binding = region.environment.find(key) or region.locals.get(key)
    if binding is None or depth > _DEPTH:
        return False
    if isinstance(binding.value, Placeholder):
        return binding.value.dtype.endswith("float32")
    if isinstance(binding.value, State):
        made = ast.unparse(binding.value.node)
        return "get_variable" in made and "64" not in made and "dtype" not in made
    nodes = [m.node for m in binding.makers]
    if len(nodes) != 1 or not isinstance(nodes[0], ast.Assign) or key_of(nodes[0].targets[0]) != key:
        return False
    return _of(context, region, nodes[0].value, depth + 1)


def _of(context: Context, region: Region, node: ast.expr, depth: int) -> bool:
    key = key_of(node)
    if key is not None:
        return _is_float(context, region, key, depth)
    if isinstance(node, ast.BinOp):
        return any(_of(context, region, side, depth) for side in (node.left, node.right))
    if not isinstance(node, ast.Call):
        return False
    name = context.tf_name(node.func)
    if name in _DRAWS:
        dtypes = [k.value for k in node.keywords if k.arg == "dtype"]
        return len(node.args) < 4 and all(context.tf_name(d) == "tf.float32" for d in dtypes)
    return name in _KEEPING and any(_of(context, region, a, depth) for a in node.args)
