"""tf.contrib.metrics, as tf_slim keeps it, and the functions that moved to core TensorFlow."""

import tensorflow.compat.v1 as tf
from tf_slim.metrics import *

from ... import _tf_slim
from .._paths import attributes

_tf_slim.repair()
confusion_matrix = tf.math.confusion_matrix
set_difference = tf.sets.difference
set_intersection = tf.sets.intersection
set_size = tf.sets.size
set_union = tf.sets.union
__getattr__ = attributes(__name__)
