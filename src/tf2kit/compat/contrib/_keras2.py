"""Classes of Keras 2 for type checks.

There are two sets of them: tf_keras, behind ``tf.layers`` and ``tf.nn``, and a copy inside TensorFlow, which programs reach
through ``tensorflow.python.layers.core`` and ``tensorflow.python.ops.rnn_cell``.
"""

from tensorflow.python.keras.engine.base_layer import Layer as _PrivateKerasLayer
from tensorflow.python.keras.layers.legacy_rnn.rnn_cell_impl import RNNCell as _PrivateRNNCell
from tensorflow.python.keras.legacy_tf_layers.base import Layer as _PrivateLayer
from tf_keras.src.engine.base_layer import Layer as _KerasLayer
from tf_keras.src.layers.rnn.legacy_cells import RNNCell
from tf_keras.src.legacy_tf_layers.base import Layer

LAYERS = (Layer, _PrivateLayer)  # of tf.layers
KERAS_LAYERS = (_KerasLayer, _PrivateKerasLayer)  # of tf.keras.layers, and those of tf.layers
CELLS = (RNNCell, _PrivateRNNCell)
