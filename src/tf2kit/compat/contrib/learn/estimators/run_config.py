"""The settings of a run, for the old estimators and for those of tf.estimator.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/run_config.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from ...._estimator import load
from .cluster_config import ClusterConfig, Environment, TaskType, tf_config

__all__ = ["ClusterConfig", "Environment", "RunConfig", "TaskType"]

CoreRunConfig: Any = load("python.estimator.run_config").RunConfig
# what may differ between two runs of one experiment
_NOT_IN_UID = (
    "tf_random_seed",
    "save_summary_steps",
    "save_checkpoints_steps",
    "save_checkpoints_secs",
    "session_config",
    "keep_checkpoint_max",
    "keep_checkpoint_every_n_hours",
    "log_step_count_steps",
)


class RunConfig(ClusterConfig, CoreRunConfig):
    """Settings of training and evaluation; an Estimator of tf.estimator takes it as well.

    Args:
      master: address of the session to train in.
      num_cores: threads within and between operations; 0 lets TensorFlow choose.
      log_device_placement: whether `tf_config` says to log where operations are put.
      gpu_memory_fraction: share of a GPU's memory in `tf_config`.
      tf_random_seed: seed of each graph.
      save_summary_steps: steps between summaries.
      save_checkpoints_secs: seconds between checkpoints; 600 unless ``save_checkpoints_steps`` is given.
      save_checkpoints_steps: steps between checkpoints.
      keep_checkpoint_max: how many checkpoints stay.
      keep_checkpoint_every_n_hours: one in so many hours stays for good.
      log_step_count_steps: steps between reports of the speed.
      protocol: of the server of a cluster.
      evaluation_master: address of the session to evaluate in.
      model_dir: folder of checkpoints and summaries.
      session_config: a ConfigProto for sessions.
      session_creation_timeout_secs: how long to wait for a session in a cluster.

    Raises:
      ValueError: TF_CONFIG has another ``model_dir``, or a task that is not in its cluster.
    """

    _USE_DEFAULT = 0
    # settings that came after this class; tf.estimator's own code reads them
    _checkpoint_save_graph_def = True
    _distribute_coordinator_mode = None
    _global_id_in_cluster = None
    _service = None

    def __init__(
        self,
        master: str | None = None,
        num_cores: int = 0,
        log_device_placement: bool = False,
        gpu_memory_fraction: float = 1,
        tf_random_seed: int | None = None,
        save_summary_steps: int = 100,
        save_checkpoints_secs: int | None = _USE_DEFAULT,
        save_checkpoints_steps: int | None = None,
        keep_checkpoint_max: int = 5,
        keep_checkpoint_every_n_hours: float = 10000,
        log_step_count_steps: int | None = 100,
        protocol: str | None = None,
        evaluation_master: str = "",
        model_dir: str | None = None,
        session_config: tf.ConfigProto | None = None,
        session_creation_timeout_secs: int = 7200,
    ) -> None:
        ClusterConfig.__init__(self, master=master, evaluation_master=evaluation_master)
        self._train_distribute = None
        self._eval_distribute = None
        self._experimental_max_worker_delay_secs = None
        self._device_fn = None
        self._tf_config = tf.ConfigProto(
            log_device_placement=log_device_placement,
            inter_op_parallelism_threads=num_cores,
            intra_op_parallelism_threads=num_cores,
            gpu_options=tf.GPUOptions(per_process_gpu_memory_fraction=gpu_memory_fraction),
        )
        self._tf_random_seed = tf_random_seed
        self._save_summary_steps = save_summary_steps
        if save_checkpoints_secs == RunConfig._USE_DEFAULT:
            save_checkpoints_secs = 600 if save_checkpoints_steps is None else None
        self._save_checkpoints_secs = save_checkpoints_secs
        self._log_step_count_steps = log_step_count_steps
        self._protocol = protocol
        self._session_config = session_config
        self._save_checkpoints_steps = save_checkpoints_steps
        self._keep_checkpoint_max = keep_checkpoint_max
        self._keep_checkpoint_every_n_hours = keep_checkpoint_every_n_hours
        self._model_dir = _get_model_dir(model_dir)
        self._session_creation_timeout_secs = session_creation_timeout_secs

    @property
    def tf_config(self) -> tf.ConfigProto:
        """The ConfigProto of ``num_cores``, ``log_device_placement`` and ``gpu_memory_fraction``."""
        return self._tf_config

    def uid(self, whitelist: Sequence[str] | None = None) -> str:
        """A text that is the same for equal settings, those in ``whitelist`` not looked at."""
        left_out = {f"_{name}" for name in (_NOT_IN_UID if whitelist is None else whitelist)}
        state: dict[str, Any] = {k: v for k, v in sorted(vars(self).items()) if k not in left_out}
        if "_cluster_spec" in state:
            state["_cluster_spec"] = dict(sorted(state["_cluster_spec"].as_dict().items()))
        return ", ".join(f"{k}={v!r}" for k, v in state.items())


def _get_model_dir(model_dir: str | None) -> str | None:
    in_environment: str | None = tf_config().get("model_dir", None)
    if in_environment is None:
        return model_dir
    if model_dir is not None and in_environment != model_dir:
        raise ValueError(
            "`model_dir` provided in RunConfig construct, if set, must have the same value as the model_dir in TF_CONFIG. "
            f'model_dir: {model_dir}\nTF_CONFIG["model_dir"]: {in_environment}.\n'
        )
    tf.logging.info("Using model_dir in TF_CONFIG: %s", in_environment)
    return model_dir or in_environment
