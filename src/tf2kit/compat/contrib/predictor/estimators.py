"""Predictors of estimators.

Adapted from TensorFlow 1.15, contrib/predictor/core_estimator_predictor.py and contrib_estimator_predictor.py, Copyright 2017 The
TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from ..learn.utils.signatures import DEFAULT_INPUT_ALTERNATIVE_KEY, get_input_alternatives, get_output_alternatives
from .predictor import Predictor


class CoreEstimatorPredictor(Predictor):
    """The model of an Estimator of tf.estimator, from its latest checkpoint; KeyError if it has no such output."""

    def __init__(
        self,
        estimator: Any,
        serving_input_receiver_fn: Callable[[], Any],
        output_key: str | None = None,
        graph: Any = None,
        config: Any = None,
    ) -> None:
        self._graph = graph or tf.Graph()
        with self._graph.as_default():
            receiver = serving_input_receiver_fn()
            signature = _signature(receiver, estimator, output_key)
            creator = tf.train.ChiefSessionCreator(config=config, checkpoint_dir=estimator.model_dir)
            self._session = tf.train.MonitoredSession(session_creator=creator)
        tensor = self._graph.get_tensor_by_name
        self._feed_tensors = {k: tensor(v.name) for k, v in signature.inputs.items()}
        self._fetch_tensors = {k: tensor(v.name) for k, v in signature.outputs.items()}


def _signature(receiver: Any, estimator: Any, output_key: str | None) -> Any:
    key = output_key or tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
    # "infer" is the mode that tf.estimator calls PREDICT
    outputs = estimator.model_fn(receiver.features, None, "infer", estimator.config).export_outputs
    if outputs.get(key) is None:
        raise KeyError(f"output_key must be one of {outputs.keys()}; got {key}")
    return outputs[key].as_signature_def(receiver.receiver_tensors)


class ContribEstimatorPredictor(Predictor):
    """The model of an estimator of tf.contrib.learn, from its latest checkpoint."""

    def __init__(
        self,
        estimator: Any,
        prediction_input_fn: Callable[[], Any],
        input_alternative_key: str | None = None,
        output_alternative_key: str | None = None,
        graph: Any = None,
        config: Any = None,
    ) -> None:
        self._graph = graph or tf.Graph()
        with self._graph.as_default():
            input_ops = prediction_input_fn()
            ops = estimator._get_predict_ops(input_ops.features)
            path = tf.train.latest_checkpoint(estimator.model_dir)
            creator = tf.train.ChiefSessionCreator(config=config, checkpoint_filename_with_path=path)
            self._session = tf.train.MonitoredSession(session_creator=creator)
        inputs, _ = get_input_alternatives(input_ops)
        self._feed_tensors = inputs[input_alternative_key or DEFAULT_INPUT_ALTERNATIVE_KEY]
        outputs, key = get_output_alternatives(ops, output_alternative_key)
        self._fetch_tensors = outputs[key][1]
