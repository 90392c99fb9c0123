"""tf.contrib.factorization."""

from .._paths import attributes

__getattr__ = attributes(__name__)
