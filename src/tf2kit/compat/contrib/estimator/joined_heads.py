"""Several heads of tf.contrib.estimator as one.

Adapted from TensorFlow 1.15's tensorflow_estimator, contrib/estimator/python/estimator/multi_head.py, Copyright 2017 The TensorFlow
Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from ..._estimator import load
from .label_metrics import trained

__all__ = ["multi_head"]

_heads = load("python.estimator.canned.head")
_PredictOutput = load("python.estimator.export.export_output").PredictOutput
_EstimatorSpec = load("python.estimator.model_fn").EstimatorSpec
_ModeKeys = load("python.estimator.mode_keys").ModeKeys
_LOSS = load("python.estimator.canned.metric_keys").MetricKeys.LOSS
_DEFAULT = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
_Head: Any = _heads._Head


def multi_head(heads: Sequence[Any], head_weights: Sequence[float] | None = None) -> Any:
    """A head of heads with names; labels are a dictionary by these names, and losses are added up, weighted if there are weights.

    Raises:
      ValueError: there are no heads, one has no name, or there are not as many weights.
    """
    if head_weights and len(head_weights) != len(heads):
        raise ValueError(
            "heads and head_weights must have the same size. "
            f"Given len(heads): {len(heads)}. Given len(head_weights): {len(head_weights)}."
        )
    if not heads:
        raise ValueError(f"Must specify heads. Given: {heads}")
    for head in heads:
        if not head.name:
            raise ValueError(f"All given heads must have name specified. Given: {head}")
    return MultiHead(tuple(heads), tuple(head_weights or ()))


class MultiHead(_Head):
    """Heads side by side; they share the logits, or have each their own in a dictionary."""

    def __init__(self, heads: tuple[Any, ...], head_weights: tuple[float, ...]) -> None:
        self._heads = heads
        self._head_weights = head_weights

    @property
    def name(self) -> str:
        """Names of all heads."""
        return "_".join(head.name for head in self._heads)

    @property
    def logits_dimension(self) -> int:
        """Width of all heads."""
        return sum(head.logits_dimension for head in self._heads)

    def create_loss(self, features: Any, mode: str, logits: Any, labels: Any) -> Any:
        """A LossSpec: the merged loss, and losses, weights and labels by head."""
        parts = self._split(logits)
        specs = {
            head.name: head.create_loss(features, mode, parts[head.name], labels[head.name]) for head in self._heads
        }
        factors = dict(zip(specs, self._head_weights, strict=True)) if self._head_weights else {}

        def weighted(name: str, value: Any) -> Any:
            return tf.multiply(value, factors[name]) if factors else value

        return _heads.LossSpec(
            training_loss=self._merged([spec.training_loss for spec in specs.values()]),
            unreduced_loss={name: weighted(name, spec.unreduced_loss) for name, spec in specs.items()},
            weights={name: weighted(name, spec.weights) for name, spec in specs.items()},
            processed_labels={name: spec.processed_labels for name, spec in specs.items()},
        )

    def create_estimator_spec(
        self,
        features: Any,
        mode: str,
        logits: Any,
        labels: Any = None,
        optimizer: Any = None,
        train_op_fn: Callable[[Any], Any] | None = None,
    ) -> Any:
        """An EstimatorSpec of all heads; ValueError for labels that are no dictionary, or unless one of both trains."""
        if labels and not isinstance(labels, dict):
            raise ValueError(f"labels must be a dict. Given: {labels}")
        parts = self._split(logits)
        specs = {
            head.name: head.create_estimator_spec(
                features=features,
                mode=mode,
                logits=parts[head.name],
                labels=labels[head.name] if labels else None,
                train_op_fn=lambda _: tf.no_op(),
            )
            for head in self._heads
        }
        predictions = {(name, k): v for name, spec in specs.items() for k, v in spec.predictions.items()}
        if mode == _ModeKeys.PREDICT:
            return _EstimatorSpec(mode, predictions=predictions, export_outputs=_exports(specs))
        metrics = {k: v for spec in specs.values() for k, v in (spec.eval_metric_ops or {}).items()}
        if mode == _ModeKeys.EVAL:
            with tf.name_scope("merge_eval"):
                losses = {_heads._summary_key(name, _LOSS): spec.loss for name, spec in specs.items()}
                loss = self._merged([spec.loss for spec in specs.values()])
                of_heads = {key: tf.metrics.mean(value, name=key) for key, value in losses.items()}
            return _EstimatorSpec(mode, predictions, loss, eval_metric_ops={**of_heads, **metrics})
        loss = self._merged([spec.loss for spec in specs.values()])
        train_op = trained(loss, optimizer, train_op_fn)
        with tf.name_scope(""):
            tf.summary.scalar(_LOSS, loss)
        return _EstimatorSpec(mode, predictions, loss, train_op, metrics)

    def _merged(self, losses: Sequence[Any]) -> Any:
        with tf.name_scope("merge_losses", values=tuple(losses)):
            if self._head_weights:
                losses = [tf.multiply(loss, weight) for loss, weight in zip(losses, self._head_weights, strict=True)]
            return tf.add_n(list(losses))

    def _split(self, logits: Any) -> dict[str, Any]:
        """Logits by head."""
        if isinstance(logits, dict):
            return logits
        with tf.name_scope(None, "split_logits", values=[logits]):
            logits = tf.convert_to_tensor(logits)
            widths = [head.logits_dimension for head in self._heads]
            shape = logits.get_shape().as_list()
            if shape[-1] is not None and shape[-1] != sum(widths):
                raise ValueError(
                    f"Could not split logits of shape {shape!r} among the heads with individual logits dimensions: {widths!r}. "
                    f"The last dimension of the logits tensor should equal {sum(widths)} but is {shape[-1]}."
                )
            parts = tf.split(logits, widths, axis=-1)
            return {head.name: part for head, part in zip(self._heads, parts, strict=True)}


def _exports(specs: dict[str, Any]) -> dict[str, Any]:
    """Outputs of all heads, by head; the first head's are the default, and predictions of all are merged."""
    merged: dict[str, Any] = {}
    name, first = next(iter(specs.items()))
    exports = {_DEFAULT: _default(first.export_outputs, name)}
    for name, spec in specs.items():
        for key, output in spec.export_outputs.items():
            exports[name if key == _DEFAULT else f"{name}/{key}"] = output
            if key == _heads._PREDICT_SERVING_KEY and isinstance(output, _PredictOutput):
                merged.update({f"{name}/{k}": v for k, v in output.outputs.items()})
    exports[_heads._PREDICT_SERVING_KEY] = _PredictOutput(merged)
    return exports


def _default(outputs: dict[str, Any], head_name: str) -> Any:
    if len(outputs) == 1:
        return next(iter(outputs.values()))
    if _DEFAULT in outputs:
        return outputs[_DEFAULT]
    raise ValueError(
        f"{head_name} did not specify default export_outputs. Given: {outputs} Suggested fix: Use one of the heads in "
        f"tf.contrib.estimator, or include key {_DEFAULT} in export_outputs."
    )
