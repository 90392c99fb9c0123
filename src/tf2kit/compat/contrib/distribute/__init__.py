"""tf.contrib.distribute: the strategies of ``tf.distribute`` with the arguments that they had first."""

import tensorflow.compat.v1 as tf
from tensorflow.python.distribute.cross_device_ops import AllReduceCrossDeviceOps
from tensorflow.python.distribute.distribute_config import DistributeConfig
from tensorflow.python.distribute.distribute_coordinator import run_standard_tensorflow_server
from tensorflow.python.distribute.distribute_lib import (
    UpdateContext,
    get_cross_replica_context,
    require_replica_context,
)
from tensorflow.python.distribute.step_fn import StandardInputStep, StandardSingleLossStep, Step

from .._paths import attributes
from .monitor import Monitor
from .strategies import CollectiveAllReduceStrategy, MirroredStrategy, ParameterServerStrategy

CrossDeviceOps = tf.distribute.CrossDeviceOps
DistributionStrategy = tf.distribute.Strategy
OneDeviceStrategy = tf.distribute.OneDeviceStrategy
ReplicaContext = tf.distribute.ReplicaContext
TPUStrategy = tf.distribute.experimental.TPUStrategy
get_distribution_strategy = tf.distribute.get_strategy
get_loss_reduction = tf.distribute.get_loss_reduction
get_replica_context = tf.distribute.get_replica_context
get_strategy = tf.distribute.get_strategy
has_distribution_strategy = tf.distribute.has_strategy
has_strategy = tf.distribute.has_strategy
in_cross_replica_context = tf.distribute.in_cross_replica_context
initialize_tpu_system = tf.tpu.experimental.initialize_tpu_system
__getattr__ = attributes(__name__)
