"""``tf.losses`` of TensorFlow 1.15: the mean over all elements whose weight is not zero, as a loss of Keras where that is the same.

All of these add to the collection that ``tf.losses.get_total_loss`` sums up, unless `collected` says otherwise.
Write such a call with `rewrite`: weights and reductions decide about its form.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .. import calls
from ..refusal import Refusal
from ..rows import Row

_MEAN, _SUM, _NONE, _BATCH = "mean", "sum", "none", "batch"
_REDUCTIONS = {
    "SUM": _SUM,
    "NONE": _NONE,
    "MEAN": _MEAN,
    "SUM_OVER_BATCH_SIZE": _BATCH,
    "SUM_BY_NONZERO_WEIGHTS": "",
    "SUM_OVER_NONZERO_WEIGHTS": "",
    "weighted_sum": _SUM,
    "none": _NONE,
    "weighted_mean": _MEAN,
    "weighted_sum_over_batch_size": _BATCH,
    "weighted_sum_by_nonzero_weights": "",
}


@dataclass(frozen=True, slots=True)
class LossRow(Row):
    """A loss.

    Attributes:
      elements: source of the losses one by one, with parameters of TensorFlow 1 in braces; "" if there is none.
      defaults: source of what ``elements`` names and a program may leave out.
    """

    elements: str = ""
    defaults: tuple[tuple[str, str], ...] = ()


def collected(call: ast.Call, row: Row) -> bool:
    """Whether a loss is one of those that ``tf.losses.get_total_loss()`` adds up.

    Raises:
      Refusal: it goes to a collection of the program.
    """
    given = calls.bind(call, row).get("loss_collection")
    if given is None or ast.unparse(given) == "tf.GraphKeys.LOSSES":
        return True
    if isinstance(given, ast.Constant) and given.value is None:
        return False
    raise Refusal(given, "a loss goes to a collection of the program's own")


def rewrite(
    call: ast.Call, row: LossRow, text: calls.Text, tf: calls.Spelling, data: Callable[[ast.expr], bool] | None = None
) -> str:
    """The source that computes the same loss; its arguments are those of `calls.rewrite`.

    Raises:
      Refusal: no form is known to compute the same.
    """
    bound = calls.bind(call, row)
    reduction = _reduction(bound.get("reduction"))
    weights = bound.get("weights")
    factor = _factor(weights)
    if factor is not None:
        weights = None
        factor = "" if reduction == _MEAN else factor
    if row.new and not reduction and weights is None:
        made = calls.rewrite_layer(call, row, text, tf)[0]
        inputs = (_argument(bound, name, row, text, tf, data) for name in row.call[:2])
        return f"{factor or ''}{made}({', '.join(inputs)})"
    return (factor or "") + _elementwise(call, row, bound, reduction, weights, text, tf, data)


def _elementwise(
    call: ast.Call,
    row: LossRow,
    bound: dict[str, ast.expr],
    reduction: str,
    weights: ast.expr | None,
    text: calls.Text,
    tf: calls.Spelling,
    data: Callable[[ast.expr], bool] | None,
) -> str:
    smoothing = bound.get("label_smoothing")
    if not row.elements or (smoothing is not None and ast.unparse(smoothing) not in ("0", "0.0")):
        raise Refusal(call, "this loss has no counterpart with these weights, this reduction or label smoothing")
    names = {**dict(row.defaults), **{n: _argument(bound, n, row, text, tf, data) for n in bound}}
    try:
        elements = _spelled(row.elements, tf).format_map(names)
    except KeyError as missing:
        raise Refusal(call, f"{missing} of a loss is not given") from None
    if weights is None:
        function = {_NONE: "", _SUM: "tf.reduce_sum"}.get(reduction, "tf.reduce_mean")
        return f"{tf(function)}({elements})" if function else f"({elements})"
    given = text(weights)
    if not reduction:
        return f"weighted_mean({elements}, {given})"
    if reduction == _MEAN:
        raise Refusal(weights, "the mean of a loss is taken over the sum of its weights")
    function = {_NONE: "", _SUM: "tf.reduce_sum"}.get(reduction, "tf.reduce_mean")
    return f"{tf(function) if function else ''}({elements} * {given})"


def _argument(
    bound: dict[str, ast.expr],
    name: str,
    row: LossRow,
    text: calls.Text,
    tf: calls.Spelling,
    data: Callable[[ast.expr], bool] | None,
) -> str:
    """One argument as it stands inside an expression or a call."""
    node = bound[name]
    simple = isinstance(node, (ast.Name, ast.Constant, ast.Attribute, ast.Call, ast.Subscript))
    found = text(node) if simple or name in row.call[:2] else f"({text(node)})"
    stopped = name in row.convert and data is not None and not data(node)
    return f"{tf('tf.stop_gradient')}({found})" if stopped else found


def _factor(weights: ast.expr | None) -> str | None:
    """``weights=2.0`` as the text of a factor; None when weights are no such literal, "" when they are one."""
    if weights is None:
        return ""
    value = weights.value if isinstance(weights, ast.Constant) else None
    if not isinstance(value, (int, float)) or isinstance(value, bool) or value == 0:
        return None
    return "" if value == 1 else f"{value!r} * "


def _reduction(node: ast.expr | None) -> str:
    """What is done with the losses: "" for the mean over those with a weight."""
    if node is None:
        return ""
    name = node.attr if isinstance(node, ast.Attribute) else node.value if isinstance(node, ast.Constant) else None
    found = _REDUCTIONS.get(str(name))
    if found is None:
        raise Refusal(node, "this reduction of a loss is not a literal")
    return found


def _spelled(text: str, tf: calls.Spelling) -> str:
    return re.sub(r"\btf\.\w[\w.]*", lambda match: tf(match[0]), text)


_REST = ("scope", "loss_collection", "reduction")


def _loss(new: str, old: str, elements: str, defaults: tuple[tuple[str, str], ...] = (), stop: str = "") -> LossRow:
    """A row; the first two names of ``old`` are labels and predictions."""
    names = tuple(old.split())
    constructor = tuple(n for n in names if n in ("label_smoothing", "delta"))
    return LossRow(
        f"tf.keras.losses.{new}" if new else "",
        (*names, *_REST),
        constructor,
        {},
        {"from_logits": "True"} if "Crossentropy" in new else {},
        frozenset({"scope", "loss_collection"}),
        convert={stop: "{}"} if stop else {},
        call=(*(n for n in names if n not in constructor), "reduction"),
        kind="loss",
        elements=elements,
        defaults=defaults,
    )


_XENT = "_cross_entropy_with_logits(labels={labels}, logits={logits})"
_LABELS = "tf.cast({labels}, tf.float32)"
_LOG = (
    f"-{_LABELS} * tf.math.log({{predictions}} + {{epsilon}})"
    f" - (1.0 - {_LABELS}) * tf.math.log(1.0 - {{predictions}} + {{epsilon}})"
)
_COSINE = "1.0 - tf.reduce_sum({labels} * {predictions}, axis={axis}, keepdims=True)"

_LOSSES = {
    "mean_squared_error": _loss(
        "MeanSquaredError", "labels predictions weights", f"tf.math.squared_difference({{predictions}}, {_LABELS})"
    ),
    "absolute_difference": _loss(
        "MeanAbsoluteError", "labels predictions weights", f"tf.abs({{predictions}} - {_LABELS})"
    ),
    "huber_loss": _loss("Huber", "labels predictions weights delta", ""),
    "hinge_loss": _loss("Hinge", "labels logits weights", ""),
    "log_loss": _loss("", "labels predictions weights epsilon", _LOG, (("epsilon", "1e-7"),)),
    "cosine_distance": _loss("", "labels predictions axis weights", _COSINE),
    "sigmoid_cross_entropy": _loss(
        "BinaryCrossentropy",
        "multi_class_labels logits weights label_smoothing",
        "tf.nn.sigmoid" + _XENT.replace("{labels}", "tf.cast({multi_class_labels}, tf.float32)"),
    ),
    "softmax_cross_entropy": _loss(
        "CategoricalCrossentropy",
        "onehot_labels logits weights label_smoothing",
        "tf.nn.softmax" + _XENT.replace("{labels}", "tf.cast({onehot_labels}, tf.float32)"),
        stop="onehot_labels",
    ),
    "sparse_softmax_cross_entropy": _loss(
        "SparseCategoricalCrossentropy", "labels logits weights", "tf.nn.sparse_softmax" + _XENT
    ),
    "compute_weighted_loss": LossRow(
        "",
        ("losses", "weights", *_REST),
        dropped=frozenset({"scope", "loss_collection"}),
        call=("losses", "weights", "reduction"),
        kind="loss",
        elements="{losses}",
    ),
}

_OTHER_WEIGHTS = "weights of tf.contrib.losses are applied to sums over examples"


def _contrib(name: str) -> LossRow:
    """The row of contrib, where predictions came first and weights meant something else."""
    row = _LOSSES[name]
    labels, predictions = row.old[:2]
    rest = tuple(n for n in row.old[2:] if n not in ("reduction", "loss_collection"))
    return replace(
        row,
        old=(predictions, labels, *rest),
        refused={"weights": _OTHER_WEIGHTS},
        harmless={"weights": ("1", "1.0")},
    )


_IN_CONTRIB = [n for n in _LOSSES if n not in ("huber_loss", "hinge_loss", "compute_weighted_loss")]
_SPACES = ("losses", "slim.losses")

ROWS: dict[str, Row] = {
    **{f"tf.losses.{name}": row for name, row in _LOSSES.items()},
    **{f"tf.contrib.{space}.{name}": _contrib(name) for space in _SPACES for name in _IN_CONTRIB},
}
