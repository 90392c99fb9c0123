"""What is lifted statement by statement and would still compute something else: gathered rows, averages of batch normalization."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .context import Context, Region
from .refusal import Refusal
from .values import State, Train, Value, leaves
from .vocabulary import optimizers

if TYPE_CHECKING:
    from .plan import Function, Plan

# functions whose gradient by their first argument holds rows only
_GATHERS = frozenset(
    f"tf.{name}"
    for name in (
        *("gather", "nn.embedding_lookup", "nn.embedding_lookup_sparse", "nn.nce_loss", "nn.sampled_softmax_loss"),
        *("gather_nd", "contrib.layers.embedding_lookup_unique"),
    )
)


def note_gathered(name: str, values: list[Value]) -> None:
    """Mark variables whose gradient is a set of rows."""
    if name in _GATHERS:
        first = values[:2] if name.endswith("_loss") else values[:1]
        for leaf in (leaf for value in first for leaf in leaves(value)):
            if isinstance(leaf, State):
                leaf.gathered = True


def rows(context: Context, train: Train, states: list[State]) -> bool:
    """Whether gradients must be made dense before an optimizer sees them.

    Raises:
      Refusal: TensorFlow 1 changed the gathered rows only, and Keras changes all.
    """
    if not any(s.gathered for s in states):
        return False
    name = context.tf_name(train.optimizer.node.func)
    if name in optimizers.DENSE_ONLY:
        raise Refusal(train.node, f"`{name}` changed only the rows that were looked up; Keras changes all of them")
    return name in optimizers.SUMMED_FIRST


def check_averages(region: Region, plan: Plan) -> None:
    """Keras moves the averages of a batch normalization whenever it is called with ``training=True``, TensorFlow 1 when told to.

    Raises:
      Refusal: the program does not tell, or calls it so without training.
    """
    norms = [s for s in region.states if s.row is not None and "BatchNorm" in s.row.new]
    for norm in norms:
        if not region.updates and not _in_place(norm):
            raise Refusal(
                norm.node,
                "the averages of this batch normalization are never updated: UPDATE_OPS is not run",
                "run tf.get_collection(tf.GraphKeys.UPDATE_OPS) with the training operation, if that was meant",
            )
        for function in plan.functions:
            if norm.scoped in function.touched and not function.trains and _training(norm, function) != "False":
                raise Refusal(norm.node, "a batch normalization may be in training mode in a run that does not train")


def _in_place(norm: State) -> bool:
    given = _keyword(norm.node, "updates_collections")
    return isinstance(given, ast.Constant) and given.value is None


def _training(norm: State, function: Function) -> str:
    """The text of its training flag in a function; "?" where it is not known."""
    if norm.flags:
        texts = {function.constants.get(flag, "?") for flag in norm.flags}
        return texts.pop() if len(texts) == 1 else "?"
    flag = _keyword(norm.node, "training") or _keyword(norm.node, "is_training")
    if flag is None:
        contrib = norm.row is not None and "is_training" in norm.row.old
        return "True" if contrib else "False"
    if isinstance(flag, ast.Constant):
        return repr(flag.value)
    if isinstance(flag, ast.Name):
        return function.constants.get(flag.id, "?")
    return function.constants.get(ast.unparse(flag), "?")


def _keyword(node: ast.AST, name: str) -> ast.expr | None:
    assert isinstance(node, ast.Call)
    return next((k.value for k in node.keywords if k.arg == name), None)


def check_names(region: Region) -> None:
    """Names of variables may only be read where they are still those of TensorFlow 1.

    Raises:
      Refusal: they are not.
    """
    if region.names_read and not all(s.exact_name for s in region.states if s.kind != "object"):
        raise Refusal(
            region.names_read[0], "the program reads names of variables, which layers and objects give otherwise now"
        )
