"""``tf.metrics`` of TensorFlow 1.15 and the streaming metrics of contrib, as metrics of Keras.

TensorFlow 1 gave a pair: the value so far, and the operation that counts one batch. The object of Keras has ``result()`` for the first and
``update_state(…)`` for the second; `rewrite` gives the source of both parts.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace

from .. import calls
from ..refusal import Refusal
from ..rows import Row

_COLLECTIONS = dict.fromkeys(("metrics_collections", "updates_collections"), "a metric goes to a collection")
_REST = ("metrics_collections", "updates_collections", "name")
_AVERAGING = ("tf.keras.metrics.MeanSquaredError", "tf.keras.metrics.MeanAbsoluteError")
_ATOMS = (ast.Name, ast.Attribute, ast.Subscript, ast.Call)
_ELEMENTWISE = "its weights belong to elements, and those of Keras to examples"


def rewrite(call: ast.Call, row: Row, text: calls.Text, tf: calls.Spelling) -> tuple[str, str]:
    """The source that makes the metric ("tf.keras.metrics.Mean()"), and the arguments of ``update_state`` ("(loss)").

    Raises:
      Refusal: no form is known to compute the same.
    """
    bound = calls.bind(call, row)
    made = calls.rewrite_layer(call, row, text, tf)[0]
    values = [_of_elements(bound[n], text, row) for n in row.call if n in bound and n != "weights"]
    weights = bound.get("weights")
    if weights is not None and ast.unparse(weights) != "None":
        values.append(f"sample_weight={text(weights)}")
    return made, f"({', '.join(values)})"


def _of_elements(node: ast.expr, text: calls.Text, row: Row) -> str:
    """An argument; with one more axis where Keras would average the last one, so that each element counts as in TensorFlow 1."""
    if row.new not in _AVERAGING:
        return text(node)
    found = text(node)
    return f"{found if isinstance(node, _ATOMS) else f'({found})'}[..., None]"


def _metric(new: str, old: str, constructor: tuple[str, ...] = (), elementwise: bool = False) -> Row:
    """A row of ``old`` in the order of tf.metrics, where weights come last before ``constructor``'s or the collections."""
    names = tuple(old.split())
    return Row(
        f"tf.keras.metrics.{new}",
        (*names, *_REST),
        constructor,
        {"name": "name"},
        refused={**_COLLECTIONS, **({"weights": _ELEMENTWISE} if elementwise else {})},
        harmless=dict.fromkeys((*_COLLECTIONS, "weights"), ("None",)),
        call=tuple(n for n in names if n not in constructor),
        kind="metric",
    )


_PAIR = "labels predictions weights"


def _boolean(new: str) -> Row:
    """A count of what is true: TensorFlow 1 takes every prediction but zero as such, Keras those above a threshold."""
    return replace(_metric(new, _PAIR), added={"thresholds": "0.0"})


def _area(bound: Mapping[str, ast.expr]) -> Row:
    """Keras interpolates the receiver operating characteristic by trapezoids, and other curves in its own way."""
    method = ast.unparse(bound["summation_method"]) if "summation_method" in bound else "'trapezoidal'"
    curve = ast.unparse(bound["curve"]) if "curve" in bound else "'ROC'"
    if (curve, method) not in (("'ROC'", "'trapezoidal'"), ("'PR'", "'careful_interpolation'")):
        raise Refusal(next(iter(bound.values()), None), "Keras takes this area under the curve by other sums")
    return _AUC


_AUC = Row(
    "tf.keras.metrics.AUC",
    (
        "labels",
        "predictions",
        "weights",
        "num_thresholds",
        *_REST[:2],
        "curve",
        "name",
        "summation_method",
        "thresholds",
    ),
    ("num_thresholds", "curve"),
    {"name": "name"},
    dropped=frozenset({"summation_method"}),
    refused={**_COLLECTIONS, "thresholds": "Keras adds thresholds at both ends"},
    harmless=dict.fromkeys((*_COLLECTIONS, "thresholds"), ("None",)),
    call=("labels", "predictions", "weights"),
    kind="metric",
)
_METRICS = {
    "mean": _metric("Mean", "values weights"),
    "accuracy": _metric("Accuracy", _PAIR),
    "precision": _boolean("Precision"),
    "recall": _boolean("Recall"),
    "true_positives": _boolean("TruePositives"),
    "true_negatives": _boolean("TrueNegatives"),
    "false_positives": _boolean("FalsePositives"),
    "false_negatives": _boolean("FalseNegatives"),
    "mean_squared_error": _metric("MeanSquaredError", _PAIR, elementwise=True),
    "mean_absolute_error": _metric("MeanAbsoluteError", _PAIR, elementwise=True),
    "root_mean_squared_error": _metric("RootMeanSquaredError", _PAIR, elementwise=True),
    "mean_iou": _metric("MeanIoU", "labels predictions num_classes weights", ("num_classes",)),
    "auc": replace(_AUC, chosen=_area),
}


def _streaming(name: str) -> Row:
    """The row of contrib's metric, where predictions come first."""
    row = _METRICS[name]
    swap = {"labels": "predictions", "predictions": "labels"}
    return replace(row, old=tuple(swap.get(n, n) for n in row.old))


_IN_CONTRIB = [n for n in _METRICS if n != "auc"]

ROWS: dict[str, Row] = {
    **{f"tf.metrics.{name}": row for name, row in _METRICS.items()},
    **{
        f"tf.contrib.{space}.streaming_{name}": _streaming(name)
        for space in ("metrics", "slim.metrics")
        for name in _IN_CONTRIB
    },
}
