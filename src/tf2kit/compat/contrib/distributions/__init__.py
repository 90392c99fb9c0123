"""tf.contrib.distributions: those that core TensorFlow has too. The others are in TensorFlow Probability."""

from tensorflow.compat.v1.distributions import *

from .._paths import attributes

__getattr__ = attributes(__name__)
