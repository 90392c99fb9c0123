"""Strategies that are told how many GPUs there are; their input functions give batches for one replica.

Adapted from TensorFlow 1.15, contrib/distribute/python/{mirrored,parameter_server,collective_all_reduce}_strategy.py, Copyright 2018
The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.distribute import (
    collective_all_reduce_strategy,
    distribute_lib,
    mirrored_strategy,
    parameter_server_strategy,
)
from tensorflow.python.distribute.v1 import input_lib

__all__ = ["CollectiveAllReduceStrategy", "MirroredStrategy", "ParameterServerStrategy"]


class _BatchesOfReplicas:
    """A batch of a data set is for one replica; core TensorFlow's strategies split it among all."""

    _input_workers: Any
    _container_strategy: Any

    def _make_dataset_iterator(self, dataset: Any) -> Any:
        return input_lib.DatasetIterator(dataset, self._input_workers, self._container_strategy())

    @property
    def _global_batch_size(self) -> bool:
        return False


class MirroredStrategy(distribute_lib.StrategyV1):
    """All GPUs of the machine, ``num_gpus`` of them or given devices; ValueError for both numbers of GPUs, or devices and a number."""

    _collective_key_base = 0

    def __init__(
        self,
        devices: Any = None,
        num_gpus: int | None = None,
        num_gpus_per_worker: int | None = None,
        cross_device_ops: Any = None,
        auto_shard_dataset: bool = False,  # noqa: ARG002 (1.15 did not use it)
        cross_tower_ops: Any = None,
    ) -> None:
        if cross_device_ops and cross_tower_ops:
            raise AssertionError("cross_tower_ops is the old name of cross_device_ops")
        if num_gpus is not None and num_gpus_per_worker is not None:
            raise ValueError("You cannot specify both `num_gpus` and `num_gpus_per_worker`.")
        number = num_gpus_per_worker if num_gpus is None else num_gpus
        if devices is None:
            devices = mirrored_strategy.all_local_devices(number)
        elif number is not None:
            raise ValueError("Must only specify one of `devices` and `num_gpus_per_worker`.")
        super().__init__(_MirroredExtended(self, devices, cross_device_ops or cross_tower_ops))


class _MirroredExtended(_BatchesOfReplicas, mirrored_strategy.MirroredExtended):
    """`MirroredStrategy`'s implementation."""


class ParameterServerStrategy(distribute_lib.StrategyV1):
    """Variables on the parameter servers of TF_CONFIG, or on this machine without."""

    def __init__(self, num_gpus_per_worker: int = 0) -> None:
        super().__init__(_ParameterServerExtended(self, cluster_resolver=_resolver(num_gpus_per_worker)))


class _ParameterServerExtended(_BatchesOfReplicas, parameter_server_strategy.ParameterServerStrategyExtended):
    """`ParameterServerStrategy`'s implementation."""


class CollectiveAllReduceStrategy(distribute_lib.StrategyV1):
    """Copies of variables on the workers of TF_CONFIG, or on this machine without."""

    _collective_key_base = 0

    def __init__(self, num_gpus_per_worker: int = 0, communication: Any = None) -> None:
        implementation = communication or tf.distribute.experimental.CollectiveCommunication.AUTO
        options = tf.distribute.experimental.CommunicationOptions(implementation=implementation)
        super().__init__(
            collective_all_reduce_strategy.CollectiveAllReduceExtended(
                self, cluster_resolver=_resolver(num_gpus_per_worker), communication_options=options
            )
        )


def _resolver(num_gpus: int) -> Any:
    """The cluster of TF_CONFIG."""
    config = tf.distribute.cluster_resolver.TFConfigClusterResolver()
    return tf.distribute.cluster_resolver.SimpleClusterResolver(
        cluster_spec=config.cluster_spec(),
        task_type=config.task_type,
        task_id=config.task_id,
        num_accelerators={"GPU": num_gpus},
        rpc_layer=config.rpc_layer,
    )
