"""tf.contrib.rnn: the cells of Keras 2 for graphs, the wrappers and cells that only contrib had, and the static RNN functions."""

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.rnn import _best_effort_input_batch_size as best_effort_input_batch_size
from tensorflow.python.ops.rnn import _transpose_batch_time as transpose_batch_time
from tf_keras.src.layers.rnn.legacy_cell_wrappers import DeviceWrapper, DropoutWrapper, ResidualWrapper
from tf_keras.src.layers.rnn.legacy_cells import (
    BasicLSTMCell,
    BasicRNNCell,
    GRUCell,
    LayerRNNCell,
    LSTMCell,
    LSTMStateTuple,
    MultiRNNCell,
    RNNCell,
)

from .._paths import attributes
from .attention_cell import AttentionCellWrapper
from .layer_norm_cell import LayerNormBasicLSTMCell
from .nas_cell import NASCell
from .projections import EmbeddingWrapper, InputProjectionWrapper, OutputProjectionWrapper
from .stacked import stack_bidirectional_dynamic_rnn, stack_bidirectional_rnn

static_rnn = tf.nn.static_rnn
static_bidirectional_rnn = tf.nn.static_bidirectional_rnn
static_state_saving_rnn = tf.nn.static_state_saving_rnn
__getattr__ = attributes(__name__)
