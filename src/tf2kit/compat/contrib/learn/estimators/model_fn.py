"""What an old model function returns.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/model_fn.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.python.framework.sparse_tensor import convert_to_tensor_or_sparse_tensor

from ...._estimator import load
from ...framework.graph import get_graph_from_inputs
from ..modes import ModeKeys
from .keys import MetricKey, PredictionKey, ProblemType

__all__ = ["ModeKeys", "ModelFnOps"]


class _Fields(NamedTuple):
    predictions: Any
    loss: Any
    train_op: Any
    eval_metric_ops: Any
    output_alternatives: Any
    training_chief_hooks: Any
    training_hooks: Any
    scaffold: Any
    mode: Any


class ModelFnOps(_Fields):
    """Operations of a model function.

    Args:
      mode: one of `ModeKeys`.
      predictions: a tensor or a dictionary of tensors; needed to evaluate and predict.
      loss: a scalar; needed to train and evaluate.
      train_op: one step of training; needed to train.
      eval_metric_ops: metrics by name, each (value, update operation).
      output_alternatives: for export, (problem type, predictions) by name.
      training_chief_hooks: hooks of the chief's training.
      training_hooks: hooks of each worker's training.
      scaffold: a tf.train.Scaffold.

    Raises:
      ValueError: something is missing for the mode, the loss is not a scalar, or tensors are of different graphs.
      TypeError: a hook is not a SessionRunHook.
    """

    def __new__(
        cls,
        mode: str,
        predictions: Any = None,
        loss: Any = None,
        train_op: Any = None,
        eval_metric_ops: dict[str, Any] | None = None,
        output_alternatives: dict[Any, Any] | None = None,
        training_chief_hooks: Sequence[Any] | None = None,
        training_hooks: Sequence[Any] | None = None,
        scaffold: Any = None,
    ) -> ModelFnOps:
        """Check and convert the parts."""
        ModeKeys.validate(mode)
        # all in one graph
        get_graph_from_inputs((predictions, loss, train_op))
        if eval_metric_ops is not None and not isinstance(eval_metric_ops, dict):
            raise ValueError("eval_metric_ops must be a dict.")
        chief_hooks, hooks = training_chief_hooks or [], training_hooks or []
        for hook in (*hooks, *chief_hooks):
            if not isinstance(hook, tf.train.SessionRunHook):
                raise TypeError(
                    "All hooks returned from model_fn must be SessionRunHook instances, "
                    f"got instance of {type(hook)}: {hook}"
                )
        return super().__new__(
            cls,
            predictions=_checked_predictions(predictions, mode),
            loss=_checked_loss(loss, mode),
            train_op=_checked_train_op(train_op, mode),
            eval_metric_ops={} if eval_metric_ops is None else eval_metric_ops,
            output_alternatives=output_alternatives,
            training_chief_hooks=chief_hooks,
            training_hooks=hooks,
            scaffold=scaffold,
            mode=mode,
        )

    def estimator_spec(self, default_serving_output_alternative_key: str | None = None) -> Any:
        """The same as an EstimatorSpec of tf.estimator; the key says which of several output alternatives is served by default."""
        model_fn = load("python.estimator.model_fn")
        outputs = None
        if self.output_alternatives:
            alternatives = dict(self.output_alternatives)
            default = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
            if len(alternatives) > 1 and default not in alternatives:
                alternatives[default] = alternatives[default_serving_output_alternative_key]
            outputs = {key: _export_output(*value) for key, value in alternatives.items()}
        modes = {
            ModeKeys.TRAIN: model_fn.ModeKeys.TRAIN,
            ModeKeys.EVAL: model_fn.ModeKeys.EVAL,
            ModeKeys.INFER: model_fn.ModeKeys.PREDICT,
        }
        return model_fn.EstimatorSpec(
            mode=modes[self.mode],
            predictions=self.predictions,
            loss=self.loss,
            train_op=self.train_op,
            eval_metric_ops={k: v for k, v in self.eval_metric_ops.items() if k != MetricKey.LOSS},
            export_outputs=outputs,
            training_chief_hooks=self.training_chief_hooks,
            training_hooks=self.training_hooks,
            scaffold=self.scaffold,
        )


def _checked_train_op(train_op: Any, mode: str) -> Any:
    if train_op is None:
        if mode == ModeKeys.TRAIN:
            raise ValueError("Missing train_op.")
        return None
    return train_op if isinstance(train_op, tf.Operation) else tf.convert_to_tensor(train_op).op


def _checked_loss(loss: Any, mode: str) -> Any:
    if loss is None:
        if mode in (ModeKeys.TRAIN, ModeKeys.EVAL):
            raise ValueError("Missing loss.")
        return None
    loss = tf.convert_to_tensor(loss)
    if loss.get_shape().num_elements() not in (None, 1):
        raise ValueError(f"Loss must be scalar: {loss}.")
    return loss if loss.get_shape().is_compatible_with([]) else tf.reshape(loss, [])


def _checked_predictions(predictions: Any, mode: str) -> Any:
    if predictions is None:
        if mode in (ModeKeys.INFER, ModeKeys.EVAL):
            raise ValueError("Missing predictions.")
        return None
    if isinstance(predictions, dict):
        return {k: convert_to_tensor_or_sparse_tensor(v) for k, v in predictions.items()}
    return convert_to_tensor_or_sparse_tensor(predictions)


def _export_output(problem_type: int, predictions: dict[str, Any]) -> Any:
    outputs = load("python.estimator.export.export_output")
    if problem_type == ProblemType.UNSPECIFIED:
        return outputs.PredictOutput(predictions)
    scores = predictions.get(PredictionKey.SCORES)
    if scores is None:
        scores = predictions.get(PredictionKey.PROBABILITIES)
    if problem_type == ProblemType.LINEAR_REGRESSION:
        return outputs.RegressionOutput(scores)
    if problem_type in (ProblemType.CLASSIFICATION, ProblemType.LOGISTIC_REGRESSION):
        classes = predictions.get(PredictionKey.CLASSES)
        if classes is not None and classes.dtype != tf.string:
            classes = None
        if classes is None:
            tf.logging.warning("classes is not string, Servo inference will not have class ids.")
        return outputs.ClassificationOutput(scores=scores, classes=classes)
    raise ValueError(f"Unknown problem_type={problem_type}")
