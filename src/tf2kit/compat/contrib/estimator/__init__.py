"""tf.contrib.estimator."""

from .._paths import attributes

__getattr__ = attributes(__name__)
