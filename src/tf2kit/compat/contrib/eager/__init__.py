"""tf.contrib.eager: what became TensorFlow 2, under its first names. ``Network`` and the stateful ``metrics`` are not offered."""

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
)
from tensorflow.python.framework.ops import eager_run as run
from tensorflow.python.ops.resource_variable_ops import ResourceVariable as Variable
from tensorflow.python.ops.template import make_template_internal as make_template
from tensorflow.python.ops.variable_scope import EagerVariableStore

from .._paths import attributes
from .iterator import Iterator

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
