"""tf.contrib.legacy_seq2seq."""

from .._paths import attributes

__getattr__ = attributes(__name__)
