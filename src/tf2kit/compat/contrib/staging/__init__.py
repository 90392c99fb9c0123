"""tf.contrib.staging: queues on a device."""

from tensorflow.python.ops.data_flow_ops import StagingArea

from .._paths import attributes

__getattr__ = attributes(__name__)
