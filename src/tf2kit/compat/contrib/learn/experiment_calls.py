"""How an Experiment calls its estimator, which may be an old one or one of tf.estimator.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/experiment.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from ..._estimator import load
from .evaluable import Evaluable
from .export_strategy import ExportStrategy
from .monitors.adapter import replace_monitors_with_hooks
from .trainable import Trainable


def uses_core_estimator(estimator: Any, eval_metrics: Any, saving_listeners: Any) -> bool:
    """Whether it is an Estimator of tf.estimator; ValueError if it is no estimator, or for arguments that it does not take."""
    if isinstance(estimator, load("python.estimator.estimator").Estimator):
        if eval_metrics is not None:
            raise ValueError(
                "`eval_metrics` must be `None` with `tf.estimator.Estimator`. "
                "Use `eval_metric_ops` in `tf.estimator.EstimatorSpec` instead."
            )
        return True
    for kind in (Evaluable, Trainable):
        if not isinstance(estimator, kind):
            raise ValueError(
                f"`estimator` must implement `tf.contrib.learn.{kind.__name__}` or `tf.estimator.Estimator`."
            )
    if saving_listeners is not None:
        raise ValueError("`saving_listeners` must be `None` with `tf.contrib.learn.Estimator`.")
    return False


class Calls:
    """Calls of the estimator with what the Experiment holds."""

    _core_estimator_used: bool
    _estimator: Any
    _eval_input_fn: Any
    _eval_metrics: Any
    _eval_steps: int | None
    _eval_hooks: list[Any]
    _export_strategies: tuple[ExportStrategy, ...]

    def _set_export_strategies(self, values: Any) -> None:
        given = [values] if isinstance(values, ExportStrategy) else list(values or [])
        for value in given:
            if not isinstance(value, ExportStrategy):
                raise ValueError(
                    "`export_strategies` must be an ExportStrategy, an iterable of ExportStrategy, "
                    f"or `None`, found {value}."
                )
        self._export_strategies = tuple(given)

    def _call_train(
        self,
        input_fn: Any,
        steps: int | None = None,
        hooks: Sequence[Any] | None = None,
        max_steps: int | None = None,
        saving_listeners: Any = None,
    ) -> Any:
        hooks = replace_monitors_with_hooks(hooks, self._estimator)
        if self._core_estimator_used:
            return self._estimator.train(
                input_fn=input_fn, steps=steps, max_steps=max_steps, hooks=hooks, saving_listeners=saving_listeners
            )
        return self._estimator.fit(input_fn=input_fn, steps=steps, max_steps=max_steps, monitors=hooks)

    def _call_evaluate(
        self,
        input_fn: Any,
        steps: int | None = None,
        metrics: Any = None,
        name: str | None = None,
        checkpoint_path: str | None = None,
        hooks: Sequence[Any] | None = None,
    ) -> Any:
        more = {} if self._core_estimator_used else {"metrics": metrics}
        if self._core_estimator_used and metrics is not None:
            raise ValueError("`eval_metrics` must be `None` with `tf.estimator.Estimator`")
        return self._estimator.evaluate(
            input_fn=input_fn, steps=steps, name=name, checkpoint_path=checkpoint_path, hooks=hooks, **more
        )

    def _evaluate_once(self, name: str | None, checkpoint_path: str | None = None) -> Any:
        return self._call_evaluate(
            input_fn=self._eval_input_fn,
            steps=self._eval_steps,
            metrics=self._eval_metrics,
            name=name,
            checkpoint_path=checkpoint_path,
            hooks=self._eval_hooks,
        )

    def _maybe_export(self, eval_result: Any, checkpoint_path: str | None = None) -> list[Any]:
        folder = os.path.join(tf.compat.as_bytes(self._estimator.model_dir), b"export")
        return [
            strategy.export(
                self._estimator,
                os.path.join(folder, tf.compat.as_bytes(strategy.name)),
                checkpoint_path=checkpoint_path,
                eval_result=eval_result,
            )
            for strategy in self._export_strategies
        ]

    def _start_server(self) -> Any:
        config = self._estimator.config
        if not config.cluster_spec or not config.task_type or not config.master or config.task_id is None:
            raise ValueError(
                "Could not start server; be sure to specify cluster_spec, task_type, master, and task in RunConfig "
                "or set the TF_CONFIG environment variable."
            )
        server = tf.train.Server(
            config.cluster_spec,
            job_name=config.task_type,
            task_index=config.task_id,
            config=config.tf_config,
            start=False,
        )
        server.start()
        return server


class EvalAndExportListener(tf.train.CheckpointSaverListener):
    """Evaluates and exports each new checkpoint."""

    def __init__(
        self, eval_fn: Callable[[str, str], Any], export_fn: Callable[[Any, str], Any], model_dir: str
    ) -> None:
        self._eval_fn = eval_fn
        self._export_fn = export_fn
        self._model_dir = model_dir
        self._latest_path: str | None = None
        self.eval_result: Any = None
        self.export_results: Any = None

    def after_save(self, session: Any, global_step_value: int) -> None:  # noqa: ARG002
        """Evaluate and export, unless it is the same checkpoint as the last time."""
        latest_path = tf.train.latest_checkpoint(self._model_dir)
        if not latest_path or latest_path == self._latest_path:
            tf.logging.warning("Skipping evaluation and export: there is no new checkpoint in %s.", self._model_dir)
            return
        self._latest_path = latest_path
        self.eval_result = self._eval_fn("intermediate_export", latest_path)
        self.export_results = self._export_fn(self.eval_result, latest_path)
