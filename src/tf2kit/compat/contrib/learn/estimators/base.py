"""The base of the old estimators: fit, evaluate and predict, with arrays or with an ``input_fn``.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/estimator.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import abc
import copy
import tempfile
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import tensorflow.compat.v1 as tf

from ..._paths import explain
from ..evaluable import Evaluable
from ..monitors.adapter import replace_monitors_with_hooks
from ..trainable import Trainable
from . import _sklearn, tensor_signature
from .inputs import InputFn, get_input_fn, verify_input_args
from .loops import Loops, replica_device_setter
from .run_config import RunConfig
from .sk_compat import SKCompat

Self = TypeVar("Self", bound="BaseEstimator")


class BaseEstimator(Loops, _sklearn.BaseEstimator, Evaluable, Trainable):
    """Trains and evaluates a model; a subclass says with `_get_train_ops`, `_get_eval_ops` and `_get_predict_ops` which.

    Args:
      model_dir: folder of checkpoints and summaries; a temporary one by default.
      config: a `RunConfig`.

    Raises:
      ValueError: ``config`` has another ``model_dir``.
    """

    def __init__(self, model_dir: str | None = None, config: Any = None) -> None:
        if config is None:
            config = RunConfig()
            tf.logging.info("Using default config.")
        self._session_config = config.session_config
        if self._session_config is None:
            self._session_config = tf.ConfigProto(allow_soft_placement=True)
        if model_dir is not None and config.model_dir is not None and model_dir != config.model_dir:
            raise ValueError(
                "model_dir are set both in constructor and RunConfig, but with different values. "
                f"In constructor: '{model_dir}', in RunConfig: '{config.model_dir}' "
            )
        self._model_dir = model_dir or config.model_dir
        if self._model_dir is None:
            self._model_dir = tempfile.mkdtemp()
            tf.logging.warning("Using temporary folder as model directory: %s", self._model_dir)
        self._config = config if config.model_dir is not None else config.replace(model_dir=self._model_dir)
        tf.logging.info("Using config: %s", str(vars(self._config)))
        self._device_fn = replica_device_setter(self._config)
        self._features_info: Any = None
        self._labels_info: Any = None
        self._graph: tf.Graph | None = None

    @property
    def config(self) -> Any:
        """A copy of the settings."""
        return copy.deepcopy(self._config)

    @property
    def model_fn(self) -> Callable[..., Any]:
        """The model as a function of features, labels, mode and config."""

        def public_model_fn(features: Any, labels: Any, mode: str, config: Any) -> Any:
            return self._call_model_fn(features, labels, mode, config=config)

        return public_model_fn

    @property
    def model_dir(self) -> str:
        """Folder of checkpoints and summaries."""
        return str(self._model_dir)

    def fit(
        self: Self,
        x: Any = None,
        y: Any = None,
        input_fn: InputFn | None = None,
        steps: int | None = None,
        batch_size: int | None = None,
        monitors: Sequence[Any] | None = None,
        max_steps: int | None = None,
    ) -> Self:
        """Train for ``steps`` more steps or up to ``max_steps``; without either, until the input ends. Returns itself.

        ``monitors`` are monitors or hooks. ValueError for both numbers of steps, or arrays and ``input_fn`` at once.
        """
        if steps is not None and max_steps is not None:
            raise ValueError("Can not provide both steps and max_steps.")
        verify_input_args(x, y, input_fn, None, batch_size)
        if x is not None:
            SKCompat(self).fit(x, y, batch_size, steps, max_steps, monitors)
            return self
        if max_steps is not None and self._has_reached(max_steps):
            tf.logging.info("Skipping training since max_steps has already saved.")
            return self
        hooks = replace_monitors_with_hooks(monitors, self)
        if steps is not None or max_steps is not None:
            hooks.append(tf.train.StopAtStepHook(steps, max_steps))
        loss = self._train_model(input_fn=input_fn, hooks=hooks)
        tf.logging.info("Loss for final step: %s.", loss)
        return self

    def partial_fit(
        self: Self,
        x: Any = None,
        y: Any = None,
        input_fn: InputFn | None = None,
        steps: int = 1,
        batch_size: int | None = None,
        monitors: Sequence[Any] | None = None,
    ) -> Self:
        """`fit` for one step unless told otherwise."""
        return self.fit(x=x, y=y, input_fn=input_fn, steps=steps, batch_size=batch_size, monitors=monitors)

    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: InputFn | None = None,
        feed_fn: Any = None,
        batch_size: int | None = None,
        steps: int | None = None,
        metrics: dict[Any, Any] | None = None,
        name: str | None = None,
        checkpoint_path: str | None = None,
        hooks: Sequence[Any] | None = None,
        log_progress: bool = True,
    ) -> Any:
        """Values of the metrics by name, and ``global_step``, of the latest or the given checkpoint.

        Raises:
          NotFittedError: there is no checkpoint.
          ValueError: ``metrics`` is not a dictionary, or arrays and ``input_fn`` are both given.
        """
        verify_input_args(x, y, input_fn, feed_fn, batch_size)
        if x is not None:
            return SKCompat(self).score(x, y, batch_size, steps, metrics, name)
        if metrics is not None and not isinstance(metrics, dict):
            raise ValueError(f"Metrics argument should be None or dict. Got {metrics}.")
        results, global_step = self._evaluate_model(
            input_fn=input_fn,
            feed_fn=feed_fn,
            steps=steps,
            metrics=metrics,
            name=name,
            checkpoint_path=checkpoint_path,
            hooks=hooks,
            log_progress=log_progress,
        )
        if results is not None:
            results.update({"global_step": global_step})
        return results

    def predict(
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        outputs: Sequence[str] | None = None,
        as_iterable: bool = True,
        iterate_batches: bool = False,
    ) -> Any:
        """Predictions one by one; as whole batches with ``iterate_batches``, or all at once without ``as_iterable``.

        Raises:
          NotFittedError: there is no checkpoint.
          ValueError: arrays and ``input_fn`` are both given, or ``outputs`` are keys that predictions do not have.
        """
        verify_input_args(x, None, input_fn, None, batch_size)
        if x is not None and not as_iterable:
            return SKCompat(self).predict(x, batch_size)
        input_fn, feed_fn = get_input_fn(x, None, input_fn, None, batch_size)
        return self._infer_model(
            input_fn=input_fn,
            feed_fn=feed_fn,
            outputs=outputs,
            as_iterable=as_iterable,
            iterate_batches=iterate_batches,
        )

    def get_variable_value(self, name: str) -> Any:
        """Value of a variable in the latest checkpoint."""
        return tf.train.load_variable(self.model_dir, name)

    def get_variable_names(self) -> list[str]:
        """Names of all variables in the latest checkpoint."""
        return [name for name, _ in tf.train.list_variables(self.model_dir)]

    def export(self, *_: Any, **__: Any) -> Any:
        """Exports of session_bundle are not offered: an ImportError says what to use."""
        raise ImportError(explain("session_bundle") + " Estimator.export_savedmodel writes one.")

    def _has_reached(self, max_steps: int) -> bool:
        try:
            return bool(max_steps <= tf.train.load_variable(self._model_dir, tf.GraphKeys.GLOBAL_STEP))
        except (ValueError, tf.errors.OpError):  # no checkpoint yet, or one without a global step
            return False

    def _call_model_fn(self, features: Any, labels: Any, mode: str, metrics: Any = None, config: Any = None) -> Any:
        raise NotImplementedError("_call_model_fn not implemented in BaseEstimator")

    @abc.abstractmethod
    def _get_train_ops(self, features: Any, labels: Any) -> Any: ...

    @abc.abstractmethod
    def _get_predict_ops(self, features: Any) -> Any: ...

    def _get_eval_ops(self, features: Any, labels: Any, metrics: Any) -> Any:
        raise NotImplementedError("_get_eval_ops not implemented in BaseEstimator")

    def _get_feature_ops_from_example(self, examples_batch: Any) -> Any:
        if self._features_info is None:
            raise ValueError("Features information missing, was fit() ever called?")
        return tensor_signature.create_example_parser_from_signatures(self._features_info, examples_batch)
