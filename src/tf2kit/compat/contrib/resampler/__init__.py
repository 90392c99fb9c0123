"""tf.contrib.resampler."""

from .._paths import attributes
from .resampler_ops import resampler

__getattr__ = attributes(__name__)
