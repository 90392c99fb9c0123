"""An Experiment: an estimator with its data, trained, evaluated and exported in one of several schedules.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/experiment.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from .estimators.run_config import Environment, RunConfig
from .experiment_calls import Calls, EvalAndExportListener, uses_core_estimator
from .experiment_continuous import Continuous
from .monitors.validation import ValidationMonitor

__all__ = ["Experiment"]


class Experiment(Continuous, Calls):
    """What is needed to train and evaluate an estimator.

    Args:
      estimator: one of contrib.learn or of tf.estimator.
      train_input_fn: makes features and labels to train with.
      eval_input_fn: makes features and labels to evaluate with.
      eval_metrics: metrics for the evaluation; None for tf.estimator.
      train_steps: train up to this global step; None for no end.
      eval_steps: batches of an evaluation; None for all.
      train_monitors: monitors or hooks.
      eval_hooks: hooks.
      local_eval_frequency: `local_run` evaluates so often, in steps.
      eval_delay_secs: wait so long before an evaluation.
      continuous_eval_throttle_secs: at least so long from one evaluation to the next.
      min_eval_frequency: `train_and_evaluate` evaluates so often, in steps, if there is a new checkpoint; 0 for the end only.
      delay_workers_by_global_step: workers wait for a step instead of a time.
      export_strategies: one `ExportStrategy` or several.
      train_steps_per_iteration: of `continuous_train_and_eval`.
      checkpoint_and_export: evaluate and export at each checkpoint.
      saving_listeners: of checkpoints, for tf.estimator only.
      check_interval_secs: evaluate not more often than that.

    Raises:
      ValueError: something is not of the right kind, or not for this kind of estimator.
    """

    def __init__(
        self,
        estimator: Any,
        train_input_fn: Callable[[], Any],
        eval_input_fn: Callable[[], Any],
        eval_metrics: dict[Any, Any] | None = None,
        train_steps: int | None = None,
        eval_steps: int | None = 100,
        train_monitors: Sequence[Any] | None = None,
        eval_hooks: Sequence[Any] | None = None,
        local_eval_frequency: int | None = None,
        eval_delay_secs: float = 120,
        continuous_eval_throttle_secs: float = 60,
        min_eval_frequency: int | None = None,
        delay_workers_by_global_step: bool = False,
        export_strategies: Any = None,
        train_steps_per_iteration: int | None = None,
        checkpoint_and_export: bool = False,
        saving_listeners: Sequence[Any] | None = None,
        check_interval_secs: float | None = 5,
    ) -> None:
        self._core_estimator_used = uses_core_estimator(estimator, eval_metrics, saving_listeners)
        self._estimator = estimator
        self._train_input_fn = train_input_fn
        self._eval_input_fn = eval_input_fn
        self._eval_metrics = eval_metrics
        self._train_steps = train_steps
        self._eval_steps = eval_steps
        self._local_eval_frequency = local_eval_frequency
        self._eval_delay_secs = eval_delay_secs
        self._continuous_eval_throttle_secs = continuous_eval_throttle_secs
        self._checkpoint_and_export = checkpoint_and_export
        self._saving_listeners = saving_listeners
        self._min_eval_frequency = 1 if min_eval_frequency is None else min_eval_frequency
        self._check_interval_secs = check_interval_secs
        self._delay_workers_by_global_step = delay_workers_by_global_step
        self._train_monitors = list(train_monitors or [])
        self._eval_hooks = list(eval_hooks or [])
        self._set_export_strategies(export_strategies)
        if train_steps_per_iteration is not None and not isinstance(train_steps_per_iteration, int):
            raise ValueError("`train_steps_per_iteration` must be an integer.")
        self._train_steps_per_iteration = train_steps_per_iteration

    @property
    def estimator(self) -> Any:
        """The estimator."""
        return self._estimator

    @property
    def eval_metrics(self) -> Any:
        """Metrics for the evaluation."""
        return self._eval_metrics

    @property
    def train_steps(self) -> int | None:
        """Global step at which training ends."""
        return self._train_steps

    @property
    def eval_steps(self) -> int | None:
        """Batches of an evaluation."""
        return self._eval_steps

    def extend_train_hooks(self, additional_hooks: Sequence[Any]) -> None:
        """More monitors or hooks to train with."""
        self._train_monitors.extend(additional_hooks)

    def reset_export_strategies(self, new_export_strategies: Any = None) -> Any:
        """Replace the export strategies; returns those before."""
        old = self._export_strategies
        self._set_export_strategies(new_export_strategies)
        return old

    def train(self, delay_secs: float | None = None) -> Any:
        """Train, after ``delay_secs`` seconds: by default five for each worker in front of this one, at most sixty.

        ValueError in a cluster, if the estimator's config is not a `RunConfig`.
        """
        config = self._estimator.config
        if config.cluster_spec and config.master:
            if not isinstance(config, RunConfig):
                raise ValueError(
                    "For distributed runtime, Experiment class only works with tf.contrib.learn.RunConfig for now, "
                    f"but provided {type(config)}"
                )
            if config.environment == Environment.LOCAL:
                tf.logging.warn("ClusterSpec and master are provided, but environment is set to 'local'.")
            elif config.environment != Environment.GOOGLE:
                self._start_server()
        extra_hooks = []
        if delay_secs is None:
            task_id = config.task_id or 0
            if self._delay_workers_by_global_step:
                extra_hooks = [tf.train.GlobalStepWaiterHook(int(8000.0 * math.log(task_id + 1)))]
                delay_secs = 0
            else:
                delay_secs = min(60, task_id * 5)
        _wait(delay_secs, "training")
        return self._call_train(
            input_fn=self._train_input_fn,
            max_steps=self._train_steps,
            hooks=self._train_monitors + extra_hooks,
            saving_listeners=self._saving_listeners,
        )

    def evaluate(self, delay_secs: float | None = None, name: str | None = None) -> Any:
        """Evaluate the latest checkpoint, after ``delay_secs`` seconds."""
        _wait(self._eval_delay_secs if delay_secs is None else delay_secs, "eval")
        return self._evaluate_once(name or "one_pass")

    def local_run(self) -> Any:
        """`train_and_evaluate` that evaluates every ``local_eval_frequency`` steps."""
        saved = self._min_eval_frequency
        self._min_eval_frequency = self._local_eval_frequency  # type: ignore[assignment]
        try:
            return self.train_and_evaluate()
        finally:
            self._min_eval_frequency = saved

    def train_and_evaluate(self) -> Any:
        """Train and evaluate in turns; returns the last evaluation and what was exported."""
        config = self._estimator.config
        exports_along = self._checkpoint_and_export and (config.save_checkpoints_secs or config.save_checkpoints_steps)
        saved = self._train_monitors
        self._train_monitors = list(saved)
        listener = None
        if exports_along:
            listener = EvalAndExportListener(self._evaluate_once, self._maybe_export, self._estimator.model_dir)
            self._train_monitors.append(
                tf.train.CheckpointSaverHook(
                    checkpoint_dir=self._estimator.model_dir,
                    save_secs=config.save_checkpoints_secs,
                    save_steps=config.save_checkpoints_steps,
                    listeners=[listener],
                )
            )
        elif self._min_eval_frequency:
            self._train_monitors.append(
                ValidationMonitor(
                    input_fn=self._eval_input_fn,
                    eval_steps=self._eval_steps,
                    metrics=self._eval_metrics,
                    every_n_steps=self._min_eval_frequency,
                    check_interval_secs=self._check_interval_secs,
                    hooks=self._eval_hooks,
                )
            )
        try:
            self.train(delay_secs=0)
        finally:
            self._train_monitors = saved
        if listener is not None:
            return listener.eval_result, listener.export_results
        result = self._evaluate_once(None)
        return result, self._maybe_export(result)

    def test(self) -> Any:
        """Train, evaluate and export for one step each; returns the evaluation."""
        self._call_train(
            input_fn=self._train_input_fn,
            steps=1,
            hooks=self._train_monitors,
            saving_listeners=self._saving_listeners,
        )
        result = self._call_evaluate(input_fn=self._eval_input_fn, steps=1, metrics=self._eval_metrics, name="one_pass")
        self._maybe_export(result)
        return result

    def run_std_server(self) -> None:
        """Be a parameter server, for ever."""
        self._start_server().join()


def _wait(seconds: float, what: str) -> None:
    if seconds:
        tf.logging.info("Waiting %d secs before starting %s.", seconds, what)
        time.sleep(seconds)
