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

from ... import _autograph
from .._paths import attributes
from .attention_cell import AttentionCellWrapper
from .block_cells import GRUBlockCell, GRUBlockCellV2, LSTMBlockCell, LSTMBlockFusedCell, LSTMBlockWrapper
from .conv_cell import Conv1DLSTMCell, Conv2DLSTMCell, Conv3DLSTMCell, ConvLSTMCell
from .coupled_cell import CoupledInputForgetGateLSTMCell
from .fused import FusedRNNCell, FusedRNNCellAdaptor, TimeReversedFusedRNN
from .gated_cells import IntersectionRNNCell, UGRNNCell
from .grid_cell import BidirectionalGridLSTMCell, GridLSTMCell
from .group_cell import GLSTMCell
from .independent_cells import IndRNNCell, IndyGRUCell, IndyLSTMCell
from .layer_norm_cell import LayerNormBasicLSTMCell
from .minimal_cells import SRUCell
from .nas_cell import NASCell
from .phased_cell import PhasedLSTMCell
from .projections import EmbeddingWrapper, InputProjectionWrapper, OutputProjectionWrapper
from .stacked import stack_bidirectional_dynamic_rnn, stack_bidirectional_rnn
from .time_freq_cell import TimeFreqLSTMCell
from .wrappers import CompiledWrapper, HighwayWrapper

_autograph.leave_alone()
static_rnn = tf.nn.static_rnn
static_bidirectional_rnn = tf.nn.static_bidirectional_rnn
static_state_saving_rnn = tf.nn.static_state_saving_rnn
__getattr__ = attributes(__name__)
