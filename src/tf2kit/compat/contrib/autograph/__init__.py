"""tf.contrib.autograph: AutoGraph of core TensorFlow, internal functions included."""

import tensorflow.compat.v1 as tf
from tensorflow.python.autograph import operators, utils
from tensorflow.python.autograph.core.converter import ConversionOptions
from tensorflow.python.autograph.impl.api import AutoGraphError, StackTraceMapper, convert, converted_call
from tensorflow.python.autograph.lang.directives import set_element_type
from tensorflow.python.autograph.lang.special_functions import stack

from .._paths import attributes

Feature = tf.autograph.experimental.Feature
do_not_convert = tf.autograph.experimental.do_not_convert
set_loop_options = tf.autograph.experimental.set_loop_options
to_code = tf.autograph.to_code
to_graph = tf.autograph.to_graph
__getattr__ = attributes(__name__)
