"""tf.contrib.losses, as tf_slim keeps it."""

from tf_slim.losses import metric_learning
from tf_slim.losses.loss_ops import *

from ... import _tf_slim
from .._paths import attributes

_tf_slim.repair()
__getattr__ = attributes(__name__)
