"""Calls of contrib and slim that stand for several layers, written as these; and what an ``arg_scope`` adds to a call."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .refusal import Refusal
from .rows import Row

_NORMALIZED = ("tf.contrib.layers.batch_norm", "tf.contrib.layers.layer_norm")
_SLIM = "tf.contrib.slim."
_FUNCTIONS = ("normalizer_fn", "normalizer_params", "activation_fn")
_BIASES = ("biases_initializer", "biases_regularizer")


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What one call stands for.

    Attributes:
      call: calls inside calls, each of which a row describes. Their arguments are nodes of the program.
      names: full TensorFlow 1 names of functions in it that the program does not write.
    """

    call: ast.Call
    names: Mapping[ast.expr, str] = field(default_factory=dict)


def unfold(
    call: ast.Call,
    name: str,
    row: Row,
    tf_name: Callable[[ast.expr], str | None],
    resolve: Callable[[ast.expr], ast.expr | None] = lambda node: node,
) -> Unfolded | None:
    """``slim.conv2d(x, 8, 3, normalizer_fn=slim.batch_norm)`` as ``relu(batch_norm(conv2d(x, 8, 3, …)))``; None if it stands for itself.

    Args:
      call: the call.
      name: its full name.
      row: the row of that name.
      tf_name: the full name of an expression, if it is one of TensorFlow's.
      resolve: the expression that a name in ``normalizer_params`` was bound to.

    Raises:
      Refusal: the normalizer or the activation is no function of TensorFlow, or its parameters are not known.
    """
    bound = _given(call, row)
    normalizer = _present(bound.get("normalizer_fn"))
    is_norm = name.replace(_SLIM, "tf.contrib.layers.") in _NORMALIZED
    activation = bound.get("activation_fn")
    if normalizer is None and not (is_norm and _present(activation) is not None):
        return None
    if normalizer is None:
        inner = _without(call, row, _FUNCTIONS)
    else:
        layer = _without(call, row, (*_FUNCTIONS, *_BIASES))
        layer.keywords += [_keyword(call, "activation_fn", None), _keyword(call, "biases_initializer", None)]
        inner = _normalized(call, bound, layer, normalizer, tf_name, resolve)
    if activation is None and "activation" in row.added:
        function: ast.expr = ast.copy_location(ast.Name("activation", ast.Load()), call)
        names = {function: "tf.nn." + row.added["activation"].strip('"')}
        return Unfolded(ast.copy_location(ast.Call(function, [inner], []), call), names)
    if _present(activation) is None or activation is None:
        return Unfolded(inner)
    if tf_name(activation) is None:
        raise Refusal(activation, "an activation after a normalizer is no function of TensorFlow")
    return Unfolded(ast.copy_location(ast.Call(activation, [inner], []), call))


def _normalized(
    call: ast.Call,
    bound: Mapping[str, ast.expr],
    inner: ast.Call,
    normalizer: ast.expr,
    tf_name: Callable[[ast.expr], str | None],
    resolve: Callable[[ast.expr], ast.expr | None],
) -> ast.Call:
    """The normalizer around a layer, with its parameters and a name of its own."""
    found = tf_name(normalizer)
    if found is None or found.replace(_SLIM, "tf.contrib.layers.") not in _NORMALIZED:
        raise Refusal(normalizer, "a normalizer other than batch_norm or layer_norm is not lifted")
    keywords = []
    parameters = _present(bound.get("normalizer_params"))
    if parameters is not None:
        table = resolve(parameters)
        if not isinstance(table, ast.Dict) or not all(isinstance(k, ast.Constant) for k in table.keys):
            raise Refusal(parameters, "the parameters of a normalizer are not a dictionary with literal keys")
        keywords = [
            ast.keyword(str(k.value), v)
            for k, v in zip(table.keys, table.values, strict=True)
            if isinstance(k, ast.Constant)
        ]
    scope = bound.get("scope")
    if isinstance(scope, ast.Constant) and isinstance(scope.value, str):
        keywords.append(_keyword(call, "scope", f"{scope.value}_{found.rsplit('.', 1)[-1]}"))
    if _present(bound.get("reuse")) is not None:
        keywords.append(ast.keyword("reuse", bound["reuse"]))
    return ast.copy_location(ast.Call(normalizer, [inner], keywords), call)


def with_defaults(call: ast.Call, row: Row, defaults: Mapping[str, ast.expr]) -> ast.Call:
    """The call with what open ``arg_scope`` blocks give to its function, where it does not say it itself.

    Raises:
      Refusal: the call passes * or **.
    """
    given = _given(call, row)
    added = [ast.keyword(name, value) for name, value in defaults.items() if name in row.old and name not in given]
    if not added:
        return call
    return ast.copy_location(ast.Call(call.func, list(call.args), [*call.keywords, *added]), call)


def _given(call: ast.Call, row: Row) -> dict[str, ast.expr]:
    if any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords):
        raise Refusal(call, "arguments are passed through * or **", "write them out")
    return dict(zip(row.old, call.args, strict=False)) | {str(k.arg): k.value for k in call.keywords}


def _without(call: ast.Call, row: Row, names: tuple[str, ...]) -> ast.Call:
    """The call with some parameters left out; those that followed them by position get their keyword."""
    bound = _given(call, row)
    kept: list[ast.expr] = []
    keywords: list[ast.keyword] = []
    for position, (name, node) in enumerate(bound.items()):
        if name in names:
            continue
        if position < len(call.args) and not keywords and row.old[len(kept)] == name:
            kept.append(node)
        else:
            keywords.append(ast.keyword(name, node))
    return ast.copy_location(ast.Call(call.func, kept, keywords), call)


def _present(node: ast.expr | None) -> ast.expr | None:
    return None if isinstance(node, ast.Constant) and node.value is None else node


def _keyword(at: ast.AST, name: str, value: str | None) -> ast.keyword:
    return ast.keyword(name, ast.copy_location(ast.Constant(value), at))
