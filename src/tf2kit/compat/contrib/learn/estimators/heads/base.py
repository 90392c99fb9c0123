"""What all heads have in common.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/head.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import abc
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.framework.sparse_tensor import convert_to_tensor_or_sparse_tensor

from ..keys import MetricKey, PredictionKey
from ..model_fn import ModeKeys, ModelFnOps
from .losses import Loss
from .training import TrainOpFn, centered_bias, made_logits, made_train_op, weight_tensor


class Head(abc.ABC):
    """The end of a model: logits to predictions, loss, training and metrics."""

    @property
    @abc.abstractmethod
    def logits_dimension(self) -> int:
        """Width of the logits."""

    @abc.abstractmethod
    def create_model_fn_ops(
        self,
        features: dict[str, Any],
        mode: str,
        labels: Any = None,
        train_op_fn: TrainOpFn | None = None,
        logits: Any = None,
        logits_input: Any = None,
        scope: Any = None,
    ) -> ModelFnOps:
        """All operations of a mode.

        Args:
          features: by name; the weights are one of them.
          mode: one of `ModeKeys`.
          labels: a tensor, or a dictionary of them.
          train_op_fn: makes the training operation of a loss.
          logits: ``[batch, logits_dimension]``; or else ``logits_input``.
          logits_input: a linear layer makes logits of it.
          scope: a variable scope.

        Raises:
          ValueError: something is missing, or the mode is none.
        """


class SingleHead(Head):
    """A head of one kind of labels."""

    _scope_name: str
    _loss_fn: Loss
    _enable_centered_bias: bool = False

    def __init__(
        self,
        problem_type: int,
        logits_dimension: int,
        label_name: str | None = None,
        weight_column_name: str | None = None,
        head_name: str | None = None,
    ) -> None:
        if problem_type is None:
            raise ValueError(f"Invalid problem_type {problem_type}.")
        if logits_dimension is None or logits_dimension < 1:
            raise ValueError(f"Invalid logits_dimension {logits_dimension}.")
        self._problem_type = problem_type
        self._logits_dimension = logits_dimension
        self._label_name = label_name
        self._weight_column_name = weight_column_name
        self._head_name = head_name

    @property
    def logits_dimension(self) -> int:
        """Width of the logits."""
        return self._logits_dimension

    @property
    def label_name(self) -> str | None:
        """Key of the labels."""
        return self._label_name

    @property
    def weight_column_name(self) -> str | None:
        """Key of the weights in the features."""
        return self._weight_column_name

    @property
    def head_name(self) -> str | None:
        """Name of the head."""
        return self._head_name

    def create_model_fn_ops(
        self,
        features: dict[str, Any],
        mode: str,
        labels: Any = None,
        train_op_fn: TrainOpFn | None = None,
        logits: Any = None,
        logits_input: Any = None,
        scope: Any = None,
    ) -> ModelFnOps:
        """All operations of a mode."""
        values = (*features.values(), labels, logits, logits_input)
        with tf.variable_scope(scope, default_name=self.head_name or self._scope_name, values=values):
            labels = None if mode == ModeKeys.INFER or labels is None else self._transform_labels(labels)
            logits = made_logits(logits_input, logits, self.logits_dimension)
            check_mode(mode)
            bias = None
            if self._enable_centered_bias:
                bias = centered_bias(self.logits_dimension, self.head_name)
                logits = tf.nn.bias_add(logits, bias)
            with tf.name_scope(None, "predictions", (logits,)):
                predictions = self._predictions(logits)
            loss, train_op, metrics = None, None, None
            if mode != ModeKeys.INFER and labels is not None:
                weights = weight_tensor(features, self.weight_column_name)
                loss, reported = self._loss_fn(labels, logits, weights)
                write_loss(reported, self.head_name)
                if mode == ModeKeys.TRAIN:
                    size = tf.shape(logits)[0]
                    train_op = made_train_op(loss, labels, train_op_fn, bias, size, self._loss_fn, weights)
                metrics = self._named_metrics(reported, predictions, labels, weights)
            exported = {self._head_name: (self._problem_type, self._exported(predictions))}
            return ModelFnOps(mode, predictions, loss, train_op, metrics, exported)

    def _named_metrics(self, loss: Any, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:
        with tf.name_scope("metrics"):
            found = {MetricKey.LOSS: tf.metrics.mean(loss), **self._metrics(predictions, labels, weights)}
        return {summary_key(self.head_name, key): value for key, value in found.items()}

    def _transform_labels(self, labels: Any) -> Any:
        tensor = self._labels_tensor(labels)
        if isinstance(tensor, tf.SparseTensor):
            raise ValueError("SparseTensor is not supported.")
        return tensor

    def _labels_tensor(self, labels: Any) -> Any:
        return convert_to_tensor_or_sparse_tensor(labels[self._label_name] if isinstance(labels, dict) else labels)

    @abc.abstractmethod
    def _predictions(self, logits: Any) -> dict[str, Any]: ...

    def _metrics(self, predictions: dict[str, Any], labels: Any, weights: Any) -> dict[str, Any]:  # noqa: ARG002
        """Metrics besides the loss."""
        return {}

    def _exported(self, predictions: dict[str, Any]) -> dict[str, Any]:
        return predictions


def exported_classes(predictions: dict[str, Any], label_keys: Any = None) -> dict[str, Any]:
    """Probabilities ``[batch, n]`` and the names of all classes beside them."""
    probabilities = predictions[PredictionKey.PROBABILITIES]
    with tf.name_scope(None, "_classification_output_alternatives", (probabilities,)):
        size = tf.shape(probabilities)[0]
        if label_keys:
            classes = tf.tile(tf.expand_dims(label_keys, axis=0), [size, 1], name="classes_tensor")
        else:
            numbers = tf.expand_dims(tf.range(tf.shape(probabilities)[1]), axis=0)
            classes = tf.as_string(tf.tile(numbers, [size, 1]), name="classes_tensor")
    return {PredictionKey.PROBABILITIES: probabilities, PredictionKey.CLASSES: classes}


def check_mode(mode: str) -> None:
    """ValueError for what is no mode."""
    if mode not in (ModeKeys.TRAIN, ModeKeys.INFER, ModeKeys.EVAL):
        raise ValueError(f"mode={mode} unrecognized.")


def summary_key(head_name: str | None, key: str) -> str:
    """The key of a metric, with the head's name if it has one."""
    return f"{key}/{head_name}" if head_name else key


def write_loss(loss: Any, head_name: str | None) -> None:
    """Write the loss as a summary, outside of all scopes."""
    with tf.name_scope(""):
        tf.summary.scalar(summary_key(head_name, MetricKey.LOSS), tf.identity(loss))
