"""The old estimators of networks.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/dnn.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tf_slim.layers import optimize_loss

from . import canned
from .canned_predictions import Classifier, NetworkRegressor
from .estimator import Estimator
from .head import Head, multi_class_head, regression_head

__all__ = ["DNNClassifier", "DNNEstimator", "DNNRegressor"]

_LEARNING_RATE = 0.05


def _dnn_model_fn(features: Any, labels: Any, mode: str, params: dict[str, Any], config: Any = None) -> Any:
    """A network in the scope "dnn", trained by ``params["optimizer"]``, by default Adagrad."""
    head = params["head"]
    features = canned.feature_dict(features)
    network = canned.Network(
        params["hidden_units"], canned.activation(params.get("activation_fn")), params.get("dropout"), "_"
    )
    least = params.get("input_layer_min_slice_size") or canned.LARGE_SLICE
    input_parts = canned.partitioner(config, least)
    columns, outputs = params["feature_columns"], head.logits_dimension
    with tf.variable_scope("dnn", values=tuple(features.values()), partitioner=canned.partitioner(config)):
        logits, input_scope = canned.network_logits(features, columns, network, outputs, mode, input_parts)

        def train_op_fn(loss: Any) -> Any:
            return optimize_loss(
                loss=loss,
                global_step=tf.train.get_global_step(),
                learning_rate=_LEARNING_RATE,
                optimizer=canned.made(params.get("optimizer") or "Adagrad"),
                gradient_multipliers=canned.embedding_multipliers(params.get("embedding_lr_multipliers"), input_scope),
                clip_gradients=params.get("gradient_clip_norm"),
                name="dnn",
                summaries=[],
            )

        return head.create_model_fn_ops(
            features=features, mode=mode, labels=labels, train_op_fn=train_op_fn, logits=logits
        )


class DNNClassifier(Classifier):
    """A network of fully connected layers for classes.

    Args:
      hidden_units: widths of the hidden layers.
      feature_columns: feature columns of tf.contrib.layers or tf.feature_column.
      model_dir: folder of checkpoints and summaries.
      n_classes: number of classes.
      weight_column_name: key of the weights in the features.
      optimizer: an optimizer, its name or a function that makes it; by default Adagrad with a learning rate of 0.05.
      activation_fn: of the hidden layers.
      dropout: share of outputs of hidden layers to drop in training.
      gradient_clip_norm: largest norm of all gradients.
      enable_centered_bias: whether a bias of its own follows the mean of the labels.
      config: a `RunConfig`.
      feature_engineering_fn: changes (features, labels) in front of the model.
      embedding_lr_multipliers: factors of the learning rate by embedding column.
      input_layer_min_slice_size: least size of a part of an embedding, with parameter servers.
      label_keys: labels that are not numbers.
    """

    def __init__(
        self,
        hidden_units: Sequence[int],
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        activation_fn: Any = tf.nn.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
        embedding_lr_multipliers: dict[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        label_keys: Sequence[Any] | None = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        head = multi_class_head(
            n_classes,
            weight_column_name=weight_column_name,
            enable_centered_bias=enable_centered_bias,
            label_keys=label_keys,
        )
        params = {
            "head": head,
            "hidden_units": hidden_units,
            "feature_columns": self._feature_columns,
            "optimizer": optimizer,
            "activation_fn": activation_fn,
            "dropout": dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "input_layer_min_slice_size": input_layer_min_slice_size,
        }
        super().__init__(_dnn_model_fn, model_dir, config, params, feature_engineering_fn)


class DNNRegressor(NetworkRegressor):
    """A network for numbers; ``label_dimension`` of them. The other arguments are those of `DNNClassifier`."""

    def __init__(
        self,
        hidden_units: Sequence[int],
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        activation_fn: Any = tf.nn.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: Any = None,
        feature_engineering_fn: Any = None,
        label_dimension: int = 1,
        embedding_lr_multipliers: dict[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        head = regression_head(
            label_dimension=label_dimension,
            weight_column_name=weight_column_name,
            enable_centered_bias=enable_centered_bias,
        )
        params = {
            "head": head,
            "hidden_units": hidden_units,
            "feature_columns": self._feature_columns,
            "optimizer": optimizer,
            "activation_fn": activation_fn,
            "dropout": dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "input_layer_min_slice_size": input_layer_min_slice_size,
        }
        super().__init__(_dnn_model_fn, model_dir, config, params, feature_engineering_fn)


class DNNEstimator(Estimator):
    """A network with a head; the other arguments are those of `DNNClassifier`."""

    def __init__(
        self,
        head: Head,
        hidden_units: Sequence[int],
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        optimizer: Any = None,
        activation_fn: Any = tf.nn.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        config: Any = None,
        feature_engineering_fn: Any = None,
        embedding_lr_multipliers: dict[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
    ) -> None:
        params = {
            "head": head,
            "hidden_units": hidden_units,
            "feature_columns": feature_columns,
            "optimizer": optimizer,
            "activation_fn": activation_fn,
            "dropout": dropout,
            "gradient_clip_norm": gradient_clip_norm,
            "embedding_lr_multipliers": embedding_lr_multipliers,
            "input_layer_min_slice_size": input_layer_min_slice_size,
        }
        super().__init__(_dnn_model_fn, model_dir, config, params, feature_engineering_fn)
