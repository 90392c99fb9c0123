"""tf.contrib.opt: the optimizers that programs used most."""

from .._paths import attributes
from .lazy_adam import LazyAdamOptimizer

__getattr__ = attributes(__name__)
