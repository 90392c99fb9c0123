"""Functions whose counterpart depends on the arguments of the call: what can be read from the text decides, and the rest is refused."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace

from ..refusal import Refusal
from ..rows import Row

Bound = Mapping[str, ast.expr]
# functions of one tensor that keep its shape
_SAME_SHAPE = (
    "abs square sqrt rsqrt exp log log1p negative sign floor ceil round sigmoid tanh relu zeros_like ones_like "
    "stop_gradient identity cast to_float to_double to_int32 to_int64 is_nan is_inf is_finite logical_not"
)
# functions of one or two tensors that give truth values, and broadcast
_COMPARISONS = (
    "greater greater_equal less less_equal equal not_equal logical_and logical_or logical_xor logical_not is_nan is_inf"
    " is_finite"
)
# functions whose result is a floating-point tensor whatever they are given, or else they fail
_FLOAT = (
    "exp log log1p expm1 sqrt rsqrt sigmoid tanh softmax log_softmax softplus reduce_logsumexp to_float "
    "to_double norm l2_loss l2_normalize sin cos random_normal truncated_normal erf lgamma digamma moments"
)


def called(node: ast.expr) -> str:
    """The last name of the function of a call ("exp" of ``tf.exp(x)``), or ""."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def is_float(node: ast.expr) -> bool:
    """Whether the text shows that a tensor is of floating point."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    if isinstance(node, ast.BinOp):
        return is_float(node.left) or is_float(node.right)
    if isinstance(node, ast.UnaryOp):
        return is_float(node.operand)
    if isinstance(node, ast.Call) and called(node) == "cast" and len(node.args) > 1:
        return ast.unparse(node.args[1]).rsplit(".", 1)[-1].startswith(("float", "double"))
    if called(node).startswith("reduce_") and isinstance(node, ast.Call) and node.args:
        return called(node) in _FLOAT.split() or is_float(node.args[0])
    return called(node) in _FLOAT.split()


def division(row: Row, bound: Bound) -> Row:
    """``tf.div`` rounds down where both are integers, and no function of TensorFlow 2 does as it does."""
    if any(is_float(node) for name, node in bound.items() if name in ("x", "y")):
        return row
    raise Refusal(bound.get("x"), "`tf.div` rounds integers down, and what these are is not known", "write `/` or `//`")


def _operands(condition: ast.expr) -> list[ast.expr]:
    """What a condition compares: its shape is what theirs broadcast to."""
    if isinstance(condition, ast.Compare):
        return [condition.left, *condition.comparators]
    if isinstance(condition, ast.Call) and called(condition) in _COMPARISONS.split():
        nested = [leaf for argument in condition.args for leaf in _operands(argument)]
        return [*condition.args, *nested]
    return []


def _carriers(node: ast.expr) -> set[str]:
    """The texts of expressions that have the shape of this one for certain."""
    found = {ast.unparse(node)}
    if isinstance(node, ast.Call) and called(node) in _SAME_SHAPE.split() and node.args:
        found |= _carriers(node.args[0])
    elif isinstance(node, ast.UnaryOp):
        found |= _carriers(node.operand)
    elif isinstance(node, ast.BinOp):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(other, ast.Constant):
                found |= _carriers(one)
    return found


def selection(row: Row, bound: Bound) -> Row:
    """``tf.where`` of version 1 takes whole rows where the condition is a vector, and version 2 broadcasts it over the last dimension.

    Where the text shows that the condition has the shape of what it chooses from, both are the same; else the old kernel stays.
    """
    chosen_from = [bound[name] for name in ("x", "y") if name in bound]
    if not chosen_from:
        return row
    shapes = {
        text
        for operand in _operands(bound["condition"])
        if not isinstance(operand, ast.Constant)
        for text in _carriers(operand)
    }
    if any(shapes & _carriers(node) for node in chosen_from):
        return row
    return replace(row, new="tf.raw_ops.Select", order=(), renamed={name: name for name in row.old})


def _is_list(node: ast.expr | None) -> bool:
    return isinstance(node, (ast.ListComp, ast.GeneratorExp)) or (
        isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) > 1
    )


def partitions(row: Row, bound: Bound) -> Row:
    """Tables in several parts are dealt out row by row in version 1, and in blocks in version 2."""
    strategy = bound.get("partition_strategy")
    blocks = isinstance(strategy, ast.Constant) and strategy.value == "div"
    table = bound.get("params", bound.get("weights"))
    if not blocks and _is_list(table):
        raise Refusal(table, "a table in several parts is dealt out row by row, which TensorFlow 2 cannot")
    return row


def loop(row: Row, bound: Bound) -> Row:
    """A loop over one variable gives that variable in version 1, and a list of it in version 2.

    Its body may return the bare variable in graphs only, which is where loops are.
    """
    structure = bound.get("return_same_structure")
    if isinstance(structure, ast.Constant) and structure.value is True:
        return row
    variables = bound.get("loop_vars")
    if isinstance(variables, (ast.List, ast.Tuple)) and not any(isinstance(v, ast.Starred) for v in variables.elts):
        return replace(row, result="{}[0]") if len(variables.elts) == 1 else row
    raise Refusal(
        variables, "how many variables a loop has is not known", "write them as a list where the loop is called"
    )


def branches(row: Row, bound: Bound) -> Row:
    """Branches that return a list of one element return the element in version 1."""
    for name in ("true_fn", "false_fn", "fn1", "fn2"):
        node = bound.get(name)
        if isinstance(node, ast.Lambda) and isinstance(node.body, (ast.List, ast.Tuple)) and len(node.body.elts) == 1:
            raise Refusal(
                node, "a branch returns a list of one tensor, which version 1 unpacks", "return the tensor itself"
            )
    return row


def concatenation(row: Row, bound: Bound) -> Row:
    """Before TensorFlow 1.0 the dimension came first."""
    values = bound.get("values")
    if isinstance(values, ast.Constant) and isinstance(values.value, int):
        return replace(row, renamed={"values": "axis", "axis": "values"})
    return row


def beam(row: Row, bound: Bound) -> Row:
    """Version 1 merges repeated labels of each result, unless it is told not to."""
    merged = bound.get("merge_repeated")
    if isinstance(merged, ast.Constant) and merged.value is False:
        return row
    raise Refusal(
        merged or bound.get("inputs"), "repeated labels of the results are merged, which TensorFlow 2 does not"
    )


def pieces(row: Row, bound: Bound) -> Row:
    """Version 1 gives the pieces of strings as a sparse tensor."""
    kind = bound.get("result_type")
    if kind is None or ast.unparse(kind) == "'SparseTensor'":
        return replace(row, result="{}.to_sparse()")
    if ast.unparse(kind) == "'RaggedTensor'":
        return row
    raise Refusal(kind, "what the pieces of a string are returned as is not known")
