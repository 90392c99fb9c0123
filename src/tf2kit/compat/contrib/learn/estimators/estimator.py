"""The old Estimator: a model function, trained and evaluated.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/estimator.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import tf_decorator, tf_inspect

from . import tensor_signature
from .base import BaseEstimator
from .export import GraphRewriteSpec, export_savedmodel
from .inputs import infer_real_valued_columns_from_input, infer_real_valued_columns_from_input_fn
from .keys import MetricKey
from .metric_ops import make_metrics_ops
from .model_fn import ModeKeys, ModelFnOps
from .sk_compat import SKCompat

__all__ = [
    "BaseEstimator",
    "Estimator",
    "GraphRewriteSpec",
    "SKCompat",
    "infer_real_valued_columns_from_input",
    "infer_real_valued_columns_from_input_fn",
]


class Estimator(BaseEstimator):
    """Trains and evaluates what a model function builds.

    Args:
      model_fn: a function of features and labels, and of those of ``mode``, ``params``, ``config`` and ``model_dir`` that it has
        as arguments. It returns `ModelFnOps`, or (predictions, loss, train operation).
      model_dir: folder of checkpoints and summaries; a temporary one by default.
      config: a `RunConfig`.
      params: given to the model function.
      feature_engineering_fn: changes (features, labels) in front of the model function.

    Raises:
      ValueError: there are ``params`` that the model function does not take.
    """

    def __init__(
        self,
        model_fn: Callable[..., Any] | None = None,
        model_dir: str | None = None,
        config: Any = None,
        params: Any = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
    ) -> None:
        super().__init__(model_dir=model_dir, config=config)
        if model_fn is not None:
            args = _model_fn_args(model_fn)
            if params is not None and "params" not in args:
                raise ValueError(
                    f"Estimator's model_fn ({model_fn}) does not have a params argument, "
                    f"but params ({params}) were passed to the Estimator's constructor."
                )
            if params is None and "params" in args:
                tf.logging.warning(
                    "Estimator's model_fn (%s) includes params argument, but params are not passed to Estimator.",
                    model_fn,
                )
        self._model_fn = model_fn
        self.params = params
        self._feature_engineering_fn = feature_engineering_fn

    def _call_model_fn(
        self, features: Any, labels: Any, mode: str, metrics: dict[Any, Any] | None = None, config: Any = None
    ) -> Any:
        assert self._model_fn is not None
        if self._feature_engineering_fn is not None:
            features, labels = self._feature_engineering_fn(features, labels)
        offered = {
            "mode": mode,
            "params": self.params,
            "config": config or self.config,
            "model_dir": self.model_dir,
        }
        args = _model_fn_args(self._model_fn)
        result = self._model_fn(features, labels, **{name: value for name, value in offered.items() if name in args})
        if not isinstance(result, ModelFnOps):
            if len(result) != 3:
                raise ValueError("Unrecognized value returned by model_fn, please return ModelFnOps.")
            result = ModelFnOps(mode=mode, predictions=result[0], loss=result[1], train_op=result[2])
        if metrics:
            result.eval_metric_ops.update(make_metrics_ops(metrics, features, labels, result.predictions))
        return result

    def _get_train_ops(self, features: Any, labels: Any) -> Any:
        return self._call_model_fn(features, labels, ModeKeys.TRAIN)

    def _get_eval_ops(self, features: Any, labels: Any, metrics: dict[Any, Any] | None) -> Any:
        ops = self._call_model_fn(features, labels, ModeKeys.EVAL, metrics)
        if MetricKey.LOSS not in ops.eval_metric_ops:
            ops.eval_metric_ops[MetricKey.LOSS] = tf.metrics.mean(ops.loss)
        return ops

    def _get_predict_ops(self, features: Any) -> Any:
        labels = tensor_signature.create_placeholders_from_signatures(self._labels_info)
        return self._call_model_fn(features, labels, ModeKeys.INFER)

    def export_savedmodel(
        self,
        export_dir_base: str,
        serving_input_fn: Callable[[], Any],
        default_output_alternative_key: str | None = None,
        assets_extra: dict[str, str] | None = None,
        as_text: bool = False,
        checkpoint_path: str | None = None,
        graph_rewrite_specs: Sequence[GraphRewriteSpec] = (
            GraphRewriteSpec((tf.saved_model.tag_constants.SERVING,), ()),
        ),
        strip_default_attrs: bool = False,
    ) -> bytes:
        """Write a SavedModel into a new folder, named by the time, below ``export_dir_base``; returns its path.

        ``serving_input_fn`` returns `InputFnOps`; ``assets_extra`` are files to add, by their place in the folder "assets.extra".

        Raises:
          NotFittedError: there is no checkpoint.
          ValueError: ``serving_input_fn`` is missing, or the outputs do not say which of them is the default.
          NotImplementedError: ``graph_rewrite_specs`` asks for more than the model itself.
        """
        if serving_input_fn is None:
            raise ValueError("serving_input_fn must be defined.")
        return export_savedmodel(
            lambda features: self._call_model_fn(features, None, ModeKeys.INFER),
            checkpoint_path or self._latest_checkpoint(),
            export_dir_base,
            serving_input_fn,
            default_output_alternative_key,
            assets_extra,
            as_text,
            graph_rewrite_specs,
            strip_default_attrs,
        )


def _model_fn_args(fn: Any) -> tuple[str, ...]:
    """Names of arguments that are still open, of functions and partial functions."""
    _, fn = tf_decorator.unwrap(fn)
    if hasattr(fn, "func") and hasattr(fn, "keywords") and hasattr(fn, "args"):
        args = tf_inspect.getfullargspec(fn.func).args[len(fn.args) :]
        return tuple(arg for arg in args if arg not in fn.keywords)
    return tuple(tf_inspect.getfullargspec(fn).args)
