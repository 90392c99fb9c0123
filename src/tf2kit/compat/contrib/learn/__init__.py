"""tf.contrib.learn: ModeKeys, preprocessing, and the MNIST data set under ``datasets``."""

from .._paths import attributes
from . import datasets, preprocessing
from .modes import ModeKeys

__getattr__ = attributes(__name__)
