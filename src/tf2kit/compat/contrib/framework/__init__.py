"""tf.contrib.framework: argument scopes, variables, checkpoints, tensor checks, nest and sorting."""

import tensorflow.compat.v1 as tf
from tensorflow.python.framework.ops import prepend_name_scope, strip_name_scope
from tensorflow.python.framework.smart_cond import smart_case, smart_cond, smart_constant_value
from tensorflow.python.framework.tensor_spec import BoundedTensorSpec
from tensorflow.python.ops.data_flow_ops import RecordInput
from tensorflow.python.ops.init_ops import (
    convolutional_delta_orthogonal,
    convolutional_orthogonal_1d,
    convolutional_orthogonal_2d,
    convolutional_orthogonal_3d,
)
from tensorflow.python.util.deprecation import deprecated, deprecated_arg_values, deprecated_args
from tf_slim.ops.arg_scope import *
from tf_slim.ops.variables import *

from ... import _tf_slim
from .._paths import attributes
from . import nest
from .checkpoint_utils import *
from .graph import get_graph_from_inputs, get_name_scope, get_placeholders
from .script import py_func
from .tensor_util import *

_tf_slim.repair()
sort = tf.sort
argsort = tf.argsort
TensorSpec = tf.TensorSpec
__getattr__ = attributes(__name__)
