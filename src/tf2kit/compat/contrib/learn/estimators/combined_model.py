"""The model of a network and a linear model side by side.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/dnn_linear_combined.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tf_slim.layers import optimize_loss

from . import canned

_DNN_LEARNING_RATE = 0.05


def combined_model_fn(features: Any, labels: Any, mode: str, params: dict[str, Any], config: Any = None) -> Any:
    """A network in the scope "dnn" and a linear model in the scope "linear", each with its optimizer; their logits are added up.

    Raises:
      ValueError: there are no columns, no hidden units for the network, or an optimizer synchronizes replicas.
    """
    head = params["head"]
    wide, deep = params.get("linear_feature_columns"), params.get("dnn_feature_columns")
    if not wide and not deep:
        raise ValueError("Either linear_feature_columns or dnn_feature_columns must be defined.")
    features = canned.feature_dict(features)
    linear_optimizer = _optimizer(params.get("linear_optimizer") or "Ftrl")
    dnn_optimizer = _optimizer(params.get("dnn_optimizer") or "Adagrad")
    logits, input_scope = [], ""
    if deep:
        dnn_logits, input_scope = _deep(features, deep, params, head.logits_dimension, mode, config)
        logits.append(dnn_logits)
    if wide:
        logits.append(_wide(features, wide, params, head.logits_dimension, config))

    def train_op_fn(loss: Any) -> Any:
        settings = {
            "loss": loss,
            "global_step": tf.train.get_global_step(),
            "clip_gradients": params.get("gradient_clip_norm"),
            "summaries": [],
            "increment_global_step": not params.get("fix_global_step_increment_bug", True),
        }
        train_ops = []
        if deep:
            factors = canned.embedding_multipliers(params.get("embedding_lr_multipliers"), input_scope)
            settings_of_dnn = {"learning_rate": _DNN_LEARNING_RATE, "gradient_multipliers": factors}
            variables = tf.get_collection("dnn")
            train_ops.append(
                optimize_loss(optimizer=dnn_optimizer, variables=variables, name="dnn", **settings_of_dnn, **settings)
            )
        if wide:
            rate = canned.linear_learning_rate(wide)
            variables = tf.get_collection("linear")
            train_ops.append(
                optimize_loss(
                    optimizer=linear_optimizer, variables=variables, name="linear", learning_rate=rate, **settings
                )
            )
        return _counted(tf.group(*train_ops), settings)

    return head.create_model_fn_ops(
        features=features,
        mode=mode,
        labels=labels,
        train_op_fn=train_op_fn,
        logits=logits[0] + logits[1] if len(logits) == 2 else logits[0],
    )


def _counted(train_op: Any, settings: dict[str, Any]) -> Any:
    """Count the step here if the optimizers do not."""
    if settings["increment_global_step"]:
        return train_op
    step = settings["global_step"]
    with tf.control_dependencies([train_op]), tf.colocate_with(step):
        return tf.assign_add(step, 1).op


def _optimizer(spec: Any) -> Any:
    optimizer = canned.made(spec)
    if isinstance(optimizer, tf.train.SyncReplicasOptimizer):
        raise ValueError(
            "SyncReplicasOptimizer is not supported in DNNLinearCombined model. "
            "If you want to use this optimizer, please use either DNN or Linear model."
        )
    return optimizer


def _deep(
    features: dict[Any, Any], columns: Any, params: dict[str, Any], outputs: int, mode: str, config: Any
) -> tuple[Any, str]:
    if not params.get("dnn_hidden_units"):
        raise ValueError("dnn_hidden_units must be defined when dnn_feature_columns is specified.")
    function = params.get("dnn_activation_fn") or tf.nn.relu
    network = canned.Network(params["dnn_hidden_units"], function, params.get("dnn_dropout"), "/")
    input_parts = params.get("input_layer_partitioner") or canned.partitioner(config, canned.LARGE_SLICE)
    with tf.variable_scope("dnn", values=tuple(features.values()), partitioner=canned.partitioner(config)):
        return canned.network_logits(features, columns, network, outputs, mode, input_parts)


def _wide(features: dict[Any, Any], columns: Any, params: dict[str, Any], outputs: int, config: Any) -> Any:
    parts = canned.partitioner(config, canned.LARGE_SLICE)
    with tf.variable_scope("linear", values=tuple(features.values()), partitioner=parts) as scope:
        logits = canned.linear_logits(features, columns, outputs, params.get("joint_linear_weights", False), scope)
        canned.summarize(logits, scope.name, "/")
        return logits
