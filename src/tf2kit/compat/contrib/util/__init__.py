"""tf.contrib.util: tensors as protocol buffers, and operations of graphs."""

import tensorflow.compat.v1 as tf
from tensorflow.python.framework.meta_graph import ops_used_by_graph_def, stripped_op_list_for_graph
from tensorflow.python.framework.tensor_util import constant_value

from .._paths import attributes
from . import loader

make_ndarray = tf.make_ndarray
make_tensor_proto = tf.make_tensor_proto
__getattr__ = attributes(__name__)
