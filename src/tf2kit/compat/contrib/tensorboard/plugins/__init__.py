"""tf.contrib.tensorboard.plugins: the configuration of the embedding projector."""

from ..._paths import attributes

__getattr__ = attributes(__name__)
