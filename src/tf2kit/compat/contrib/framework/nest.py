"""tf.contrib.framework.nest: functions on nested lists, tuples and dictionaries, with the names of TensorFlow 1.15."""

from tensorflow.python.util import nest as _nest
from tensorflow.python.util.nest import *  # noqa: F403

# the later name of the same test: a list, tuple, dictionary or attrs object, not a string
is_sequence = _nest.is_nested
