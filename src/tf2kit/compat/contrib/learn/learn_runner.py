"""Run an Experiment by the name of one of its methods.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/learn_runner.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..training.hparam import HParams
from .estimators.run_config import RunConfig, TaskType
from .experiment import Experiment

__all__ = ["run", "tune"]


def run(
    experiment_fn: Callable[..., Any],
    output_dir: str | None = None,
    schedule: str | None = None,
    run_config: Any = None,
    hparams: Any = None,
) -> Any:
    """Make an Experiment and run its method ``schedule``; returns what that returns.

    Args:
      experiment_fn: a function of ``output_dir``, or of ``run_config`` and ``hparams``, that returns an `Experiment`.
      output_dir: a folder; or else ``run_config``.
      schedule: by default "train_and_evaluate"; in a cluster "train" for workers and "run_std_server" for parameter servers.
      run_config: a `RunConfig` with a ``model_dir``, which the estimator has to get.
      hparams: for ``experiment_fn``.

    Raises:
      ValueError: arguments exclude each other or are missing, or there is no such method.
      TypeError: ``experiment_fn`` is not a function, or returns something else; or ``schedule`` is not a method.
      RuntimeError: the estimator has another config.
    """
    if output_dir is not None and run_config is not None:
        raise ValueError("Cannot provide both `output_dir` and `run_config`")
    if output_dir is None and run_config is None:
        raise ValueError("Must set value for `output_dir` or `run_config`")
    if not callable(experiment_fn):
        raise TypeError(f'Experiment builder "{experiment_fn}" is not callable.')
    if run_config is not None:
        experiment = _checked(experiment_fn)(run_config=run_config, hparams=hparams)
    else:
        if not output_dir:
            raise ValueError("Must specify an output directory")
        if hparams is not None:
            raise ValueError("Must set `hparams` as None for `experiment_fn` with `output_dir`.")
        experiment = _experiment(experiment_fn(output_dir=output_dir))
    config = run_config or experiment.estimator.config
    return _execute(experiment, schedule or _default_schedule(config))


def tune(experiment_fn: Callable[..., Any], tuner: Any) -> None:
    """Run Experiments as a tuner says, which has ``next_trial`` and ``run_experiment``."""
    while tuner.next_trial():
        tuner.run_experiment(_checked(experiment_fn, require_hparams=True))


def _experiment(made: Any) -> Experiment:
    if not isinstance(made, Experiment):
        raise TypeError(f"Experiment builder did not return an Experiment instance, got {type(made)} instead.")
    return made


def _checked(experiment_fn: Callable[..., Any], require_hparams: bool = False) -> Callable[..., Experiment]:
    """The function, with checks of what it gets and that the estimator has the same config."""

    def checked_experiment_fn(run_config: Any, hparams: Any) -> Experiment:
        if not isinstance(run_config, RunConfig):
            raise ValueError("`run_config` must be `tf.contrib.learn.RunConfig` instance")
        if not run_config.model_dir:
            raise ValueError("Must specify a model directory `model_dir` in `run_config`.")
        if hparams is not None and not isinstance(hparams, HParams):
            raise ValueError("`hparams` must be `HParams` instance")
        if require_hparams and hparams is None:
            raise ValueError("`hparams` cannot be `None`.")
        expected = run_config.uid()
        experiment = _experiment(experiment_fn(run_config, hparams))
        config = experiment.estimator.config
        if not hasattr(config, "uid"):
            raise RuntimeError(
                "Pass `run_config` argument of the `experiment_fn` to the Estimator in Experiment. It is likely a "
                "different `RunConfig` is passed to `Estimator` or the `config` constructor argument in `Estimator` is not set."
            )
        if config.uid() != expected:
            raise RuntimeError(
                "`RunConfig` instance is expected to be used by the `Estimator` inside the `Experiment`. "
                f"expected {expected}, but got {config.uid()}"
            )
        return experiment

    return checked_experiment_fn


def _execute(experiment: Experiment, schedule: str) -> Any:
    if not hasattr(experiment, schedule):
        names = [x for x in dir(experiment) if not x.startswith("_") and callable(getattr(experiment, x))]
        raise ValueError(f"Schedule references non-existent task {schedule}; there are {names}")
    task = getattr(experiment, schedule)
    if not callable(task):
        raise TypeError(f"Schedule references non-callable member {schedule}")
    return task()


def _default_schedule(config: Any) -> str:
    cluster = config.cluster_spec if config else None
    if not cluster or sum(len(cluster.job_tasks(job)) for job in cluster.jobs) <= 1:
        return "train_and_evaluate"
    if not config.task_type:
        raise ValueError("Must specify a schedule")
    schedules = {TaskType.MASTER: "train_and_evaluate", TaskType.PS: "run_std_server", TaskType.WORKER: "train"}
    if config.task_type not in schedules:
        raise ValueError(f"No default schedule for task type: {config.task_type}")
    return schedules[config.task_type]
