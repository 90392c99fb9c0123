"""tf.contrib.layers: the layers, initializers, regularizers, optimizers and summaries; feature columns are not offered."""

from tf_slim.layers import *

from ... import _tf_slim
from .._paths import attributes
from .embedding_ops import *
from .encoders import *

_tf_slim.repair()
__getattr__ = attributes(__name__)
