"""The head of tf.contrib.estimator for classes that do not exclude each other.

Adapted from TensorFlow 1.15's tensorflow_estimator, contrib/estimator/python/estimator/head.py, Copyright 2017 The TensorFlow
Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import lookup_ops

from ..._estimator import load
from .heads import MEAN
from .label_metrics import label_metrics, trained

__all__ = ["multi_label_head"]

_heads = load("python.estimator.canned.head")
_keys = load("python.estimator.canned.metric_keys").MetricKeys
_Head: Any = _heads._Head
_EstimatorSpec = load("python.estimator.model_fn").EstimatorSpec
_ModeKeys = load("python.estimator.mode_keys").ModeKeys


def multi_label_head(
    n_classes: int,
    weight_column: Any = None,
    thresholds: Sequence[float] | None = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = MEAN,
    loss_fn: Callable[..., Any] | None = None,
    classes_for_class_based_metrics: Sequence[Any] | None = None,
    name: str | None = None,
) -> Any:
    """A head for any number of ``n_classes`` classes; labels are 0 or 1 ``[batch, n_classes]``, or sparse ids or names.

    Args:
      n_classes: number of classes.
      weight_column: name or numeric column of the weights in the features.
      thresholds: of metrics, between 0 and 1.
      label_vocabulary: names of the classes, for sparse labels.
      loss_reduction: one of tf.losses.Reduction.
      loss_fn: a function of labels and logits, and of features and loss_reduction if it has them.
      classes_for_class_based_metrics: numbers or names of classes with metrics of their own.
      name: of the head.

    Raises:
      ValueError: an argument does not fit.
    """
    if n_classes is None or n_classes < 2:
        raise ValueError(f"n_classes must be > 1 for multi-class classification. Given: {n_classes}")
    for threshold in thresholds or ():
        if not 0.0 < threshold < 1.0:
            raise ValueError(f"thresholds must be in (0, 1) range. Given: {threshold}")
    if label_vocabulary is not None:
        if not isinstance(label_vocabulary, (list, tuple)):
            raise ValueError(f"label_vocabulary must be a list or tuple. Given type: {type(label_vocabulary)}")
        if len(label_vocabulary) != n_classes:
            raise ValueError(
                f"Length of label_vocabulary must be n_classes ({n_classes}). Given: {len(label_vocabulary)}"
            )
    if loss_fn:
        _heads._validate_loss_fn_args(loss_fn)
    if loss_reduction not in tf.losses.Reduction.all() or loss_reduction == tf.losses.Reduction.NONE:
        raise ValueError(f"Invalid loss_reduction: {loss_reduction}")
    ids = _class_ids(classes_for_class_based_metrics, n_classes, label_vocabulary)
    return MultiLabelHead(
        n_classes, weight_column, tuple(thresholds or ()), label_vocabulary, loss_reduction, loss_fn, ids, name
    )


def _class_ids(classes: Sequence[Any] | None, n_classes: int, vocabulary: Sequence[str] | None) -> tuple[int, ...]:
    if not classes:
        return ()
    if isinstance(classes[0], str):
        if not vocabulary:
            raise ValueError("label_vocabulary must be provided when classes_for_class_based_metrics are sting.")
        return tuple(vocabulary.index(name) for name in classes)
    for class_id in classes:
        if not 0 <= class_id < n_classes:
            raise ValueError(
                f"All classes_for_class_based_metrics must be in range [0, {n_classes - 1}]. Given: {class_id}"
            )
    return tuple(classes)


class MultiLabelHead(_Head):
    """Predicts logits and probabilities ``[batch, n_classes]``."""

    def __init__(
        self,
        n_classes: int,
        weight_column: Any,
        thresholds: tuple[float, ...],
        label_vocabulary: Sequence[str] | None,
        loss_reduction: str,
        loss_fn: Callable[..., Any] | None,
        class_ids: tuple[int, ...],
        name: str | None,
    ) -> None:
        self._n_classes = n_classes
        self._weight_column = weight_column
        self._thresholds = thresholds
        self._label_vocabulary = label_vocabulary
        self._loss_reduction = loss_reduction
        self._loss_fn = loss_fn
        self._class_ids = class_ids
        self._name = name

    @property
    def name(self) -> str | None:
        """Name of the head."""
        return self._name

    @property
    def logits_dimension(self) -> int:
        """Width of the logits."""
        return self._n_classes

    def create_loss(self, features: Any, mode: str, logits: Any, labels: Any) -> Any:  # noqa: ARG002
        """A LossSpec: the loss, the loss of each example, their weights, and labels as 0 and 1."""
        logits = tf.convert_to_tensor(logits)
        indicators = _heads._check_dense_labels_match_logits_and_reshape(
            labels=self._indicators(labels), logits=logits, expected_labels_dimension=self._n_classes
        )
        if self._loss_fn:
            losses = _heads._call_loss_fn(
                loss_fn=self._loss_fn, labels=indicators, logits=logits, features=features, expected_loss_dim=1
            )
        else:
            none = tf.losses.Reduction.NONE
            losses = tf.losses.sigmoid_cross_entropy(multi_class_labels=indicators, logits=logits, reduction=none)
            losses = tf.reduce_mean(losses, axis=-1, keepdims=True)
        weights = _heads._get_weights_and_check_match_logits(
            features=features, weight_column=self._weight_column, logits=logits
        )
        loss = tf.losses.compute_weighted_loss(losses, weights=weights, reduction=self._loss_reduction)
        return _heads.LossSpec(training_loss=loss, unreduced_loss=losses, weights=weights, processed_labels=indicators)

    def _indicators(self, labels: Any) -> Any:
        if labels is None:
            raise ValueError(
                "You must provide a labels Tensor. Given: None. Suggested troubleshooting steps: Check that your data "
                "contain your label feature. Check that your input_fn properly parses and returns labels."
            )
        if not isinstance(labels, tf.SparseTensor):
            text = "labels must be an integer indicator Tensor with values in [0, 1]"
            return _heads._assert_range(labels, 2, message=text)
        ids = labels.values
        if labels.dtype == tf.string:
            table = lookup_ops.index_table_from_tensor(
                vocabulary_list=tuple(self._label_vocabulary or ()), name="class_id_lookup"
            )
            ids = table.lookup(ids)
        else:
            text = f"labels must be an integer SparseTensor with values in [0, {self._n_classes})"
            limit = tf.convert_to_tensor(self._n_classes, dtype=labels.dtype)
            checks = [
                tf.debugging.assert_integer(ids, message=text),
                tf.debugging.assert_less(ids, limit, message=text),
                tf.debugging.assert_non_negative(ids, message=text),
            ]
            with tf.control_dependencies([check for check in checks if check is not None]):
                ids = tf.identity(ids)
        labels = tf.SparseTensor(labels.indices, ids, labels.dense_shape)
        return tf.cast(tf.sparse.to_indicator(labels, self._n_classes), tf.int64)

    def create_estimator_spec(
        self,
        features: Any,
        mode: str,
        logits: Any,
        labels: Any = None,
        optimizer: Any = None,
        train_op_fn: Callable[[Any], Any] | None = None,
        regularization_losses: Sequence[Any] | None = None,
    ) -> Any:
        """An EstimatorSpec of logits ``[batch, n_classes]``; ValueError unless one of ``optimizer`` and ``train_op_fn`` trains."""
        with tf.name_scope(self._name, "head"):
            logits = _heads._check_logits_final_dim(logits, self._n_classes)
            with tf.name_scope(None, "predictions", (logits,)):
                probabilities = tf.sigmoid(logits, name="probabilities")
            predictions = {"logits": logits, "probabilities": probabilities}
            if mode == _ModeKeys.PREDICT:
                exports = self._exports(predictions)
                return _EstimatorSpec(mode, predictions=predictions, export_outputs=exports)
            spec = self.create_loss(features=features, mode=mode, logits=logits, labels=labels)
            extra = tf.add_n(list(regularization_losses)) if regularization_losses else None
            loss = spec.training_loss if extra is None else tf.add_n([spec.training_loss, extra])
            if mode == _ModeKeys.EVAL:
                metrics = label_metrics(self._key, self._thresholds, self._class_ids, self._label_vocabulary)
                found = metrics(spec.processed_labels, probabilities, spec.weights, spec.unreduced_loss, extra)
                return _EstimatorSpec(mode, predictions=predictions, loss=loss, eval_metric_ops=found)
            train_op = _heads._append_update_ops(trained(loss, optimizer, train_op_fn))
        self._summarize(spec, loss, extra)
        return _EstimatorSpec(mode, predictions=predictions, loss=loss, train_op=train_op)

    def _exports(self, predictions: dict[str, Any]) -> dict[str, Any]:
        output = _heads._classification_output(
            scores=predictions["probabilities"],
            n_classes=self._n_classes,
            label_vocabulary=self._label_vocabulary,
        )
        default = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
        predict = load("python.estimator.export.export_output").PredictOutput(predictions)
        return {default: output, _heads._CLASSIFY_SERVING_KEY: output, _heads._PREDICT_SERVING_KEY: predict}

    def _summarize(self, spec: Any, loss: Any, extra: Any) -> None:
        with tf.name_scope(""):
            tf.summary.scalar(self._key(_keys.LOSS), loss)
            if self._loss_reduction == tf.losses.Reduction.SUM:
                total = tf.reduce_sum(spec.weights * tf.ones_like(spec.unreduced_loss))
                tf.summary.scalar(self._key(_keys.LOSS_MEAN), spec.training_loss / total)
            if extra is not None:
                tf.summary.scalar(self._key(_keys.LOSS_REGULARIZATION), extra)

    def _key(self, key: str) -> str:
        return str(_heads._summary_key(self._name, key))
