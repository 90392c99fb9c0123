"""The cells of contrib/rnn/python/ops/rnn_cell.py; tf.contrib.rnn does not show all of them."""

from .attention_cell import AttentionCellWrapper
from .conv_cell import Conv1DLSTMCell, Conv2DLSTMCell, Conv3DLSTMCell, ConvLSTMCell
from .coupled_cell import CoupledInputForgetGateLSTMCell
from .gated_cells import IntersectionRNNCell, UGRNNCell
from .grid_cell import BidirectionalGridLSTMCell, GridLSTMCell
from .group_cell import GLSTMCell
from .independent_cells import IndRNNCell, IndyGRUCell, IndyLSTMCell
from .layer_norm_cell import LayerNormBasicLSTMCell
from .linear import Linear as _Linear
from .linear import _linear
from .minimal_cells import CFNCell, MinimalRNNCell, SRUCell
from .nas_cell import NASCell
from .normalized_cells import LayerNormLSTMCell, WeightNormLSTMCell
from .ntm_cell import NTMCell, NTMControllerState
from .phased_cell import PhasedLSTMCell
from .time_freq_cell import TimeFreqLSTMCell
from .wrappers import CompiledWrapper, HighwayWrapper

__all__ = [
    "AttentionCellWrapper",
    "BidirectionalGridLSTMCell",
    "CFNCell",
    "CompiledWrapper",
    "Conv1DLSTMCell",
    "Conv2DLSTMCell",
    "Conv3DLSTMCell",
    "ConvLSTMCell",
    "CoupledInputForgetGateLSTMCell",
    "GLSTMCell",
    "GridLSTMCell",
    "HighwayWrapper",
    "IndRNNCell",
    "IndyGRUCell",
    "IndyLSTMCell",
    "IntersectionRNNCell",
    "LayerNormBasicLSTMCell",
    "LayerNormLSTMCell",
    "MinimalRNNCell",
    "NASCell",
    "NTMCell",
    "NTMControllerState",
    "PhasedLSTMCell",
    "SRUCell",
    "TimeFreqLSTMCell",
    "UGRNNCell",
    "WeightNormLSTMCell",
    "_Linear",
    "_linear",
]
