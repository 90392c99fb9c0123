"""tf.contrib.tpu: TPUEstimator and its settings, and the operations of TPUs.

Without a TPU a TPUEstimator trains, evaluates, predicts and exports on the processor or GPU, as it did in TensorFlow 1.15 with
``use_tpu=False``. With ``use_tpu=True`` and no TPU, training stops with TensorFlow's own RuntimeError "Cannot find any TPU cores".
"""

from tensorflow.compat.v1.tpu import core
from tensorflow.python.tpu.bfloat16 import bfloat16_scope
from tensorflow.python.tpu.device_assignment import DeviceAssignment, device_assignment
from tensorflow.python.tpu.ops.tpu_ops import (
    cross_replica_sum,
    infeed_dequeue,
    infeed_dequeue_tuple,
    infeed_enqueue,
    infeed_enqueue_tuple,
    outfeed_dequeue,
    outfeed_dequeue_tuple,
    outfeed_enqueue,
    outfeed_enqueue_tuple,
)
from tensorflow.python.tpu.topology import Topology
from tensorflow.python.tpu.tpu import (
    batch_parallel,
    initialize_system,
    replicate,
    rewrite,
    shard,
    shutdown_system,
)
from tensorflow.python.tpu.tpu_feed import InfeedQueue
from tensorflow.python.tpu.tpu_optimizer import CrossShardOptimizer
from tensorflow.python.tpu.tpu_replication import outside_compilation
from tensorflow.python.tpu.training_loop import repeat, while_loop

from .._paths import attributes
from .async_checkpoint import AsyncCheckpointSaverHook
from .config import InputPipelineConfig, RunConfig, TPUConfig
from .estimator import TPUEstimator, TPUEstimatorSpec, export_estimator_savedmodel

__getattr__ = attributes(__name__)
