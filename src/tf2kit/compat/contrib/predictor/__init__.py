"""tf.contrib.predictor: models as functions of dictionaries of arrays.

Adapted from TensorFlow 1.15, contrib/predictor/predictor_factories.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..._estimator import load
from .._paths import attributes
from .estimators import ContribEstimatorPredictor, CoreEstimatorPredictor
from .predictor import Predictor
from .saved_models import SavedModelPredictor


def from_contrib_estimator(
    estimator: Any,
    prediction_input_fn: Callable[[], Any],
    input_alternative_key: str | None = None,
    output_alternative_key: str | None = None,
    graph: Any = None,
    config: Any = None,
) -> Predictor:
    """A predictor of an estimator of tf.contrib.learn and the `InputFnOps` of a function; TypeError for one of tf.estimator."""
    if isinstance(estimator, load("python.estimator.estimator").Estimator):
        raise TypeError(
            "Expected estimator to be of type tf.contrib.learn.Estimator, but got type tf.python.estimator.Estimator. "
            "You likely want to call from_estimator."
        )
    return ContribEstimatorPredictor(
        estimator,
        prediction_input_fn,
        input_alternative_key=input_alternative_key,
        output_alternative_key=output_alternative_key,
        graph=graph,
        config=config,
    )


def from_estimator(
    estimator: Any,
    serving_input_receiver_fn: Callable[[], Any],
    output_key: str | None = None,
    graph: Any = None,
    config: Any = None,
) -> Predictor:
    """A predictor of an estimator of tf.estimator and the ServingInputReceiver of a function; TypeError for one of tf.contrib.learn."""
    from ..learn.estimators.estimator import Estimator

    if isinstance(estimator, Estimator):
        raise TypeError(
            "Expected estimator to be of type tf.python.estimator.Estimator, but got type tf.contrib.learn.Estimator. "
            "You likely want to call from_contrib_estimator."
        )
    return CoreEstimatorPredictor(
        estimator, serving_input_receiver_fn, output_key=output_key, graph=graph, config=config
    )


def from_saved_model(
    export_dir: str,
    signature_def_key: str | None = None,
    signature_def: Any = None,
    input_names: dict[str, str] | None = None,
    output_names: dict[str, str] | None = None,
    tags: str | None = None,
    graph: Any = None,
    config: Any = None,
) -> Predictor:
    """A predictor of a SavedModel, by one of its signatures, a signature, or names of tensors; ValueError for more than one of these."""
    return SavedModelPredictor(
        export_dir,
        signature_def_key=signature_def_key,
        signature_def=signature_def,
        input_names=input_names,
        output_names=output_names,
        tags=tags,
        graph=graph,
        config=config,
    )


__getattr__ = attributes(__name__)
