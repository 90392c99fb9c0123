"""tf.contrib.cudnn_rnn: the cells that run everywhere and share checkpoints with the layers of cuDNN, which are not offered."""

from .._paths import attributes
from .cells import CudnnCompatibleGRUCell, CudnnCompatibleLSTMCell

__getattr__ = attributes(__name__)
