"""Which machine of a cluster this process is, read from the environment variable TF_CONFIG.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/run_config.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import json
import os
from typing import Any

import tensorflow.compat.v1 as tf


class Environment:
    """Where a cluster runs."""

    CLOUD = "cloud"
    GOOGLE = "google"
    LOCAL = "local"


class TaskType:
    """Names of jobs."""

    MASTER = "master"
    PS = "ps"
    WORKER = "worker"


class ClusterConfig:
    """The cluster of TF_CONFIG and this process' place in it; without TF_CONFIG one local process that is the chief.

    Args:
      master: address of the session to train in; by default that of this process' task, or "" if it is alone.
      evaluation_master: address of the session to evaluate in.

    Raises:
      ValueError: TF_CONFIG names a task that its cluster does not have.
    """

    def __init__(self, master: str | None = None, evaluation_master: str | None = None) -> None:
        config = tf_config()
        self._task_type = config.get("task", {}).get("type", None)
        self._task_id = self.get_task_id()
        self._cluster_spec = tf.train.ClusterSpec(config.get("cluster", {}))
        self._master = (
            master if master is not None else _get_master(self._cluster_spec, self._task_type, self._task_id) or ""
        )
        jobs = self._cluster_spec.as_dict()
        self._num_ps_replicas = len(jobs.get("ps", []))
        self._num_worker_replicas = len(jobs.get("worker", [])) + len(jobs.get("master", []))
        self._environment = config.get("environment", Environment.LOCAL)
        self._is_chief = self._task_id == 0
        if self._task_type is not None:
            chief = TaskType.MASTER if self._environment == Environment.CLOUD else TaskType.WORKER
            self._is_chief = self._is_chief and self._task_type == chief
        self._evaluation_master = evaluation_master or ""

    @property
    def cluster_spec(self) -> tf.train.ClusterSpec:
        """Jobs and addresses."""
        return self._cluster_spec

    @property
    def environment(self) -> str:
        """One of `Environment`."""
        return str(self._environment)

    @property
    def evaluation_master(self) -> str:
        """Address of the session to evaluate in."""
        return self._evaluation_master

    @property
    def is_chief(self) -> bool:
        """Whether this process writes checkpoints."""
        return self._is_chief

    @property
    def master(self) -> str:
        """Address of the session to train in."""
        return self._master

    @property
    def num_ps_replicas(self) -> int:
        """Number of parameter servers."""
        return self._num_ps_replicas

    @property
    def num_worker_replicas(self) -> int:
        """Number of workers, the master counted."""
        return self._num_worker_replicas

    @property
    def task_id(self) -> int:
        """Number of this process in its job."""
        return self._task_id

    @property
    def task_type(self) -> str | None:
        """Job of this process."""
        return None if self._task_type is None else str(self._task_type)

    @staticmethod
    def get_task_id() -> int:
        """The task's number in TF_CONFIG, or 0."""
        return int(tf_config().get("task", {}).get("index") or 0)


def tf_config() -> dict[str, Any]:
    """The content of TF_CONFIG."""
    found: dict[str, Any] = json.loads(os.environ.get("TF_CONFIG") or "{}")
    return found


def _get_master(cluster_spec: tf.train.ClusterSpec, task_type: str | None, task_id: int) -> str:
    if not cluster_spec:
        return ""
    jobs = cluster_spec.jobs
    if len(jobs) == 1 and len(cluster_spec.job_tasks(jobs[0])) == 1:
        return ""
    if not task_type:
        return ""
    note = "Note that these values may be coming from the TF_CONFIG environment variable."
    if task_type not in jobs:
        raise ValueError(f"{task_type} is not a valid task_type in the cluster_spec:\n{cluster_spec}\n\n{note}")
    addresses = cluster_spec.job_tasks(task_type)
    if not 0 <= task_id < len(addresses):
        raise ValueError(
            f"{task_id} is not a valid task_id for task_type {task_type} in the cluster_spec:\n{cluster_spec}\n\n{note}"
        )
    return "grpc://" + str(addresses[task_id])
