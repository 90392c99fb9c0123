"""Changes of estimators and optimizers: features among the predictions, clipped gradients, exports of several modes.

Adapted from TensorFlow 1.15's tensorflow_estimator, contrib/estimator/python/estimator/extenders.py and export.py, Copyright 2017
The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.framework.sparse_tensor import convert_to_tensor_or_sparse_tensor

from ..._estimator import load

__all__ = ["clip_gradients_by_norm", "export_all_saved_models", "export_saved_model_for_mode", "forward_features"]

_ModeKeys = load("python.estimator.mode_keys").ModeKeys


class _ClippedByNorm(tf.train.Optimizer):
    """An optimizer that clips gradients before it applies them."""

    def __init__(self, optimizer: Any, clip_norm: float) -> None:
        super().__init__(use_locking=False, name="ClipByNorm" + optimizer.get_name())
        self._optimizer = optimizer
        self._clip_norm = clip_norm

    def compute_gradients(self, *args: Any, **kwargs: Any) -> Any:
        """As the optimizer does."""
        return self._optimizer.compute_gradients(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Clip and apply."""
        gradients, variables = zip(*grads_and_vars, strict=True)
        clipped, _ = tf.clip_by_global_norm(gradients, self._clip_norm)
        return self._optimizer.apply_gradients(list(zip(clipped, variables, strict=True)), global_step, name)

    def get_slot(self, *args: Any, **kwargs: Any) -> Any:
        """As the optimizer does."""
        return self._optimizer.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> Any:
        """As the optimizer does."""
        return self._optimizer.get_slot_names(*args, **kwargs)


def clip_gradients_by_norm(optimizer: Any, clip_norm: float) -> Any:
    """An optimizer that first scales all gradients so that their common norm is at most ``clip_norm``."""
    return _ClippedByNorm(optimizer, clip_norm)


def forward_features(estimator: Any, keys: Any = None, sparse_default_values: dict[str, Any] | None = None) -> Any:
    """An Estimator whose predictions have features beside them.

    ``keys`` is one or several keys, all by default; ``sparse_default_values`` say what fills sparse features.

    Raises:
      TypeError: keys are not texts.
      ValueError: in predictions: a feature is missing, is called like a prediction, or is sparse without a value that fills it.
    """
    wanted = [keys] if isinstance(keys, str) else keys
    if wanted is not None and not isinstance(wanted, (list, tuple)):
        raise TypeError(f"keys should be either a string or a list of strings. Given: {type(wanted)}")
    for key in wanted or ():
        if not isinstance(key, str):
            raise TypeError(
                f"All items in the given keys list should be a string. There exist an item with type: {type(key)}"
            )

    def model_fn(features: Any, labels: Any, mode: str, config: Any) -> Any:
        spec = estimator.model_fn(features, labels, mode, config)
        if spec.predictions is None:
            return spec
        chosen = list(features) if wanted is None else wanted
        _check_keys(chosen, features, spec.predictions)
        spec.predictions.update({key: _dense(key, features[key], sparse_default_values or {}) for key in chosen})
        predict_output = load("python.estimator.export.export_output").PredictOutput
        for name in ("predict", "serving_default"):
            output = (spec.export_outputs or {}).get(name)
            if isinstance(output, predict_output):
                output.outputs.update({key: spec.predictions[key] for key in chosen})
        return spec

    base = load("python.estimator.estimator").Estimator
    return base(model_fn=model_fn, model_dir=estimator.model_dir, config=estimator.config)


def _check_keys(keys: Sequence[str], features: Any, predictions: Any) -> None:
    if not isinstance(predictions, dict):
        raise ValueError(f"Predictions should be a dict to be able to forward features. Given: {type(predictions)}")
    for key in keys:
        if key not in features:
            raise ValueError(
                f'keys should be exist in features. Key "{key}" is not in features dict. features dict has following '
                f"keys: {features.keys()}. Please check arguments of forward_features."
            )
        if key in predictions:
            raise ValueError(
                f"Cannot forward feature key ({key}). Since it does exist in predictions. Existing prediction keys: "
                f"{predictions.keys()}. Please check arguments of forward_features."
            )


def _dense(key: str, feature: Any, fill: dict[str, Any]) -> Any:
    feature = convert_to_tensor_or_sparse_tensor(feature)
    if key in fill:
        if not isinstance(feature, tf.SparseTensor):
            raise ValueError(f"Feature ({key}) is expected to be a `SparseTensor`.")
        feature = tf.sparse.to_dense(feature, default_value=fill[key])
    if not isinstance(feature, tf.Tensor):
        raise ValueError(
            f"Feature ({key}) should be a Tensor. Please use `keys` argument of forward_features to filter unwanted features, or"
            f"add key to argument `sparse_default_values`.Type of features[{key}] is {type(feature)}."
        )
    return feature


def export_saved_model_for_mode(
    estimator: Any,
    export_dir_base: str,
    input_receiver_fn: Any,
    assets_extra: dict[str, str] | None = None,
    as_text: bool = False,
    checkpoint_path: str | None = None,
    mode: str = _ModeKeys.PREDICT,
) -> Any:
    """Export an Estimator's model of one mode."""
    return estimator.export_saved_model(
        export_dir_base,
        input_receiver_fn,
        assets_extra=assets_extra,
        as_text=as_text,
        checkpoint_path=checkpoint_path,
        experimental_mode=mode,
    )


def export_all_saved_models(
    estimator: Any,
    export_dir_base: str,
    input_receiver_fn_map: dict[str, Any],
    assets_extra: dict[str, str] | None = None,
    as_text: bool = False,
    checkpoint_path: str | None = None,
) -> Any:
    """Export an Estimator's models of several modes into one SavedModel."""
    return estimator.experimental_export_all_saved_models(
        export_dir_base,
        input_receiver_fn_map,
        assets_extra=assets_extra,
        as_text=as_text,
        checkpoint_path=checkpoint_path,
    )
