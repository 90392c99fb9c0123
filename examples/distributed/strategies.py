"""Which `tf.distribute` strategy a process uses. The addresses of a cluster come from TF_CONFIG."""

from __future__ import annotations

import os
from typing import Any

import tensorflow as tf


def make(name: str, devices: int) -> Any:
    """The strategy of that name.

    Args:
      name: one, mirrored, multiworker or ps.
      devices: replicas of "mirrored"; where there are not so many GPUs, the processor is divided into logical devices, which shows what
        happens but is no faster.

    Raises:
      ValueError: "ps" without a cluster in TF_CONFIG.
    """
    if name == "one":
        return tf.distribute.get_strategy()
    if name == "mirrored":
        return tf.distribute.MirroredStrategy(_devices(devices))
    if name == "multiworker":
        # gRPC's own all-reduce; NCCL where there are GPUs
        return tf.distribute.MultiWorkerMirroredStrategy()
    resolver = tf.distribute.cluster_resolver.TFConfigClusterResolver()
    if not resolver.cluster_spec().as_dict():
        raise ValueError(
            "Parameter servers need a cluster: TF_CONFIG is not set. Start one with `python -m examples.distributed launch --strategy ps`."
        )
    return tf.distribute.ParameterServerStrategy(resolver)


def serve() -> None:
    """Be a worker or a parameter server for a coordinator elsewhere, until somebody ends this process."""
    # a coordinator that goes away must not leave this process waiting for answers
    os.environ["GRPC_FAIL_FAST"] = "use_caller"
    resolver = tf.distribute.cluster_resolver.TFConfigClusterResolver()
    tf.distribute.Server(
        resolver.cluster_spec(), job_name=resolver.task_type, task_index=resolver.task_id, protocol="grpc", start=True
    ).join()


def _devices(count: int) -> list[str]:
    gpus = tf.config.list_physical_devices("GPU")
    if len(gpus) >= count:
        return [f"GPU:{i}" for i in range(count)]
    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * count)
    return [f"CPU:{i}" for i in range(count)]
