"""tf.contrib.tfprof: counts of parameters and operations, by the profiler of core TensorFlow."""

from .._paths import attributes
from . import model_analyzer, tfprof_logger

__getattr__ = attributes(__name__)
