"""The old linear estimators.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/linear.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tf_slim.layers import OPTIMIZER_CLS_NAMES

from . import canned
from .canned_predictions import Classifier, Regressor
from .estimator import Estimator
from .head import Head, multi_class_head, regression_head

__all__ = ["LinearClassifier", "LinearEstimator", "LinearRegressor"]


def _linear_model_fn(features: Any, labels: Any, mode: str, params: dict[str, Any], config: Any = None) -> Any:
    """A linear model in the scope "linear", trained by ``params["optimizer"]``, by default Ftrl."""
    head, columns = params["head"], params["feature_columns"]
    features = canned.feature_dict(features)
    parts = canned.partitioner(config, canned.LARGE_SLICE)
    with tf.variable_scope("linear", values=tuple(features.values()), partitioner=parts) as scope:
        joint = params.get("joint_weights", False)
        logits = canned.linear_logits(features, columns, head.logits_dimension, joint, scope)

        def train_op_fn(loss: Any) -> Any:
            variables = tf.get_collection("linear")
            gradients = tf.gradients(loss, variables)
            if params.get("gradient_clip_norm"):
                gradients, _ = tf.clip_by_global_norm(gradients, params["gradient_clip_norm"])
            optimizer = _optimizer(params.get("optimizer"), columns)
            return optimizer.apply_gradients(
                zip(gradients, variables, strict=True), global_step=tf.train.get_global_step()
            )

        return head.create_model_fn_ops(
            features=features, mode=mode, labels=labels, train_op_fn=train_op_fn, logits=logits
        )


def _optimizer(spec: Any, columns: Sequence[Any]) -> Any:
    if not spec:
        return tf.train.FtrlOptimizer(learning_rate=canned.linear_learning_rate(columns))
    if isinstance(spec, str):
        return OPTIMIZER_CLS_NAMES[spec](learning_rate=canned.LINEAR_LEARNING_RATE)
    return canned.made(spec)


class LinearClassifier(Classifier):
    """A linear model for classes.

    Args:
      feature_columns: feature columns of tf.contrib.layers or tf.feature_column.
      model_dir: folder of checkpoints and summaries.
      n_classes: number of classes.
      weight_column_name: key of the weights in the features.
      optimizer: an optimizer, its name or a function that makes it; by default Ftrl.
      gradient_clip_norm: largest norm of all gradients.
      enable_centered_bias: whether a bias of its own follows the mean of the labels.
      config: a `RunConfig`.
      feature_engineering_fn: changes (features, labels) in front of the model.
      label_keys: labels that are not numbers.

    Raises:
      AssertionError: there are no columns.
    """

    def __init__(
        self,
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        _joint_weight: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
        label_keys: Sequence[Any] | None = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        assert self._feature_columns
        head = multi_class_head(
            n_classes,
            weight_column_name=weight_column_name,
            enable_centered_bias=enable_centered_bias,
            label_keys=label_keys,
        )
        params = _params(head, feature_columns, optimizer, gradient_clip_norm, _joint_weight)
        super().__init__(_linear_model_fn, model_dir, config, params, feature_engineering_fn)


class LinearRegressor(Regressor):
    """A linear model for numbers; ``label_dimension`` of them. The other arguments are those of `LinearClassifier`."""

    def __init__(
        self,
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        label_dimension: int = 1,
        _joint_weights: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        assert self._feature_columns
        head = regression_head(
            weight_column_name=weight_column_name,
            label_dimension=label_dimension,
            enable_centered_bias=enable_centered_bias,
        )
        params = _params(head, feature_columns, optimizer, gradient_clip_norm, _joint_weights)
        super().__init__(_linear_model_fn, model_dir, config, params, feature_engineering_fn)


class LinearEstimator(Estimator):
    """A linear model with a head; the other arguments are those of `LinearClassifier`."""

    def __init__(
        self,
        feature_columns: Sequence[Any],
        head: Head,
        model_dir: str | None = None,
        weight_column_name: str | None = None,  # noqa: ARG002 (the head has it)
        optimizer: Any = None,
        gradient_clip_norm: float | None = None,
        _joint_weights: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
    ) -> None:
        assert feature_columns
        params = _params(head, feature_columns, optimizer, gradient_clip_norm, _joint_weights)
        super().__init__(_linear_model_fn, model_dir, config, params, feature_engineering_fn)


def _params(
    head: Head, columns: Sequence[Any], optimizer: Any, gradient_clip_norm: float | None, joint_weights: bool
) -> dict[str, Any]:
    return {
        "head": head,
        "feature_columns": columns,
        "optimizer": optimizer,
        "gradient_clip_norm": gradient_clip_norm,
        "joint_weights": joint_weights,
    }
