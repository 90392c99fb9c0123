"""tf.contrib.slim: tf_slim with the repairs that TensorFlow 2.21 needs, batch_norm among them."""

import tf_slim
from tensorflow.python.util.deprecation import deprecated, deprecated_arg_values
from tf_slim.data import (
    data_decoder,
    data_provider,
    dataset,
    dataset_data_provider,
    parallel_reader,
    prefetch_queue,
    tfexample_decoder,
)
from tf_slim.layers import *
from tf_slim.layers.initializers import *
from tf_slim.layers.regularizers import *
from tf_slim.ops.arg_scope import *
from tf_slim.ops.variables import *

from ... import _tf_slim
from .. import losses, metrics
from .._paths import attributes
from ..layers import feature_column
from ..layers.embedding_ops import *
from ..layers.encoders import *
from ..layers.feature_column import *
from ..layers.feature_column_ops import *
from ..layers.sparse_feature_cross import *

_tf_slim.repair()
# after the star imports, which bring another module of the name `summaries`
evaluation = tf_slim.evaluation
learning = tf_slim.learning
model_analyzer = tf_slim.model_analyzer
queues = tf_slim.queues
summaries = tf_slim.summaries
__getattr__ = attributes(__name__)
