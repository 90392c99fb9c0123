"""tf.contrib.lookup."""

from .._paths import attributes

__getattr__ = attributes(__name__)
