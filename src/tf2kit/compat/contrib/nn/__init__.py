"""tf.contrib.nn: sampled softmax losses, alpha dropout, scaled softplus, and losses with their arguments in the old order."""

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.nn_ops import nth_element

from .._paths import attributes
from .activations import alpha_dropout, scaled_softplus
from .cross_entropy import (
    deprecated_flipped_sigmoid_cross_entropy_with_logits,
    deprecated_flipped_softmax_cross_entropy_with_logits,
    deprecated_flipped_sparse_softmax_cross_entropy_with_logits,
)
from .sampling_ops import rank_sampled_softmax_loss, sampled_sparse_softmax_loss

conv1d_transpose = tf.nn.conv1d_transpose
__getattr__ = attributes(__name__)
