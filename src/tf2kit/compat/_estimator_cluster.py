"""What tensorflow_estimator asks of TensorFlow about clusters, for one machine.

Adapted from TensorFlow 1.15, python/distribute/estimator_training.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
The distribute coordinator, which ran a strategy on several machines, went away with Estimators. Clusters with a master and parameter
servers, and clusters without a strategy, never needed it.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

_GONE = (
    "A strategy on several machines needs the distribute coordinator, which TensorFlow no longer has. Use a strategy of one machine, "
    'a cluster with a "master" and no strategy, or tf.distribute.MultiWorkerMirroredStrategy with Keras.'
)


def init_run_config(config: Any, tf_config: dict[str, Any]) -> None:
    """Settle the strategies and the cluster of a RunConfig that has a strategy.

    Raises:
      ValueError: a strategy is set twice.
      NotImplementedError: the strategy has to run on several machines.
    """
    asked = config._experimental_distribute
    for part in ("train_distribute", "eval_distribute"):
        strategy = asked and getattr(asked, part)
        if strategy:
            if getattr(config, f"_{part}"):
                raise ValueError(f"Either `{part}` or`experimental_distribute.{part}` can be set.")
            setattr(config, f"_{part}", strategy)
    cluster = tf.train.ClusterSpec(tf_config.get("cluster", {}))
    config._init_distributed_setting_from_environment_var({})
    if config._train_distribute and ((asked and asked.remote_cluster) or (cluster and "master" not in cluster.jobs)):
        raise NotImplementedError(_GONE)
    config._distribute_coordinator_mode = None
    config._init_distributed_setting_from_environment_var(tf_config)
    config._maybe_overwrite_session_config_for_distributed_training()


def should_run_distribute_coordinator(_: Any) -> bool:
    """Never: `init_run_config` has refused what needs it."""
    return False
