"""tf.contrib.image."""

from .._paths import attributes

__getattr__ = attributes(__name__)
