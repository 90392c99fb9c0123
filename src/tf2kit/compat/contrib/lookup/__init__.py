"""tf.contrib.lookup: tables from keys to values."""

from .._paths import attributes
from .lookup_ops import *

__getattr__ = attributes(__name__)
