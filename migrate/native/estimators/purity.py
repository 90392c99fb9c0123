"""TensorFlow 1 called a ``model_fn`` anew for every ``train``, ``evaluate`` and ``predict``; it is called once now. Nobody must notice."""

from __future__ import annotations

import ast

from ..draft import Draft
from ..refusal import Refusal

_BUILTINS = frozenset(
    {
        "len",
        "int",
        "float",
        "range",
        "list",
        "dict",
        "zip",
        "enumerate",
        "sum",
        "max",
        "min",
        "str",
        "isinstance",
        "tuple",
    }
    | {"sorted", "bool", "abs", "round", "map", "set", "hasattr", "getattr", "reversed"}
)
# what the three graphs collect differs; variables and updates do not
_COLLECTING = frozenset({"tf.losses.get_total_loss", "tf.losses.get_losses", "tf.get_collection_ref"})
_SAME = frozenset({"UPDATE_OPS", "TRAINABLE_VARIABLES", "GLOBAL_VARIABLES", "REGULARIZATION_LOSSES"})


def check(draft: Draft, function: ast.FunctionDef, seen: frozenset[str] = frozenset()) -> None:
    """No function that builds the graph may do anything else.

    Raises:
      Refusal: one of them prints, draws random numbers of NumPy, or reads what changes.
    """
    functions = {n.name: n for n in draft.module.tree.body if isinstance(n, ast.FunctionDef)}
    classes = {n.name for n in draft.module.tree.body if isinstance(n, ast.ClassDef)}
    for node in ast.walk(function):
        if isinstance(node, (ast.Global, ast.Nonlocal, ast.Try, ast.While)):
            raise Refusal(node, "a model_fn does more than building its graph")
        if not isinstance(node, ast.Call):
            continue
        name = draft.context.tf_name(node.func)
        if name is not None:
            _check_tf(node, name)
        elif isinstance(node.func, ast.Name) and node.func.id in functions and node.func.id not in seen:
            check(draft, functions[node.func.id], seen | {node.func.id})
        elif isinstance(node.func, ast.Name) and node.func.id not in {*functions, *classes, *_BUILTINS}:
            raise Refusal(node, f"`{node.func.id}` is called whenever a model_fn builds its graph")
        elif "random" in ast.unparse(node.func):
            raise Refusal(node, "a model_fn draws random numbers in Python whenever it builds its graph")
    _globals(draft, function)


def _check_tf(node: ast.Call, name: str) -> None:
    if name.startswith("tf.logging."):
        raise Refusal(node, "a model_fn logs whenever it builds its graph")
    if name in _COLLECTING:
        raise Refusal(node, "what a graph has collected depends on the mode", "add the losses up by name")
    if name == "tf.get_collection" and not (node.args and ast.unparse(node.args[0]).rsplit(".", 1)[-1] in _SAME):
        raise Refusal(node, "what a graph has collected depends on the mode")


def _globals(draft: Draft, function: ast.FunctionDef) -> None:
    """Names of the module that are bound more than once may have changed between two graphs."""
    own = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
    read = {n.id: n for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    for name, node in read.items():
        if name in own or draft.context.tf_name(node) is not None:
            continue
        made = [
            n
            for b in draft.module.tree.body
            if not isinstance(b, (ast.FunctionDef, ast.ClassDef))
            for n in ast.walk(b)
            if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store)
        ]
        declared = any(isinstance(n, ast.Global) and name in n.names for n in ast.walk(draft.module.tree))
        if len(made) > 1 or declared:
            raise Refusal(node, f"`{name}` may change between two graphs of a model_fn")


def counts(function: ast.FunctionDef) -> None:
    """Training stops by the step counter, so the training operation must count.

    Raises:
      Refusal: no step is counted.
    """
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            given = [k.value for k in node.keywords if k.arg == "global_step"]
            given += node.args[1:2] if node.func.attr in ("minimize", "apply_gradients") else []
            if given and node.func.attr in ("minimize", "apply_gradients"):
                return
    raise Refusal(function, "the training operation does not count steps, so that training would not end")
