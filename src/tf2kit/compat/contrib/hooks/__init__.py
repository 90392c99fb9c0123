"""tf.contrib.hooks: the profiler hook under its first name."""

import tensorflow.compat.v1 as tf

from .._paths import attributes

ProfilerHook = tf.train.ProfilerHook
__getattr__ = attributes(__name__)
