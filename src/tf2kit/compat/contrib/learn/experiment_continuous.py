"""The schedules of an Experiment that go on until someone stops them.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/experiment.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import function_utils

Predicate = Callable[..., bool]


class Continuous:
    """Loops over checkpoints."""

    _estimator: Any
    _train_input_fn: Any
    _eval_input_fn: Any
    _eval_metrics: Any
    _eval_steps: int | None
    _eval_hooks: list[Any]
    _eval_delay_secs: float
    _continuous_eval_throttle_secs: float
    _train_steps: int | None
    _train_steps_per_iteration: int | None
    _train_monitors: list[Any]
    _saving_listeners: Any
    _call_train: Any
    _call_evaluate: Any
    _evaluate_once: Any
    _maybe_export: Any

    def continuous_eval(
        self,
        delay_secs: float | None = None,
        throttle_delay_secs: float | None = None,
        evaluate_checkpoint_only_once: bool = True,
        continuous_eval_predicate_fn: Predicate | None = None,
        name: str = "continuous",
    ) -> None:
        """Evaluate and export new checkpoints until training has ended, or the predicate of the last result is false."""
        self._continuous_eval(
            self._eval_input_fn,
            name,
            delay_secs,
            throttle_delay_secs,
            evaluate_checkpoint_only_once,
            continuous_eval_predicate_fn,
        )

    def continuous_eval_on_train_data(
        self,
        delay_secs: float | None = None,
        throttle_delay_secs: float | None = None,
        continuous_eval_predicate_fn: Predicate | None = None,
        name: str = "continuous_on_train_data",
    ) -> None:
        """`continuous_eval` with the data of the training, and without exports."""
        self._continuous_eval(
            self._train_input_fn, name, delay_secs, throttle_delay_secs, True, continuous_eval_predicate_fn, False
        )

    def continuous_train_and_eval(self, continuous_eval_predicate_fn: Predicate | None = None) -> Any:
        """Train ``train_steps_per_iteration`` steps (a tenth of all, or 1000), evaluate and export, and so on.

        Returns the last evaluation and what was exported.
        """
        goes_on = _predicate(continuous_eval_predicate_fn)
        steps = self._train_steps_per_iteration
        if steps is None:
            steps = 1000 if self._train_steps is None else int(self._train_steps / 10)
        latest, result, exported = None, None, None
        while goes_on(result, latest if result else None) and not self._has_training_stopped(result):
            self._call_train(
                input_fn=self._train_input_fn,
                steps=steps,
                hooks=self._train_monitors,
                saving_listeners=self._saving_listeners,
            )
            latest = tf.train.latest_checkpoint(self._estimator.model_dir)
            result = self._evaluate_once("one_pass", latest)
            exported = self._maybe_export(result)
        return result, exported

    def _continuous_eval(
        self,
        input_fn: Any,
        name: str,
        delay_secs: float | None,
        throttle_delay_secs: float | None,
        evaluate_checkpoint_only_once: bool,
        predicate_fn: Predicate | None,
        export: bool = True,
    ) -> None:
        goes_on = _predicate(predicate_fn)
        delay = self._eval_delay_secs if delay_secs is None else delay_secs
        throttle = self._continuous_eval_throttle_secs if throttle_delay_secs is None else throttle_delay_secs
        if delay:
            tf.logging.info("Waiting %f secs before starting eval.", delay)
            time.sleep(delay)
        previous, result = None, None
        while goes_on(result, previous) and not self._has_training_stopped(result):
            start = time.time()
            latest = tf.train.latest_checkpoint(self._estimator.model_dir)
            if not latest or (evaluate_checkpoint_only_once and latest == previous):
                tf.logging.log_every_n(tf.logging.WARN, "There is no new checkpoint to evaluate.", 100)
                result = {}
            else:
                result = self._call_evaluate(
                    input_fn=input_fn,
                    steps=self._eval_steps,
                    metrics=self._eval_metrics,
                    name=name,
                    checkpoint_path=latest,
                    hooks=self._eval_hooks,
                )
                if export:
                    self._maybe_export(result or {}, checkpoint_path=latest)
                previous = latest
            time.sleep(max(0.0, start + throttle - time.time()))

    def _has_training_stopped(self, eval_result: Any) -> bool:
        step = (eval_result or {}).get(tf.GraphKeys.GLOBAL_STEP)
        return bool(step and self._train_steps and step >= self._train_steps)


def _predicate(function: Predicate | None) -> Callable[[Any, Any], bool]:
    """A function of an evaluation and the path of its checkpoint, of one that may take the evaluation only."""
    if function is None:
        return lambda *_: True
    if not callable(function):
        raise ValueError("`continuous_eval_predicate_fn` must be a callable, or None.")
    if "checkpoint_path" in function_utils.fn_args(function):
        return lambda result, path: function(result, checkpoint_path=path)
    return lambda result, _: function(result)
