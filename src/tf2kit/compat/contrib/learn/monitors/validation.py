"""A monitor that evaluates each new checkpoint.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/monitors.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from ...._estimator import load
from .base import EveryN


class ValidationMonitor(EveryN):
    """Evaluates every ``every_n_steps`` steps, if there is a new checkpoint, and stops when the result gets no better.

    Args:
      x: features, with ``y`` and ``batch_size``.
      y: labels.
      input_fn: instead of them.
      batch_size: of ``x`` and ``y``.
      eval_steps: batches of an evaluation; all by default.
      every_n_steps: how often to look for a checkpoint. They come as the estimator's config says, by default every 600 seconds.
      metrics: metrics for ``evaluate``.
      hooks: hooks for ``evaluate``.
      early_stopping_rounds: stop if the metric was best so many steps ago.
      early_stopping_metric: its name.
      early_stopping_metric_minimize: whether less is better.
      name: of the evaluation.
      check_interval_secs: not more often than that; None for no such limit.

    Raises:
      ValueError: there is neither ``x`` nor ``input_fn``; later, if the metric is not in the result.
    """

    def __init__(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Callable[[], Any] | None = None,
        batch_size: int | None = None,
        eval_steps: int | None = None,
        every_n_steps: int = 100,
        metrics: dict[Any, Any] | None = None,
        hooks: Sequence[Any] | None = None,
        early_stopping_rounds: int | None = None,
        early_stopping_metric: str = "loss",
        early_stopping_metric_minimize: bool = True,
        name: str | None = None,
        check_interval_secs: float | None = 5,
    ) -> None:
        super().__init__(every_n_steps=every_n_steps, first_n_steps=-1)
        if x is None and input_fn is None:
            raise ValueError("Either x or input_fn should be provided.")
        self.x = x
        self.y = y
        self.input_fn = input_fn
        self.batch_size = batch_size
        self.eval_steps = eval_steps
        self.metrics = metrics
        self.hooks = hooks
        self.early_stopping_rounds = early_stopping_rounds
        self.early_stopping_metric = early_stopping_metric
        self.early_stopping_metric_minimize = early_stopping_metric_minimize
        self.name = name
        self._best_value_step: int | None = None
        self._best_value: Any = None
        self._best_metrics: Any = None
        self._early_stopped = False
        self._latest_path: str | None = None
        self._last_check: float | None = None
        self._check_interval_secs = check_interval_secs

    @property
    def early_stopped(self) -> bool:
        """Whether it has stopped the training."""
        return self._early_stopped

    @property
    def best_step(self) -> int | None:
        """The step of the best value."""
        return self._best_value_step

    @property
    def best_value(self) -> Any:
        """The best value of the metric."""
        return self._best_value

    @property
    def best_metrics(self) -> Any:
        """All metrics of the best step."""
        return self._best_metrics

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool | None:
        """Evaluate if there is a new checkpoint; whether to stop."""
        super().every_n_step_end(step, outputs)
        if self._estimator is None:
            raise ValueError("Missing call to set_estimator.")
        if not self._is_time():
            return False
        path = tf.train.latest_checkpoint(self._estimator.model_dir)
        if path is None or path == self._latest_path:
            tf.logging.debug("Skipping evaluation at step %d: there is no new checkpoint.", step)
            return False
        self._latest_path = path
        results = self._evaluate_estimator()
        tf.logging.info("Validation (step %d): %s", step, ", ".join(f"{k} = {v}" for k, v in results.items()))
        return self.early_stopping_rounds is not None and self._is_stopped_by(results, step)

    def _is_time(self) -> bool:
        now = time.time()
        interval, last = self._check_interval_secs, self._last_check
        if interval is not None and last is not None and now - last <= interval:
            return False
        self._last_check = now
        return True

    def _evaluate_estimator(self) -> Any:
        more = {"x": self.x, "y": self.y, "batch_size": self.batch_size, "metrics": self.metrics}
        if isinstance(self._estimator, load("python.estimator.estimator").Estimator):
            if any(value is not None for value in more.values()):
                raise ValueError(
                    "tf.estimator.Estimator does not support following arguments: x, y, batch_size, metrics. "
                    "Should set as `None` in ValidationMonitor"
                )
            more = {}
        return self._estimator.evaluate(
            input_fn=self.input_fn, steps=self.eval_steps, hooks=self.hooks, name=self.name, **more
        )

    def _is_stopped_by(self, results: dict[str, Any], step: int) -> bool:
        if self.early_stopping_metric not in results:
            raise ValueError(f"Metric {self.early_stopping_metric} missing from outputs {set(results)}.")
        value, best = results[self.early_stopping_metric], self._best_value
        if best is None or (value < best if self.early_stopping_metric_minimize else value > best):
            self._best_value = value
            self._best_metrics = copy.deepcopy(results)
            self._best_value_step = step
        assert self._best_value_step is not None
        assert self.early_stopping_rounds is not None
        if step - self._best_value_step < self.early_stopping_rounds:
            return False
        tf.logging.info(
            f"Stopping. Best step: {self._best_value_step} with {self.early_stopping_metric} = {self._best_value}."
        )
        self._early_stopped = True
        return True
