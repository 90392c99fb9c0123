"""tf.contrib.copy_graph: operations and variables from one graph to another."""

from .._paths import attributes
from .copy_elements import copy_op_to_graph, copy_variable_to_graph, get_copied_op

__getattr__ = attributes(__name__)
