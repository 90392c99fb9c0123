"""The old estimators of a network and a linear model side by side ("wide and deep").

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/dnn_linear_combined.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from . import canned
from .canned_predictions import Classifier, NetworkRegressor
from .combined_model import combined_model_fn
from .estimator import Estimator
from .head import Head, multi_class_head, regression_head

__all__ = ["DNNLinearCombinedClassifier", "DNNLinearCombinedEstimator", "DNNLinearCombinedRegressor"]


def _columns(linear: Any, deep: Any) -> tuple[Any, Any]:
    linear, deep = tuple(linear or []), tuple(deep or [])
    if not linear + deep:
        raise ValueError("Either linear_feature_columns or dnn_feature_columns must be defined.")
    return linear, deep


class DNNLinearCombinedEstimator(Estimator):
    """A network and a linear model with a head; the other arguments are those of `DNNLinearCombinedClassifier`."""

    def __init__(
        self,
        head: Head,
        model_dir: str | None = None,
        linear_feature_columns: Sequence[Any] | None = None,
        linear_optimizer: Any = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Sequence[Any] | None = None,
        dnn_optimizer: Any = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Any = None,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        config: Any = None,
        feature_engineering_fn: Any = None,
        embedding_lr_multipliers: dict[Any, float] | None = None,
        fix_global_step_increment_bug: bool = False,
        input_layer_partitioner: Any = None,
    ) -> None:
        linear, deep = _columns(linear_feature_columns, dnn_feature_columns)
        params = {
            "head": head,
            "linear_feature_columns": linear,
            "linear_optimizer": linear_optimizer,
            "joint_linear_weights": _joint_linear_weights,
            "dnn_feature_columns": deep,
            "dnn_optimizer": dnn_optimizer,
            "dnn_hidden_units": dnn_hidden_units,
            "dnn_activation_fn": dnn_activation_fn,
            "dnn_dropout": dnn_dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "fix_global_step_increment_bug": fix_global_step_increment_bug,
            "input_layer_partitioner": input_layer_partitioner,
        }
        super().__init__(combined_model_fn, model_dir, config, params, feature_engineering_fn)


class DNNLinearCombinedClassifier(Classifier):
    """A network and a linear model for classes.

    Args:
      model_dir: folder of checkpoints and summaries.
      n_classes: number of classes.
      weight_column_name: key of the weights in the features.
      linear_feature_columns: columns of the linear model.
      linear_optimizer: an optimizer, its name or a function that makes it; by default Ftrl.
      dnn_feature_columns: columns of the network.
      dnn_optimizer: an optimizer, its name or a function that makes it; by default Adagrad.
      dnn_hidden_units: widths of the hidden layers.
      dnn_activation_fn: of the hidden layers.
      dnn_dropout: share of outputs of hidden layers to drop in training.
      gradient_clip_norm: largest norm of all gradients.
      enable_centered_bias: whether a bias of its own follows the mean of the labels.
      config: a `RunConfig`.
      feature_engineering_fn: changes (features, labels) in front of the model.
      embedding_lr_multipliers: factors of the learning rate by embedding column.
      input_layer_min_slice_size: least size of a part of an embedding, with parameter servers.
      label_keys: labels that are not numbers.
      fix_global_step_increment_bug: whether a step counts once; otherwise once for each of both models.

    Raises:
      ValueError: there are no columns.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        linear_feature_columns: Sequence[Any] | None = None,
        linear_optimizer: Any = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Sequence[Any] | None = None,
        dnn_optimizer: Any = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Any = tf.nn.relu,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
        embedding_lr_multipliers: dict[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        label_keys: Sequence[Any] | None = None,
        fix_global_step_increment_bug: bool = False,
    ) -> None:
        linear, deep = _columns(linear_feature_columns, dnn_feature_columns)
        self._feature_columns = linear + deep
        head = multi_class_head(
            n_classes=n_classes,
            weight_column_name=weight_column_name,
            enable_centered_bias=enable_centered_bias,
            label_keys=label_keys,
        )
        params = {
            "head": head,
            "linear_feature_columns": linear,
            "linear_optimizer": linear_optimizer,
            "joint_linear_weights": _joint_linear_weights,
            "dnn_feature_columns": deep,
            "dnn_optimizer": dnn_optimizer,
            "dnn_hidden_units": dnn_hidden_units,
            "dnn_activation_fn": dnn_activation_fn,
            "dnn_dropout": dnn_dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "input_layer_partitioner": _input_partitioner(config, input_layer_min_slice_size),
            "fix_global_step_increment_bug": fix_global_step_increment_bug,
        }
        super().__init__(combined_model_fn, model_dir, config, params, feature_engineering_fn)


class DNNLinearCombinedRegressor(NetworkRegressor):
    """A network and a linear model for ``label_dimension`` numbers; the other arguments are those of `DNNLinearCombinedClassifier`."""

    def __init__(
        self,
        model_dir: str | None = None,
        weight_column_name: str | None = None,
        linear_feature_columns: Sequence[Any] | None = None,
        linear_optimizer: Any = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Sequence[Any] | None = None,
        dnn_optimizer: Any = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Any = tf.nn.relu,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        label_dimension: int = 1,
        config: Any = None,
        feature_engineering_fn: Any = None,
        embedding_lr_multipliers: dict[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        fix_global_step_increment_bug: bool = False,
    ) -> None:
        linear, deep = _columns(linear_feature_columns, dnn_feature_columns)
        self._feature_columns = linear + deep
        head = regression_head(
            weight_column_name=weight_column_name,
            label_dimension=label_dimension,
            enable_centered_bias=enable_centered_bias,
        )
        params = {
            "head": head,
            "linear_feature_columns": linear,
            "linear_optimizer": linear_optimizer,
            "joint_linear_weights": _joint_linear_weights,
            "dnn_feature_columns": deep,
            "dnn_optimizer": dnn_optimizer,
            "dnn_hidden_units": dnn_hidden_units,
            "dnn_activation_fn": dnn_activation_fn,
            "dnn_dropout": dnn_dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "input_layer_partitioner": _input_partitioner(config, input_layer_min_slice_size),
            "fix_global_step_increment_bug": fix_global_step_increment_bug,
        }
        super().__init__(combined_model_fn, model_dir, config, params, feature_engineering_fn)


def _input_partitioner(config: Any, least: int | None) -> Any:
    return None if least is None else canned.partitioner(config, least)
