"""Input functions become data sets: ``numpy_input_fn`` makes batches of arrays, one row after another or from a buffer of shuffled rows."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ..context import Context
from ..draft import Draft
from ..environment import Environment
from ..precision import is_double
from ..refusal import Refusal
from ..statements import Statement
from ..values import Plain
from .uses import Estimator, Features, bound, names_of

if TYPE_CHECKING:
    from ..evaluate import Evaluator

_NUMPY = "tf.estimator.inputs.numpy_input_fn"
_PARAMETERS = ("x", "y", "batch_size", "num_epochs", "shuffle", "queue_capacity", "num_threads")
_WIDTH = 100


def rewrite(draft: Draft, estimator: Estimator) -> Features:
    """Put data sets where the input functions of an estimator are made, and tell what elements they have.

    Raises:
      Refusal: an input function is not understood.
    """
    names = dict.fromkeys(_name(use.given["input_fn"]) for use in estimator.uses)
    found: dict[Features, ast.expr] = {}
    for name in names:
        for call, features in _made(draft, name):
            found.setdefault(features, call)
            labelled = not _is_none(bound(call, _PARAMETERS).get("y"))
            if not labelled:
                raise Refusal(call, "an input function gives no labels")
        _rename(draft, name)
    if not found:
        raise Refusal(estimator.node, "nothing trains, evaluates or uses this estimator")
    if len(found) > 1:
        raise Refusal([*found.values()][1], "an estimator is given features of several forms")
    return next(iter(found))


def _name(node: ast.expr) -> str:
    if not isinstance(node, ast.Name):
        raise Refusal(
            node, "an input function is not made by numpy_input_fn", "iterate over its data set in a training loop"
        )
    return node.id


def _made(draft: Draft, name: str) -> list[tuple[ast.Call, Features]]:
    """The calls that make an input function, with their new text put in place."""
    found = []
    for node in names_of(draft.module.tree, name):
        parent = draft.context.parents[node]
        if isinstance(node.ctx, ast.Store):
            value = parent.value if isinstance(parent, ast.Assign) and parent.targets == [node] else None
            if not isinstance(value, ast.Call) or draft.context.tf_name(value.func) != _NUMPY:
                raise Refusal(
                    node, f"`{name}` is not made by numpy_input_fn", "iterate over its data set in a training loop"
                )
            found.append((value, _dataset(draft, value)))
        elif not isinstance(parent, (ast.Call, ast.keyword)):
            raise Refusal(node, "an input function goes where it is not followed")
    return found


def _dataset(draft: Draft, node: ast.Call) -> Features:
    """Write the data set of one ``numpy_input_fn``."""
    given = bound(node, _PARAMETERS)
    x, shuffle, epochs = given.get("x"), _constant(given.get("shuffle")), _constant(given.get("num_epochs"), 1)
    if x is None or not isinstance(shuffle, bool) or not (epochs is None or isinstance(epochs, int)):
        raise Refusal(node, "what numpy_input_fn is given is not known before the program runs")
    if _constant(given.get("num_threads"), 1) != 1:
        raise Refusal(node, "several threads fill a queue, so that the order of batches is open")
    if is_double(_names(draft, x), x):
        raise Refusal(
            x,
            "features may have double precision, in which layers of Keras do not compute",
            "convert the data with .astype(np.float32) where it is made",
        )
    steps = []
    if epochs != 1:
        steps.append("repeat()" if epochs is None else f"repeat({epochs})")
    if shuffle:
        steps.append(f"shuffle({_text(draft, given.get('queue_capacity'), '1000')})")
    steps.append(f"batch({_text(draft, given.get('batch_size'), '128')})")
    data = f"({_text(draft, x, '')}, {_text(draft, given.get('y'), '')})"
    draft.replace(node, _chain(draft, node, data, steps))
    return Features(_keys(x))


def _chain(draft: Draft, node: ast.Call, data: str, steps: list[str]) -> str:
    """The data set on one line, or a step a line."""
    start = f"{draft.context.prefix}.data.Dataset.from_tensor_slices({data})"
    text = ".".join([start, *steps])
    if node.col_offset + len(text) <= _WIDTH:
        return text
    line = draft.layout.lines[node.lineno - 1]
    pad = "\n" + " " * (len(line) - len(line.lstrip()))
    inner = pad + " " * draft.layout.unit
    return f"({inner}{start}{''.join(f'{inner}.{step}' for step in steps)}{pad})"


def _keys(x: ast.expr) -> tuple[str, ...] | None:
    if not isinstance(x, ast.Dict):
        return None
    keys = [k.value if isinstance(k, ast.Constant) else None for k in x.keys]
    if not all(isinstance(k, str) for k in keys):
        raise Refusal(x, "the names of features are not literals")
    return tuple(sorted(str(k) for k in keys))


def _text(draft: Draft, node: ast.expr | None, default: str) -> str:
    return default if node is None else draft.text(node)


def _constant(node: ast.expr | None, default: object = None) -> object:
    if node is None:
        return default
    return node.value if isinstance(node, ast.Constant) else ast.unparse(node)


def _is_none(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


def _rename(draft: Draft, name: str) -> None:
    """``train_input_fn`` is a data set now, and is called so."""
    wanted = name.removesuffix("_fn").removesuffix("_input").removesuffix("input") + "_dataset"
    wanted = wanted.lstrip("_") if not name.startswith("_") else wanted
    if names_of(draft.module.tree, wanted) or draft.context.prefix == wanted:
        raise Refusal(None, f"the name `{wanted}` is taken, which a data set would have")
    for node in names_of(draft.module.tree, name):
        draft.renamed[node] = wanted


# -- what arrays are ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Names:
    """The assignments that are seen from one place, as `is_double` asks for them."""

    context: Context
    environment: Environment


def _names(draft: Draft, node: ast.expr) -> Evaluator:
    """The names around an expression: those of its function hide those of the module."""
    here: ast.AST = node
    while here in draft.context.parents and not isinstance(here, ast.FunctionDef):
        here = draft.context.parents[here]
    outer = Environment()
    _bind(draft.module.tree.body, outer)
    inner = Environment(outer=outer)
    if isinstance(here, ast.FunctionDef):
        for argument in ast.walk(here.args):
            if isinstance(argument, ast.arg):
                inner.bind(argument.arg, Plain(), None)
        _bind(here.body, inner)
    return cast("Evaluator", _Names(draft.context, inner))


def _bind(body: list[ast.stmt], environment: Environment) -> None:
    """Note all assignments; two of one name make it unknown."""
    statements = [n for b in body for n in _walk(b) if isinstance(n, ast.stmt)]
    for index, statement in enumerate(statements):
        for name, value in _assigned(statement):
            twice = name in environment.names
            made = ast.Assign([ast.Name(name)], value) if value is not None and not twice else statement
            environment.bind(name, Plain(), Statement(made, index))


def _walk(node: ast.AST) -> list[ast.AST]:
    """A statement and what is in it, without the insides of definitions."""
    found = [node]
    if not isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
        for child in ast.iter_child_nodes(node):
            found += _walk(child)
    return found


def _assigned(statement: ast.stmt) -> list[tuple[str, ast.expr | None]]:
    """The names that a statement binds, and what to; None where that is not known."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
        if isinstance(target, ast.Name):
            return [(target.id, value)]
        if isinstance(target, ast.Tuple) and all(isinstance(e, ast.Name) for e in target.elts):
            return [(e.id, _part(value, i)) for i, e in enumerate(target.elts) if isinstance(e, ast.Name)]
    return [(n.id, None) for n in _walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]


def _part(value: ast.expr, index: int) -> ast.expr | None:
    """One of several arrays that a call gives, as far as its type goes."""
    if isinstance(value, ast.Tuple) and index < len(value.elts):
        return value.elts[index]
    name = ast.unparse(value.func) if isinstance(value, ast.Call) else ""
    if isinstance(value, ast.Call) and name in ("np.split", "numpy.split") and value.args:
        return value.args[0]
    if isinstance(value, ast.Call) and name.endswith("train_test_split") and index // 2 < len(value.args):
        return value.args[index // 2]
    return None
