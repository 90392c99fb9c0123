"""tf.contrib.eager: what became TensorFlow 2, under its first names, and networks and metrics that came before those of Keras."""

import tensorflow.compat.v1 as tf
from tensorflow.python.eager import backprop, context
from tensorflow.python.eager.context import (
    ASYNC,
    DEVICE_PLACEMENT_EXPLICIT,
    DEVICE_PLACEMENT_SILENT,
    DEVICE_PLACEMENT_WARN,
    SYNC,
    async_clear_error,
    async_wait,
    execution_mode,
    num_gpus,
    set_execution_mode,
    set_server_def,
)
from tensorflow.python.eager.remote import connect_to_remote_host
from tensorflow.python.framework.ops import eager_run as run
from tensorflow.python.framework.ops import enable_eager_execution_internal as enable_remote_eager_execution
from tensorflow.python.framework.test_util import (
    run_all_in_graph_and_eager_modes as run_all_tests_in_graph_and_eager_modes,
)
from tensorflow.python.framework.test_util import run_in_graph_and_eager_modes as run_test_in_graph_and_eager_modes
from tensorflow.python.ops.resource_variable_ops import ResourceVariable as Variable
from tensorflow.python.ops.template import make_template_internal as make_template
from tensorflow.python.ops.variable_scope import EagerVariableStore
from tensorflow.python.trackable.autotrackable import AutoTrackable as Checkpointable

from .._paths import attributes
from . import metrics
from .callbacks import (
    ExecutionCallback,
    add_execution_callback,
    clear_execution_callbacks,
    errstate,
    inf_callback,
    inf_nan_callback,
    nan_callback,
    seterr,
)
from .iterator import Iterator
from .network import Network
from .network_checkpoint import restore_network_checkpoint, save_network_checkpoint
from .saver import Saver, get_optimizer_variables, restore_variables_on_create
from .sequential import Sequential

Checkpoint = tf.train.Checkpoint
GradientTape = tf.GradientTape
TensorSpec = tf.TensorSpec
custom_gradient = tf.custom_gradient
defun = tf.function
enable_eager_execution = tf.enable_eager_execution
executing_eagerly = tf.executing_eagerly
function = tf.function
gradients_function = backprop.gradients_function
implicit_gradients = backprop.implicit_grad
implicit_value_and_gradients = backprop.implicit_val_and_grad
in_eager_mode = tf.executing_eagerly
py_func = tf.py_function
value_and_gradients_function = backprop.val_and_grad_function


def list_devices() -> list[str]:
    """Full names of the devices, such as ``/job:localhost/replica:0/task:0/device:CPU:0``."""
    return [str(name) for name in context.context().devices()]


__getattr__ = attributes(__name__)
