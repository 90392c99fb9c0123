"""tf.contrib of TensorFlow 1.15. Parts load at their first use: ``contrib.layers`` imports TensorFlow, ``contrib`` does not."""

from ._paths import attributes, install

install()
__getattr__ = attributes(__name__)
