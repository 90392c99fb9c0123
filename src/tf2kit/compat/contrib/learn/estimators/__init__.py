"""tf.contrib.learn's estimators."""

from ..._paths import attributes

__getattr__ = attributes(__name__)
