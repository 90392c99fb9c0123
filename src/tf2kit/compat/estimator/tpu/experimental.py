"""tf.estimator.tpu.experimental."""

from .._names import names_of

__getattr__, __dir__ = names_of(__name__)
