"""tf.contrib.tpu."""

from .._paths import attributes

__getattr__ = attributes(__name__)
